import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CodedError } from '../../../server/errors.ts';
import type { Logger } from '../../../server/ports/logger.ts';
import { keys } from '../../fakes/fake-services.ts';
import { bearer, type StartedApp, startedApp } from '../app/started-app.ts';

let started: StartedApp;
const admin = bearer(keys.admin);
beforeEach(async () => {
  started = await startedApp();
});
afterEach(() => started.app.close());

const get = (url: string, headers: Record<string, string> = admin) => started.send('GET', url, { headers });
const post = (url: string, payload: object | string, headers = admin) =>
  started.send('POST', url, { headers: { 'content-type': 'application/json', ...headers }, payload });

describe('a problem document', () => {
  it('has the members of RFC 9457, a code and an id to quote', async () => {
    const answer = await get('/api/v1/models/nobody?');
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toEqual({
      type: '/docs/errors/MODEL_NOT_FOUND',
      title: 'No such model',
      status: 404,
      detail: 'There is no model nobody. GET /api/v1/models lists them; a first prediction registers one.',
      instance: '/api/v1/models/nobody',
      code: 'MODEL_NOT_FOUND',
      requestId: answer.headers['x-request-id'],
    });
  });

  it('has a page for its type', async () => {
    const { type } = (await get('/api/v1/models/nobody')).json();
    expect((await get(type)).json()).toMatchObject({ code: 'MODEL_NOT_FOUND', status: 404 });
  });

  it('quotes the id of the caller when it is a sane one', async () => {
    const idOf = async (id: string) =>
      (await get('/api/v1/models/nobody', { ...admin, 'x-request-id': id })).json().requestId;
    expect(await idOf('trace-0123456789')).toBe('trace-0123456789');
    for (const bad of ['short', 'x'.repeat(65), 'a b c d e f g h', '<script>alert(1)', 'abcdefgh\u00e9'])
      expect(await idOf(bad)).not.toBe(bad);
  });

  it('tells the pause when trying again can help', async () => {
    await started.app.close();
    started = await startedApp({
      services: {
        readFleet: async () => {
          throw new CodedError('STORAGE_UNAVAILABLE', 'Storage restarts; try again shortly.', 3);
        },
      },
    });
    const answer = await get('/api/v1/models');
    expect(answer.json()).toMatchObject({ status: 503, code: 'STORAGE_UNAVAILABLE' });
    expect(answer.headers['retry-after']).toBe('3');
  });

  it('never shows what failed inside; the log has it, under the same id', async () => {
    await started.app.close();
    const logged: object[] = [];
    const logger: Logger = { debug() {}, info() {}, warn() {}, error: (details) => void logged.push(details) };
    started = await startedApp({
      options: { logger },
      services: {
        readFleet: async () => {
          throw new Error("Code: 62. DB::Exception: Syntax error: SELECT * FROM secrets WHERE token = 'x'");
        },
      },
    });
    const answer = await get('/api/v1/models');
    expect(answer.json()).toMatchObject({ status: 500, code: 'INTERNAL' });
    expect(answer.payload).not.toMatch(/SELECT|Exception|\.ts|at /);
    expect(logged).toEqual([expect.objectContaining({ requestId: answer.json().requestId })]);
  });
});

describe('a request that does not fit', () => {
  it.each([
    ['/api/v1/models/credit-risk/drift?windw=24h', 'query.windw: is not known here.'],
    ['/api/v1/models/credit-risk/drift?exact=yes', 'query.exact: must be boolean.'],
    ['/api/v1/models/credit-risk/drift?exact=1', 'query.exact: must be boolean.'],
    ['/api/v1/models/credit-risk/drift?window=1h&window=2h', 'query.window: must be string.'],
    ['/api/v1/models/credit-risk?x=1', 'query.x: is not known here.'],
    ['/api/v1/rejected?limit=0', 'query.limit: must be >= 1.'],
    ['/api/v1/rejected?limit=501', 'query.limit: must be <= 500.'],
    ['/api/v1/rejected?limit=1.5', 'query.limit: must be integer.'],
    ['/api/v1/rejected?limit=', 'query.limit: must be integer.'],
    ['/api/v1/models?__proto__=1', 'query.__proto__: is not known here.'],
  ])('%s', async (url, detail) => {
    expect((await get(url)).json()).toMatchObject({ status: 400, code: 'VALIDATION_FAILED', detail });
  });

  it('says each field of a body, with the choices it has', async () => {
    const answer = await post('/api/v1/models', { model: 'm', task: 'ranking', features: [{ name: 'a' }], colour: 1 });
    expect(answer.json().detail).toBe(
      'body.colour: is not known here; body.task: expected one of binary, multiclass, regression; ' +
        'body.features.0.kind: is missing.',
    );
    expect(answer.json().errors).toContainEqual({
      pointer: '/features/0/kind',
      code: 'required',
      detail: 'is missing',
    });
  });

  it.each(['', ' x', '../etc', 'a/b', '<img src=x>', 'x'.repeat(129), 'a\n'])('is a model called %j', async (model) => {
    expect((await post('/api/v1/models', { model, task: 'binary' })).statusCode).toBe(400);
  });

  it.each(['credit-risk', 'Kredit Größe', '模型', 'a.b_c:d@e'])('is not a model called %j', async (model) => {
    expect((await post('/api/v1/models', { model, task: 'binary' })).statusCode).toBe(201);
  });

  it('is JSON that would reach into prototypes', async () => {
    for (const body of ['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}'])
      expect((await post('/api/v1/models', body)).statusCode).toBe(400);
    expect(Object.hasOwn(Object.prototype, 'admin')).toBe(false);
  });

  it.each([
    ['{', 400, 'BAD_REQUEST'],
    ['', 400, 'BAD_REQUEST'],
    ['[]', 400, 'VALIDATION_FAILED'],
    ['null', 400, 'VALIDATION_FAILED'],
    [`"${'x'.repeat(1024 * 1024)}"`, 413, 'BODY_TOO_LARGE'],
  ])('is the body %.10s', async (body, status, code) => {
    expect((await post('/api/v1/models', body)).json()).toMatchObject({ status, code });
  });

  it('is a text body where JSON is read', async () => {
    const answer = await post('/api/v1/models', 'a=b', { ...admin, 'content-type': 'text/plain' });
    expect(answer.json()).toMatchObject({ status: 415, code: 'UNSUPPORTED_CONTENT' });
  });

  it('is a reference whose times cannot be read', async () => {
    const answer = await post('/api/v1/models/churn/references', { kind: 'window', from: 'yesterday', to: 'today' });
    expect(answer.json()).toMatchObject({ status: 400, code: 'TIME_WINDOW_INVALID' });
    expect(started.callsOf('createReference')).toEqual([]);
  });
});

describe('another method or address', () => {
  it.each([
    ['DELETE', '/api/v1/models/credit-risk', 'GET, HEAD, PATCH'],
    ['GET', '/api/v1/predictions', 'POST'],
    ['OPTIONS', '/api/v1/models', 'GET, HEAD, POST'],
    ['POST', '/api/v1/models/a%2Fb/drift', 'GET, HEAD'],
  ])('%s %s is answered 405 with what is allowed', async (method, url, allow) => {
    const answer = await started.send(method, url, { headers: admin });
    expect(answer.json()).toMatchObject({ status: 405, code: 'METHOD_NOT_ALLOWED' });
    expect(answer.headers.allow).toBe(allow);
  });

  it.each(['/api/v1/nothing', '/api/v2/models', '/API/v1/models', '/socket.io'])('%s is answered 404', async (url) => {
    expect((await get(url, { ...admin, accept: 'text/html' })).json()).toMatchObject({
      status: 404,
      code: 'NOT_FOUND',
    });
  });

  it.each(['/%', '/%E0%A4%A', '/api/v1/models/%ff', `/api/v1/models/${'x'.repeat(1025)}`])(
    'that cannot be decoded is answered 400: %.30s',
    async (url) => {
      expect((await get(url)).json()).toMatchObject({ status: 400, code: 'BAD_REQUEST' });
    },
  );
});

describe('names in a path', () => {
  it.each(['a/b', 'a%2Fb', '50% off', 'ä ö', '<img src=x onerror=alert(1)>', '__proto__', 'a?b#c', 'a;b', 'a\u0000b'])(
    '%j arrives as it was meant, decoded once',
    async (feature) => {
      const answer = await get(`/api/v1/models/credit-risk/features/${encodeURIComponent(feature)}`);
      expect(answer.json()).toMatchObject({ feature });
      expect(started.callsOf('readFeature').at(-1)?.arguments.slice(0, 2)).toEqual(['credit-risk', feature]);
    },
  );
});

describe('a key that is limited to a model', () => {
  const limited = bearer(keys.readLimited);

  it('is told of other models exactly what it is told of none', async () => {
    const [other, none] = await Promise.all([
      get('/api/v1/models/churn/drift', limited),
      get('/api/v1/models/none/drift', limited),
    ]);
    const withoutNames = (payload: string) => payload.replaceAll(/churn|none/g, 'M').replace(/"requestId":"[^"]+"/, '');
    expect(withoutNames(other.payload)).toBe(withoutNames(none.payload));
    expect(other.statusCode).toBe(404);
    const unlimited = await get('/api/v1/models/none/drift', bearer(keys.read));
    expect(withoutNames(unlimited.payload)).toBe(withoutNames(none.payload));
  });

  it('sees its own rows of the fleet', async () => {
    const rows = (await get('/api/v1/models', limited)).json().rows as { model: string }[];
    expect(rows.map(({ model }) => model)).toEqual(['credit-risk']);
    expect((await get('/api/v1/models', bearer(keys.read))).json().rows).toHaveLength(2);
  });

  it('must say which model it means, and not two', async () => {
    expect((await get('/api/v1/rejected', limited)).statusCode).toBe(403);
    expect((await get('/api/v1/rejected?model=credit-risk', limited)).statusCode).toBe(200);
    expect((await get('/api/v1/rejected?model=churn', limited)).statusCode).toBe(404);
    expect((await get('/api/v1/rejected?model=credit-risk&model=churn', limited)).statusCode).toBe(404);
  });
});

describe('keys', () => {
  it('never show a digest, and their text once', async () => {
    expect((await get('/api/v1/keys')).payload).not.toContain('digest');
    const created = await post('/api/v1/keys', { name: 'scoring', scopes: ['ingest'], models: ['churn'] });
    expect(created.statusCode).toBe(201);
    expect(created.json()).toMatchObject({ key: 'pl_12345678rest', models: ['churn'] });
    expect(created.headers['cache-control']).toBe('no-store');
  });

  it('cannot have a scope that does not exist', async () => {
    const answer = await post('/api/v1/keys', { name: 'x', scopes: ['root'] });
    expect(answer.json().detail).toBe('body.scopes.0: expected one of ingest, read, admin.');
  });

  it('are revoked in the name of who did it, with the reason', async () => {
    await started.send('DELETE', '/api/v1/keys/pl_1?reason=leaked', {
      headers: { ...admin, 'x-request-id': 'req-12345' },
    });
    const act = { actor: { kind: 'key', id: keys.admin }, requestId: 'req-12345' };
    expect(started.callsOf('revokeKey')[0].arguments).toEqual([act, 'pl_1', 'leaked']);
  });
});

describe('the demo', () => {
  it('does not exist where there is none', async () => {
    await started.app.close();
    started = await startedApp({ services: { demo: null } });
    expect((await post('/api/v1/demo/break', { model: 'churn' })).statusCode).toBe(404);
    expect((await post('/api/v1/demo/heal', {})).statusCode).toBe(404);
  });
});
