export type SendTarget = { url: string; key: string | null };

/** Stands where the key would be once it can no longer be shown. */
export const KEY_PLACEHOLDER = '$PLUMBLINE_KEY';

/** Inside single quotes of a POSIX shell. */
function quote(text: string): string {
  return `'${text.replace(/'/g, `'\\''`)}'`;
}

function authorization(target: SendTarget): string {
  return target.key === null
    ? `"Authorization: Bearer ${KEY_PLACEHOLDER}"`
    : quote(`Authorization: Bearer ${target.key}`);
}

function time(now: Date): string {
  return `${now.toISOString().slice(0, 19)}Z`;
}

export function curlSnippet(target: SendTarget, now: Date): string {
  return [
    `curl ${quote(`${target.url}/api/v1/predictions`)} \\`,
    `  -H ${authorization(target)} \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '[{"id":"p-1","model":"my-model","modelVersion":"1.0.0",`,
    `        "time":"${time(now)}",`,
    `        "features":{"income":52000,"region":"north"},`,
    `        "prediction":{"label":"approve","score":0.83}}]'`,
  ].join('\n');
}

/** The outcome may follow days later, or come before the prediction: they are joined by the id. */
export function feedbackSnippet(target: SendTarget, now: Date): string {
  return [
    `curl ${quote(`${target.url}/api/v1/feedback`)} \\`,
    `  -H ${authorization(target)} \\`,
    `  -H 'Content-Type: application/json' \\`,
    `  -d '[{"predictionId":"p-1","model":"my-model","label":"decline","time":"${time(now)}"}]'`,
  ].join('\n');
}

export function pythonSnippet(target: SendTarget): string {
  const key = target.key === null ? 'os.environ["PLUMBLINE_KEY"]' : JSON.stringify(target.key);
  return `import json, os, urllib.request, uuid
from datetime import datetime, timezone

URL = ${JSON.stringify(target.url)}
KEY = ${key}

def send(path, records):
    request = urllib.request.Request(
        f"{URL}/api/v1/{path}",
        data=json.dumps(records).encode(),
        headers={"Authorization": f"Bearer {KEY}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as response:
        return json.load(response)

print(send("predictions", [{
    "id": str(uuid.uuid4()),
    "model": "my-model",
    "modelVersion": "1.0.0",
    "time": datetime.now(timezone.utc).isoformat(),
    "features": {"income": 52000, "region": "north"},
    "prediction": {"label": "approve", "score": 0.83},
}]))`;
}

export function importSnippet(target: SendTarget): string {
  const key = target.key === null ? `"${KEY_PLACEHOLDER}"` : quote(target.key);
  return [
    `npm run plumbline -- import predictions.csv \\`,
    `  --model my-model \\`,
    `  --url ${quote(target.url)} \\`,
    `  --key ${key}`,
  ].join('\n');
}
