import { generateKeyPairSync } from 'node:crypto';
import jwt from 'jsonwebtoken';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sessionCookieName, signSession } from '../../../server/plugins/session-token.ts';
import { loginAttemptsPerMinute } from '../../../server/routes/session.ts';
import { keys, sessionSecret } from '../../fakes/fake-services.ts';
import { bearer, sameOrigin, signedIn, type StartedApp, startedApp } from './started-app.ts';

let started: StartedApp;
beforeEach(async () => {
  started = await startedApp();
});
afterEach(() => started.app.close());

describe('signing in', () => {
  it('turns the token into a cookie that scripts cannot read', async () => {
    const answer = await started.send('POST', '/api/v1/session', { payload: { token: 'right' } });
    expect(answer.statusCode).toBe(201);
    expect(answer.cookies[0]).toMatchObject({
      name: sessionCookieName,
      httpOnly: true,
      sameSite: 'Lax',
      path: '/',
      maxAge: 43_200,
    });
    expect(answer.cookies[0].secure).toBeUndefined();
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('marks the cookie secure when the page is on https, also behind a proxy', async () => {
    const headers = { host: 'plumb.example', origin: 'https://plumb.example' };
    const answer = await started.send('POST', '/api/v1/session', { payload: { token: 'right' }, headers });
    expect(answer.cookies[0].secure).toBe(true);
  });

  it('works once', async () => {
    await signedIn(started);
    const again = await started.send('POST', '/api/v1/session', { payload: { token: 'right' } });
    expect(again.json()).toMatchObject({ status: 401, code: 'LOGIN_TOKEN_INVALID' });
    expect(again.cookies).toEqual([]);
  });

  it('redeems nothing when the link is only fetched', async () => {
    for (const _ of [1, 2]) {
      const page = await started.send('GET', '/login?t=right');
      expect(page.statusCode).toBe(200);
      expect(page.cookies).toEqual([]);
      expect(page.payload).toContain('<input type="hidden" name="t" value="right" />');
      expect(page.payload).not.toMatch(/<script>|onload=|javascript:/);
    }
    expect((await started.send('POST', '/api/v1/session', { payload: { token: 'right' } })).statusCode).toBe(201);
  });

  it('signs in by the form of the link page and goes to the dashboard', async () => {
    const headers = { 'content-type': 'application/x-www-form-urlencoded', ...sameOrigin };
    const answer = await started.send('POST', '/login', { payload: 't=right', headers });
    expect(answer.statusCode).toBe(303);
    expect(answer.headers.location).toBe('/');
    const [{ name, value }] = answer.cookies;
    const session = await started.send('GET', '/api/v1/session', { headers: { cookie: `${name}=${value}` } });
    expect(session.json()).toMatchObject({ actor: { kind: 'user', id: 'admin' } });
    const again = await started.send('POST', '/login', { payload: 't=right', headers });
    expect(again.statusCode).toBe(401);
    expect(again.payload).toContain('has been used or is too old');
  });

  it.each(['"><script>alert(1)</script>', "'-alert(1)-'", '%0d%0aSet-Cookie:a=b'])(
    'puts no markup of the link into the page: %s',
    async (t) => {
      const answer = await started.send('GET', `/login?t=${encodeURIComponent(t)}`);
      expect(answer.statusCode).toBe(303);
      expect(answer.headers.location).toBe('/');
      expect(answer.payload).toBe('');
    },
  );

  it('is refused from the form of another site', async () => {
    const headers = {
      'content-type': 'application/x-www-form-urlencoded',
      host: 'localhost',
      origin: 'http://evil.example',
    };
    expect((await started.send('POST', '/login', { payload: 't=right', headers })).statusCode).toBe(403);
    expect(await signedIn(started)).toContain(sessionCookieName);
  });

  it('is limited per minute, over both doors together', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded' };
    for (let i = 0; i < loginAttemptsPerMinute; i++) {
      if (i % 2 === 0) await started.send('POST', '/login', { payload: 't=x', headers: form });
      else await started.send('POST', '/api/v1/session', { payload: { token: 'x' } });
    }
    const answer = await started.send('POST', '/api/v1/session', { payload: { token: 'right' } });
    expect(answer.json()).toMatchObject({ status: 429, code: 'TOO_MANY_REQUESTS' });
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    expect((await started.send('GET', '/healthz')).statusCode).toBe(200);
  });
});

describe('signing out', () => {
  it('ends the session on the server, whoever still holds the cookie', async () => {
    const cookie = await signedIn(started);
    const answer = await started.send('DELETE', '/api/v1/session', { headers: { cookie, ...sameOrigin } });
    expect(answer.statusCode).toBe(204);
    expect(answer.cookies[0]).toMatchObject({ name: sessionCookieName, value: '' });
    expect((await started.send('GET', '/api/v1/session', { headers: { cookie } })).statusCode).toBe(401);
  });
});

describe('a change with a session', () => {
  const change = async (headers: Record<string, string>): Promise<number> => {
    const cookie = await signedIn(started);
    const answer = await started.send('POST', '/api/v1/demo/heal', {
      headers: { cookie, host: 'localhost', ...headers },
    });
    return answer.statusCode;
  };

  it.each<[string, Record<string, string>, number]>([
    ['of our own page', { origin: 'http://localhost', 'sec-fetch-site': 'same-origin' }, 200],
    ['with our origin alone', { origin: 'http://localhost' }, 200],
    ['with Sec-Fetch-Site alone', { 'sec-fetch-site': 'same-origin' }, 200],
    ['from another site', { origin: 'http://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
    ['from a sibling site', { origin: 'http://localhost', 'sec-fetch-site': 'same-site' }, 403],
    ['from another port', { origin: 'http://localhost:8080' }, 403],
    ['from a sandboxed page', { origin: 'null' }, 403],
    ['with our name in the user part', { origin: 'http://localhost@evil.example' }, 403],
    ['typed by hand', { 'sec-fetch-site': 'none' }, 403],
    ['that does not say where it comes from', {}, 403],
  ])('%s', async (_what, headers, status) => {
    expect(await change(headers)).toBe(status);
  });

  it('needs no origin with a key, and a bad key is not covered by a good cookie', async () => {
    expect((await started.send('POST', '/api/v1/demo/heal', { headers: bearer(keys.admin) })).statusCode).toBe(200);
    const cookie = await signedIn(started);
    const headers = { cookie, ...sameOrigin, ...bearer('pl_wrong') };
    expect((await started.send('POST', '/api/v1/demo/heal', { headers })).statusCode).toBe(401);
  });
});

describe('keys', () => {
  const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });

  it.each([
    ['as a bearer token', { authorization: `bearer ${keys.read}` }],
    ['as the password of Basic', basic(`anything:${keys.read}`)],
    ['as the user of Basic', basic(`${keys.read}:`)],
  ])('are accepted %s', async (_how, headers) => {
    expect((await started.send('GET', '/api/v1/models', { headers })).statusCode).toBe(200);
  });

  it.each([
    ['an empty header', { authorization: '' }],
    ['another scheme', { authorization: `Digest ${keys.read}` }],
    ['two keys', { authorization: `Bearer ${keys.read} ${keys.read}` }],
    ['no Base64', { authorization: 'Basic ###' }],
  ])('are not found in %s', async (_how, headers) => {
    const answer = await started.send('GET', '/api/v1/models', { headers });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="plumbline"');
  });

  it('count no longer the moment they are revoked', async () => {
    const read = () => started.send('GET', '/api/v1/models', { headers: bearer(keys.read) });
    expect((await read()).statusCode).toBe(200);
    started.revoked.add(keys.read);
    expect((await read()).statusCode).toBe(401);
  });
});

describe('a forged session', () => {
  const good = {
    algorithm: 'HS256',
    header: { alg: 'HS256', typ: 'session+jwt' },
    issuer: 'plumbline',
    audience: 'plumbline-session',
    subject: 'admin',
    jwtid: 'j',
    expiresIn: 600,
  } satisfies jwt.SignOptions;
  const now = Math.floor(Date.now() / 1000);
  const unsigned = (header: object, claims: object): string =>
    `${[header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;
  const claims = { iss: 'plumbline', aud: 'plumbline-session', sub: 'admin', jti: 'j', iat: now, exp: now + 600 };
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  const { expiresIn: _unused, ...endless } = good;
  const { subject: _subject, ...nobody } = good;

  const statusOf = async (token: string): Promise<number> => {
    const answer = await started.send('GET', '/api/v1/session', {
      headers: { cookie: `${sessionCookieName}=${token}` },
    });
    return answer.statusCode;
  };

  it('is told apart from a true one', async () => {
    expect(await statusOf(jwt.sign({}, sessionSecret, good))).toBe(200);
    expect(await statusOf(signSession(sessionSecret, 'admin').token)).toBe(200);
  });

  it.each<[string, string]>([
    ['no algorithm', unsigned({ alg: 'none', typ: 'session+jwt' }, claims)],
    ['no algorithm, mixed case', unsigned({ alg: 'nOnE', typ: 'session+jwt' }, claims)],
    ['no signature', unsigned({ alg: 'HS256', typ: 'session+jwt' }, claims)],
    ['another secret', jwt.sign({}, `${sessionSecret}x`, good)],
    ['an empty secret', `${jwt.sign({}, sessionSecret, good).split('.').slice(0, 2).join('.')}.AAAA`],
    [
      'HS512',
      jwt.sign({}, sessionSecret, { ...good, algorithm: 'HS512', header: { alg: 'HS512', typ: 'session+jwt' } }),
    ],
    ['RS256', jwt.sign({}, privateKey, { ...good, algorithm: 'RS256', header: { alg: 'RS256', typ: 'session+jwt' } })],
    [
      'a key id with a path',
      jwt.sign({}, 'x'.repeat(32), { ...good, header: { alg: 'HS256', typ: 'session+jwt', kid: '../../dev/null' } }),
    ],
    [
      'a key id with SQL',
      jwt.sign({}, 'x'.repeat(32), {
        ...good,
        header: { alg: 'HS256', typ: 'session+jwt', kid: "x' UNION SELECT 'x'--" },
      }),
    ],
    [
      'an expiry that has passed',
      jwt.sign({ ...claims, iat: now - 1200, exp: now - 600 }, sessionSecret, {
        algorithm: 'HS256',
        header: good.header,
      }),
    ],
    ['an expiry as text', unsignedThenSigned({ ...claims, exp: String(now + 600) })],
    ['no expiry', jwt.sign({}, sessionSecret, endless)],
    [
      'an age over twelve hours',
      jwt.sign({ ...claims, iat: now - 43_300 }, sessionSecret, { algorithm: 'HS256', header: good.header }),
    ],
    [
      'a start in the future',
      jwt.sign({ ...claims, iat: now + 600 }, sessionSecret, { algorithm: 'HS256', header: good.header }),
    ],
    [
      'not before in the future',
      jwt.sign({ ...claims, nbf: now + 600 }, sessionSecret, { algorithm: 'HS256', header: good.header }),
    ],
    ['another audience', jwt.sign({}, sessionSecret, { ...good, audience: 'other' })],
    ['another issuer', jwt.sign({}, sessionSecret, { ...good, issuer: 'other' })],
    ['another type', jwt.sign({}, sessionSecret, { ...good, header: { alg: 'HS256', typ: 'JWT' } })],
    ['no subject', jwt.sign({}, sessionSecret, nobody)],
    ['text', 'admin'],
    ['nothing', ''],
  ])('with %s is refused', async (_what, token) => {
    expect(await statusOf(token)).toBe(401);
  });

  it('with another user in it may do nothing', async () => {
    expect(await statusOf(jwt.sign({}, sessionSecret, { ...good, subject: 'mallory' }))).toBe(403);
  });

  /** The library refuses to sign such claims as an object, but signs any text. */
  function unsignedThenSigned(payload: object): string {
    return jwt.sign(JSON.stringify(payload), sessionSecret, { algorithm: 'HS256', header: good.header });
  }
});
