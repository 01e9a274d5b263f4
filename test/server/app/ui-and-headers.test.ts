import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keys } from '../../fakes/fake-services.ts';
import { portOf, rawGet, rawRequest } from './raw-request.ts';
import { bearer, type StartedApp, startedApp } from './started-app.ts';
import { uiDirectory } from './ui-directory.ts';

let started: StartedApp;
let port: number;
beforeAll(async () => {
  started = await startedApp({
    options: { uiDirectory: await uiDirectory(), allowedHosts: ['localhost', '127.0.0.1', '[::1]', 'Plumb.Example'] },
  });
  port = portOf(await started.app.listen({ host: '127.0.0.1', port: 0 }));
});
afterAll(() => started.app.close());

const get = (url: string, headers: Record<string, string> = {}) =>
  started.send('GET', url, { headers: { host: 'localhost', ...headers } });

describe('the dashboard', () => {
  it('is served without a credential and never stored', async () => {
    for (const url of ['/', '/models/credit-risk/drift', '/ingest?x=1']) {
      const answer = await get(url, { accept: 'text/html,*/*' });
      expect(answer.statusCode).toBe(200);
      expect(answer.payload).toContain('<title>Plumbline</title>');
      expect(answer.headers['cache-control']).toBe('no-store');
    }
  });

  it('has scripts that are kept for ever, because their name changes with their content', async () => {
    const answer = await get('/assets/index.js');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(answer.headers['content-type']).toContain('javascript');
  });

  it('is no answer to a missing script, a program, or an address of the API', async () => {
    for (const url of ['/assets/gone.js', '/api/v1/gone', '/docs/gone', '/socket.io/x']) {
      const answer = await get(url, { accept: 'text/html' });
      expect(answer.statusCode).toBe(404);
      expect(answer.headers['content-type']).toContain('application/problem+json');
      expect(answer.headers['cache-control'] ?? '').not.toContain('immutable');
    }
    expect((await get('/models/credit-risk', { accept: 'application/json' })).statusCode).toBe(404);
    const posted = await started.send('POST', '/models/x', { headers: { host: 'localhost', accept: 'text/html' } });
    expect(posted.statusCode).toBe(404);
  });
});

describe('a path that climbs', () => {
  it.each([
    '/assets/../../secret.txt',
    '/assets/../../../../../../etc/passwd',
    '/assets/..%2f..%2fsecret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/assets/%2E%2e%2F%2e%2E%2fsecret.txt',
    '/assets/..%5c..%5csecret.txt',
    '/assets/..\\..\\secret.txt',
    '/assets/%252e%252e%252fsecret.txt',
    '/assets/....//....//secret.txt',
    '/assets//etc/passwd',
    '/assets/%00../../secret.txt',
    '/assets/../.env',
    '/.env',
    '/../secret.txt',
    '/public/..%2F%5cevil%2F%3f%2F..',
    '//evil.example/..%2f..',
    '/\\evil.example',
    '/%5cevil.example/%2e%2e',
    '/%252f%252fevil.example',
  ])('%s reaches no file and leads nowhere', async (path) => {
    const answer = await rawGet(port, path, 'Accept: */*\r\n');
    expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(answer).not.toContain('root:x:0:0');
    expect(answer.toLowerCase()).not.toContain('\r\nlocation:');
  });

  it.each([
    '/assets/../api/v1/models',
    '/assets/%2e%2e/api/v1/keys',
    '/%61pi/v1/models',
    '/api/v1/%6dodels',
    '//api/v1/models',
  ])('%s goes around no guard', async (path) => {
    const answer = await rawGet(port, path);
    expect(answer).toMatch(/^HTTP\/1\.1 (401|404|400) /);
    expect(answer).not.toContain('"rows"');
  });
});

describe('the host', () => {
  it.each(['localhost', 'localhost:8080', '127.0.0.1:1', '[::1]:4600', 'plumb.example', 'PLUMB.example:443'])(
    '%s is ours',
    async (host) => {
      expect((await get('/healthz', { host })).statusCode).toBe(200);
    },
  );

  it.each([
    'evil.example',
    'localhost.evil.example',
    'localhost:80@evil.example',
    '127.0.0.1.nip.io',
    'localhost:evil',
  ])('%j is answered 421, whatever is asked for', async (host) => {
    for (const url of ['/healthz', '/', '/api/v1/models', '/nothing'])
      expect((await get(url, { host, ...bearer(keys.admin) })).json()).toMatchObject({
        status: 421,
        code: 'WRONG_HOST',
      });
  });
});

describe('headers of safety', () => {
  it('forbid everything from elsewhere, everything inline, and frames', async () => {
    for (const url of ['/', '/api/v1/models', '/nothing', '/login?t=abc', '/healthz']) {
      const { headers } = await get(url);
      const policy = String(headers['content-security-policy']).split(';');
      expect(policy).toEqual(
        expect.arrayContaining(["default-src 'self'", "script-src 'self'", "frame-ancestors 'none'"]),
      );
      expect(policy.join()).not.toMatch(/unsafe|http/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['x-frame-options']).toBe('DENY');
      expect(headers['referrer-policy']).toBe('same-origin');
    }
  });

  it('let the reference page style itself, and run our scripts alone', async () => {
    const { headers, payload } = await get('/docs/', bearer(keys.read));
    const policy = String(headers['content-security-policy']).split(';');
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self' 'unsafe-inline'");
    expect(payload).not.toMatch(/<script>|https?:/);
    const script = await get('/docs/start.js', bearer(keys.read));
    expect(script.payload).toContain('withDefaultFonts: false');
    expect(script.payload).toContain('telemetry: false');
  });

  it('name no software', async () => {
    const { headers } = await get('/');
    expect(headers).not.toHaveProperty('server');
    expect(headers).not.toHaveProperty('x-powered-by');
  });
});

describe('bytes that are no request', () => {
  it.each([
    'GARBAGE\r\n\r\n',
    'GET /healthz HTTP/1.0\r\n\r\n',
    'GET / HTTP/9.9\r\nHost: localhost\r\n\r\n',
    'POST /api/v1/predictions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
    'GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n',
    `GET / HTTP/1.1\r\nHost: localhost\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`,
  ])('are refused, and the server lives: %.40j', async (text) => {
    expect(await rawRequest(port, text)).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect((await get('/healthz')).statusCode).toBe(200);
  });
});
