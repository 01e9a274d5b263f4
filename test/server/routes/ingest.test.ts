import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import type { IngestRequest, IngestResult } from '../../../collectors/collector-types.ts';
import { keys } from '../../fakes/fake-services.ts';
import { bearer, sameOrigin, signedIn, type StartedApp, startedApp, type StartOptions } from '../app/started-app.ts';

let started: StartedApp;
afterEach(() => started.app.close());

const json = { 'content-type': 'application/json' };
const start = async (options?: StartOptions) => (started = await startedApp(options));
const refuseWith = (result: IngestResult) => start({ services: { ingest: async () => result } });
const lastRequest = (): IngestRequest => started.callsOf('ingest').at(-1)?.arguments[0] as IngestRequest;
const send = (headers: Record<string, string>, payload: string | Buffer = '[{}]', url = '/api/v1/predictions') =>
  started.send('POST', url, { headers: { ...json, ...headers }, payload });

describe('sending events', () => {
  it.each([
    'application/json',
    'application/json; charset=utf-8',
    'application/x-ndjson',
    'application/vnd.apache.arrow.stream',
  ])('hands %s over byte by byte', async (contentType) => {
    await start();
    const payload = Buffer.from([0, 1, 2, 0xff, 0xfe, 10, 13]);
    const answer = await send({ ...bearer(keys.ingest), 'content-type': contentType }, payload);
    expect(answer.statusCode).toBe(202);
    expect(answer.json()).toMatchObject({ batchId: 'b1', accepted: 1 });
    expect(lastRequest()).toMatchObject({
      kind: 'prediction',
      contentType,
      contentEncoding: null,
      allowedModels: null,
    });
    expect(Buffer.from(lastRequest().body)).toEqual(payload);
  });

  it('leaves a compressed body compressed and says so', async () => {
    await start();
    const payload = gzipSync('[{}]');
    await send({ ...bearer(keys.ingest), 'content-encoding': 'gzip' }, payload, '/api/v1/feedback');
    expect(lastRequest()).toMatchObject({ kind: 'feedback', contentEncoding: 'gzip' });
    expect(Buffer.from(lastRequest().body)).toEqual(payload);
  });

  it('passes on what the headers say', async () => {
    await start();
    const said = { 'idempotency-key': 'batch-17', 'x-plumbline-source': 'svc-a', 'x-plumbline-model-version': '3' };
    const model = Buffer.from('crédit').toString('latin1');
    await send({ ...bearer(keys.ingest), ...said, 'x-plumbline-model': model });
    expect(lastRequest()).toMatchObject({
      idempotencyKey: 'batch-17',
      source: 'svc-a',
      defaultModel: 'crédit',
      defaultVersion: '3',
    });
  });

  it('names the key as the source when no header does', async () => {
    await start();
    await send(bearer(keys.ingest));
    expect(lastRequest()).toMatchObject({ source: keys.ingest, idempotencyKey: null, defaultModel: null });
  });

  it.each([
    ['idempotency-key', 'k'.repeat(257)],
    ['x-plumbline-source', 's'.repeat(129)],
    ['x-plumbline-model', '\xff\xfe'],
  ])('refuses a header %s that cannot be kept', async (name, value) => {
    await start();
    const answer = await send({ ...bearer(keys.ingest), [name]: value });
    expect(answer.json()).toMatchObject({ status: 400, code: 'BAD_REQUEST', detail: expect.stringContaining(name) });
    expect(started.callsOf('ingest')).toEqual([]);
  });

  it('tells the collector which models a limited key may write', async () => {
    await start();
    expect((await send(bearer(keys.ingestLimited))).statusCode).toBe(202);
    expect(lastRequest().allowedModels).toEqual(['credit-risk']);
    const own = await send({ ...bearer(keys.ingestLimited), 'x-plumbline-model': 'credit-risk' });
    expect(own.statusCode).toBe(202);
    const foreign = await send({ ...bearer(keys.ingestLimited), 'x-plumbline-model': 'churn' });
    expect(foreign.json()).toMatchObject({ status: 403, code: 'FORBIDDEN' });
    expect(started.callsOf('ingest')).toHaveLength(2);
  });

  it('takes events of the signed-in administrator, from our own page only', async () => {
    await start();
    const cookie = await signedIn(started);
    expect((await send({ cookie, ...sameOrigin })).statusCode).toBe(202);
    expect((await send({ cookie, host: 'localhost', origin: 'http://evil.example' })).statusCode).toBe(403);
  });
});

describe('a body that is refused', () => {
  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'nonsense'])(
    'because of its type %s is answered 415 without a look',
    async (contentType) => {
      await start();
      const answer = await send({ ...bearer(keys.ingest), 'content-type': contentType });
      expect(answer.json()).toMatchObject({ status: 415, code: 'UNSUPPORTED_CONTENT' });
      expect(started.callsOf('ingest')).toEqual([]);
    },
  );

  it('because of its size is answered 413, and one byte less is not', async () => {
    await start({ options: { limits: { bodyBytesMax: 1024, requestTimeoutMs: 1000 } } });
    const tooLarge = await send(bearer(keys.ingest), Buffer.alloc(1025, 32));
    expect(tooLarge.json()).toMatchObject({ status: 413, code: 'BODY_TOO_LARGE' });
    expect((await send(bearer(keys.ingest), Buffer.alloc(1024, 32))).statusCode).toBe(202);
  });

  it('is not read at all without a key', async () => {
    await start();
    const answer = await send({}, Buffer.alloc(512 * 1024, 32));
    expect(answer.statusCode).toBe(401);
    expect(started.callsOf('ingest')).toEqual([]);
  });

  it('row by row is answered 422 with the reason of each', async () => {
    const errors = [{ index: 0, code: 'ID_INVALID', pointer: '/id', detail: 'ids are text' }];
    const reply = { batchId: 'b', accepted: 0, duplicates: 0, rejected: 1, errors, errorsTruncated: false };
    await refuseWith({ status: 422, code: 'ALL_REJECTED', detail: 'see errors', reply });
    const answer = await send(bearer(keys.ingest));
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.json()).toMatchObject({
      status: 422,
      code: 'ALL_REJECTED',
      errors,
      title: 'Every record was rejected',
    });
  });

  it.each<[503 | 507 | 409 | 429, string, number | undefined]>([
    [503, 'JOURNAL_FULL', 5],
    [503, 'COLLECTOR_BUSY', 0.2],
    [507, 'DISK_FULL', 5],
    [409, 'IDEMPOTENCY_CONFLICT', undefined],
  ])('by the collector with %i %s keeps code and pause', async (status, code, retryAfterSeconds) => {
    await refuseWith({ status, code, detail: 'later', retryAfterSeconds });
    const answer = await send(bearer(keys.ingest));
    expect(answer.json()).toMatchObject({ status, code, detail: 'later' });
    const pause = retryAfterSeconds === undefined ? undefined : String(Math.max(1, retryAfterSeconds));
    expect(answer.headers['retry-after']).toBe(pause);
  });

  it('by a collector that throws is answered 500 without its words', async () => {
    await start({
      services: {
        ingest: async () => {
          throw new Error('SELECT secret FROM journal');
        },
      },
    });
    const answer = await send(bearer(keys.ingest));
    expect(answer.json()).toMatchObject({ status: 500, code: 'INTERNAL' });
    expect(answer.payload).not.toContain('SELECT');
  });
});
