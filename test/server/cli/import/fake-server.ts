import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** What happens to one ingest request: taken, taken but the answer is lost, lost before, or refused for now. */
export type Fate = 'take' | 'take_and_drop' | 'drop' | 'busy';

type Body = { columns: Record<string, unknown[]> };

/**
 * A server with the ingest contract: idempotency keys, one reply per body, ids that are stored once. Fates are
 * consumed request by request; when they are used up everything is taken.
 */
export async function startFakeServer(fates: Fate[] = []) {
  const seen = {
    ids: [] as unknown[],
    labels: [] as unknown[],
    requests: 0,
    bodies: [] as Body[],
    posted: [] as { path: string; body: unknown }[],
  };
  const models = new Map<string, object>();
  const replies = new Map<string, string>();
  const rejects: ((kind: 'predictions' | 'feedback', body: Body) => { index: number; code: string }[])[] = [];

  function ingest(request: IncomingMessage, response: ServerResponse, text: string): void {
    seen.requests++;
    const fate = fates.shift() ?? 'take';
    if (fate === 'drop') return void request.socket.destroy();
    if (fate === 'busy')
      return void response.writeHead(503, { 'retry-after': '1' }).end('{"code":"JOURNAL_FULL","detail":"full"}');
    const key = String(request.headers['idempotency-key']);
    const reply = replies.get(key) ?? take(request.url ?? '', text);
    replies.set(key, reply);
    if (fate === 'take_and_drop') return void request.socket.destroy();
    response.writeHead((JSON.parse(reply) as { accepted: number }).accepted === 0 ? 422 : 202).end(reply);
  }

  function take(url: string, text: string): string {
    const body = JSON.parse(text) as Body;
    const kind = url.includes('feedback') ? 'feedback' : 'predictions';
    const ids = body.columns[kind === 'feedback' ? 'predictionId' : 'id'];
    const errors = rejects
      .flatMap((reject) => reject(kind, body))
      .map((e) => ({ ...e, pointer: '/x', detail: 'as told' }));
    const bad = new Set(errors.map(({ index }) => index));
    seen.bodies.push(body);
    (kind === 'feedback' ? seen.labels : seen.ids).push(...ids.filter((_, i) => !bad.has(i)));
    const accepted = ids.length - errors.length;
    return JSON.stringify({
      batchId: 'b',
      accepted,
      duplicates: 0,
      rejected: errors.length,
      errors: errors.slice(0, 100),
      errorsTruncated: errors.length > 100,
    });
  }

  function answer(request: IncomingMessage, response: ServerResponse, text: string): void {
    const url = request.url ?? '';
    if (url === '/api/v1/predictions' || url === '/api/v1/feedback') return ingest(request, response, text);
    if (url.startsWith('/api/v1/ingestion'))
      return void response.end('{"journal":{"pendingBatches":0,"oldestPendingSeconds":null}}');
    if (request.method === 'GET') {
      const model = models.get(url.split('/').at(-1) ?? '');
      return void response
        .writeHead(model === undefined ? 404 : 200)
        .end(JSON.stringify(model ?? { code: 'MODEL_NOT_FOUND' }));
    }
    const body = JSON.parse(text) as { model: string };
    seen.posted.push({ path: url, body });
    if (url === '/api/v1/models') models.set(body.model, { ...body, id: body.model });
    response.writeHead(201).end(JSON.stringify({ id: 'ref-1', n: seen.ids.length, ...body }));
  }

  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => answer(request, response, Buffer.concat(chunks).toString('utf8')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen, fates, rejects };
}
