import jwt from 'jsonwebtoken';
import { setTimeout } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sessionCookieName } from '../../../server/plugins/session-token.ts';
import { socketsPerActorMax } from '../../../server/sockets/admit-sockets.ts';
import { keys, sessionSecret } from '../../fakes/fake-services.ts';
import { sameOrigin, signedIn } from '../app/started-app.ts';
import { disconnected, type LiveApp, liveApp, subscribe } from './live-clients.ts';

let live: LiveApp;
beforeEach(async () => {
  live = await liveApp({ options: { allowedHosts: ['127.0.0.1', 'localhost'] } });
});
afterEach(() => live.stop());

describe('a socket is let in', () => {
  it('with a key', async () => {
    expect((await live.connected({ auth: { key: keys.read } })).connected).toBe(true);
  });

  it('with a session cookie of our own page', async () => {
    const cookie = await signedIn(live);
    const client = await live.connected({ extraHeaders: { cookie, origin: `http://127.0.0.1:${live.port}` } });
    expect(await subscribe(client, 'fleet')).toMatchObject({ ok: true });
  });
});

describe('a socket is refused', () => {
  it.each([
    ['without a credential', {}],
    ['with a wrong key', { auth: { key: 'pl_wrong' } }],
    ['with a key that is no text', { auth: { key: { toString: 'x' } } }],
    ['with a wrong cookie', { extraHeaders: { cookie: `${sessionCookieName}=x.y.z` } }],
  ])('%s', async (_how, options) => {
    await expect(live.connected(options)).rejects.toThrow('UNAUTHENTICATED');
  });

  it('with a wrong key beside a good cookie', async () => {
    const cookie = await signedIn(live);
    const options = { auth: { key: 'pl_wrong' }, extraHeaders: { cookie } };
    await expect(live.connected(options)).rejects.toThrow('UNAUTHENTICATED');
  });

  it.each([
    ['from another site', { origin: 'http://evil.example' }],
    ['from another port', { origin: 'http://127.0.0.1:1' }],
    ['from a sandboxed page', { origin: 'null' }],
    ['for another host', { host: 'evil.example' }],
  ])('%s, before it is upgraded', async (_how, headers: Record<string, string>) => {
    const cookie = await signedIn(live);
    await expect(live.connected({ extraHeaders: { cookie, ...headers } })).rejects.toThrow('websocket error');
  });

  it('over long polling', async () => {
    const answer = await fetch(`http://127.0.0.1:${live.port}/socket.io/?EIO=4&transport=polling`);
    expect(answer.status).toBe(400);
  });

  it('when its actor has too many, until one leaves', async () => {
    const clients = await Promise.all(
      Array.from({ length: socketsPerActorMax }, () => live.connected({ auth: { key: keys.read } })),
    );
    await expect(live.connected({ auth: { key: keys.read } })).rejects.toThrow('TOO_MANY_SOCKETS');
    expect((await live.connected({ auth: { key: keys.admin } })).connected).toBe(true);
    clients[0].disconnect();
    await setTimeout(200);
    expect((await live.connected({ auth: { key: keys.read } })).connected).toBe(true);
  });
});

describe('a socket ends', () => {
  it('when its session expires', async () => {
    const token = jwt.sign({}, sessionSecret, {
      algorithm: 'HS256',
      header: { alg: 'HS256', typ: 'session+jwt' },
      issuer: 'plumbline',
      audience: 'plumbline-session',
      subject: 'admin',
      jwtid: 'short',
      expiresIn: 2,
    });
    const client = await live.connected({ extraHeaders: { cookie: `${sessionCookieName}=${token}` } });
    const since = performance.now();
    expect(await disconnected(client)).toBe('io server disconnect');
    expect(performance.now() - since).toBeLessThan(4000);
  });

  it('when its session is signed out, and no other does', async () => {
    const cookie = await signedIn(live);
    const client = await live.connected({ extraHeaders: { cookie } });
    const other = await live.connected({ auth: { key: keys.read } });
    const ended = disconnected(client);
    await live.send('DELETE', '/api/v1/session', { headers: { cookie, ...sameOrigin } });
    expect(await ended).toBe('io server disconnect');
    expect(other.connected).toBe(true);
  });

  it('when the server stops, also while the client does not answer', async () => {
    const client = await live.connected({ auth: { key: keys.read } });
    const ended = disconnected(client);
    const since = performance.now();
    await live.app.close();
    expect(performance.now() - since).toBeLessThan(3000);
    await ended;
  });
});
