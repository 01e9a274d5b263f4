import { CliError } from './cli-error.ts';

export type ApiAnswer = { status: number; body: unknown };

/** The HTTP API of a running Plumbline as a command sees it. Waits and tries again while the server is away or busy. */
export type ApiClient = {
  url: string;
  get(path: string): Promise<ApiAnswer>;
  post(path: string, body: string, headers?: Record<string, string>): Promise<ApiAnswer>;
};

export type ApiClientOptions = {
  url: string;
  key: string | null;
  /** How long one request is tried again before the command gives up. */
  retrySecondsMax: number;
  fetch: typeof fetch;
  now: () => number;
  sleep: (milliseconds: number) => Promise<void>;
  onWait: (reason: string, seconds: number) => void;
};

const waitMsFirst = 250;
const waitMsMax = 15_000;
const requestMsMax = 120_000;
/** Refusals that pass; 507 does not pass by itself. */
const passing = new Set([429, 502, 503, 504]);

export function apiClient(options: ApiClientOptions): ApiClient {
  const request = (method: string, path: string, init: RequestInit): Promise<ApiAnswer> =>
    withRetry(options, () => attempt(options, path, { ...init, method }));
  return {
    url: options.url,
    get: (path) => request('GET', path, {}),
    post: (path, body, headers = {}) =>
      request('POST', path, { body, headers: { 'content-type': 'application/json', ...headers } }),
  };
}

type Attempt = ApiAnswer & { retryAfterSeconds: number | null };

async function attempt(options: ApiClientOptions, path: string, init: RequestInit): Promise<Attempt> {
  const headers = new Headers(init.headers);
  if (options.key !== null) headers.set('authorization', `Bearer ${options.key}`);
  const signal = AbortSignal.timeout(requestMsMax);
  const response = await options.fetch(new URL(path, options.url), { ...init, headers, signal });
  const text = await response.text();
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  return { status: response.status, body: bodyOf(text), retryAfterSeconds: Number.isFinite(after) ? after : null };
}

function bodyOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function withRetry(options: ApiClientOptions, once: () => Promise<Attempt>): Promise<ApiAnswer> {
  const startedAt = options.now();
  let waitMs = waitMsFirst;
  for (;;) {
    const outcome = await once().catch((error: unknown) => ({ reason: reasonOf(error) }));
    if (!('reason' in outcome) && !passing.has(outcome.status)) return outcome;
    const reason = 'reason' in outcome ? outcome.reason : `it answered ${outcome.status}: ${detailOf(outcome.body)}`;
    const asked = 'reason' in outcome ? null : outcome.retryAfterSeconds;
    const pause = asked === null ? waitMs : Math.max(asked * 1_000, waitMs);
    if (options.now() - startedAt + pause > options.retrySecondsMax * 1_000) {
      throw new CliError(`${options.url} cannot be used: ${reason}. Is \`plumbline serve\` running there?`);
    }
    options.onWait(reason, pause / 1_000);
    await options.sleep(pause);
    waitMs = Math.min(waitMsMax, waitMs * 2);
  }
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  return code === '' && cause instanceof Error ? cause.message : `the connection failed (${code})`;
}

/** The sentence of a problem document. */
export function detailOf(body: unknown): string {
  if (typeof body !== 'object' || body === null) return String(body).slice(0, 200);
  const { detail, title, code } = body as { detail?: unknown; title?: unknown; code?: unknown };
  return String(detail ?? title ?? code ?? JSON.stringify(body).slice(0, 200));
}

/** Turns a refusal that trying again will not change into a message that says what to do. */
export function refusalOf({ status, body }: ApiAnswer, what: string): CliError {
  const advice: Record<number, string> = {
    401: ' Give a key with --key or PLUMBLINE_KEY, or name the --data-dir of the server on this machine.',
    403: ' The key may not do this: use one with the scope admin.',
    507: ' Free disk space on the server, then run the same command again: it goes on where it stopped.',
  };
  return new CliError(`${what} was refused (${status}): ${detailOf(body)}${advice[status] ?? ''}`);
}
