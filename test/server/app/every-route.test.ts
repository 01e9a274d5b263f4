import Type from 'typebox';
import { Compile } from 'typebox/compile';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decide } from '../../../policies/access/decide.ts';
import type { App } from '../../../server/plugins/app-types.ts';
import { guardRoutes, publicRoutes } from '../../../server/plugins/guard-routes.ts';
import { keys } from '../../fakes/fake-services.ts';
import { uiDirectory } from './ui-directory.ts';
import { addressOf, bearer, type StartedApp, startedApp } from './started-app.ts';
import Fastify from 'fastify';

let started: StartedApp;
beforeAll(async () => {
  started = await startedApp({ options: { uiDirectory: await uiDirectory() } });
});
afterAll(() => started.app.close());

const guarded = () => started.app.registeredRoutes.filter(({ isPublic }) => !isPublic);

describe('every route', () => {
  it('is guarded or on the reviewed list', () => {
    const open = started.app.registeredRoutes.filter(({ isPublic, method }) => isPublic && method !== 'HEAD');
    const names = open.map(({ method, url }) => `${method} ${url}`);
    expect(names.sort()).toEqual([...publicRoutes, 'GET /favicon.svg'].sort());
    expect(guarded().length).toBeGreaterThan(40);
  });

  it('answers 401 without a credential unless it is public', async () => {
    for (const { method, url } of guarded()) {
      const answer = await started.send(method, addressOf(url));
      expect(`${method} ${url} ${answer.statusCode}`).toBe(`${method} ${url} 401`);
    }
  });

  it('answers 401 to a wrong key, also beside a public address', async () => {
    for (const { method, url } of guarded()) {
      const answer = await started.send(method, addressOf(url), { headers: bearer('pl_wrong') });
      expect(answer.statusCode).toBe(401);
    }
    expect((await started.send('GET', '/healthz', { headers: bearer('pl_wrong') })).statusCode).toBe(200);
  });

  it('refuses exactly what the decision denies, for every kind of key', async () => {
    const actors = [
      { key: keys.ingest, scopes: ['ingest'], models: [] },
      { key: keys.read, scopes: ['read'], models: [] },
      { key: keys.readLimited, scopes: ['read'], models: ['credit-risk'] },
    ];
    for (const { key, ...limits } of actors)
      for (const { method, url, action, subject } of guarded()) {
        if (action === undefined || subject === undefined) throw new Error(`${url} has no rule`);
        const model = url.includes(':model') ? 'credit-risk' : undefined;
        const { effect } = decide({ kind: 'key', id: key, ...limits }, action, subject, { model });
        const { statusCode } = await started.send(method, addressOf(url), { headers: bearer(key) });
        expect(`${key} ${method} ${url} ${statusCode === 403}`).toBe(`${key} ${method} ${url} ${effect === 'deny'}`);
      }
  });
});

describe('a route that cannot be registered', () => {
  const schema = { response: { 200: Type.Object({}) } };
  const register = (route: object): void => {
    const app = Fastify() as unknown as App;
    guardRoutes(app);
    app.route({ method: 'GET', url: '/new', handler: async () => ({}), ...route });
  };

  it('has no action and subject', () => {
    expect(() => register({ schema })).toThrow('declares no action and subject');
    expect(() => register({ schema, config: { action: 'read' } })).toThrow('declares no action and subject');
  });

  it('has no schema', () => {
    expect(() => register({ config: { action: 'read', subject: 'Model' } })).toThrow('declares no schema');
  });

  it('calls itself public without being on the list', () => {
    expect(() => register({ schema, config: { isPublic: true } })).toThrow('not on the reviewed list');
  });

  it('whereas a complete one can', () => {
    expect(() => register({ schema, config: { action: 'read', subject: 'Model' } })).not.toThrow();
  });
});

describe('openapi.json', () => {
  type Operation = {
    operationId?: string;
    responses: Record<string, { content?: Record<string, { schema: object }> }>;
  };
  type Document = {
    openapi: string;
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: object };
  };
  let document: Document;
  beforeAll(async () => {
    document = (await started.send('GET', '/openapi.json', { headers: bearer(keys.read) })).json();
  });
  const operations = () =>
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    );

  it('is OpenAPI 3.1 with an operationId and problem responses everywhere', () => {
    expect(document.openapi).toBe('3.1.0');
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(ids).not.toContain(undefined);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { operation } of operations())
      expect(operation.responses['4XX'].content?.['application/problem+json'].schema).toEqual({
        $ref: '#/components/schemas/Problem',
      });
    expect(document.components.schemas).toHaveProperty('Problem');
  });

  it('describes what the service answers', async () => {
    const reads = operations().filter(({ method }) => method === 'get');
    let checked = 0;
    for (const { path, operation } of reads) {
      const schema = operation.responses['200']?.content?.['application/json']?.schema;
      if (schema === undefined) continue;
      const url = addressOf(path.replace(/\{(\w+)\}/g, ':$1'));
      const answer = await started.send('GET', url, { headers: bearer(keys.admin) });
      expect(answer.statusCode).toBe(200);
      expect([path, ...Compile(schema).Errors(answer.json())]).toEqual([path]);
      checked++;
    }
    expect(checked).toBeGreaterThan(14);
  });

  it('shows how events look, and takes them as bytes all the same', async () => {
    type WithBody = { requestBody?: { content: Record<string, { schema: { anyOf: { examples?: unknown[] }[] } }> } };
    const { requestBody } = document.paths['/api/v1/predictions'].post as WithBody;
    expect(Object.keys(requestBody?.content ?? {})).toEqual(['application/json', 'application/x-ndjson']);
    expect(requestBody?.content['application/json'].schema.anyOf[0].examples).toHaveLength(1);
    const headers = { ...bearer(keys.ingest), 'content-type': 'application/json' };
    const answer = await started.send('POST', '/api/v1/predictions', { headers, payload: 'no JSON at all' });
    expect(answer.statusCode).toBe(202);
  });

  it('shows no address that a page alone needs', () => {
    expect(Object.keys(document.paths)).not.toContain('/login');
    expect(Object.keys(document.paths)).toContain('/api/v1/predictions');
  });
});
