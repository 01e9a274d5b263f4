import type { Services } from '../app-deps.ts';
import { CodedError } from '../errors.ts';
import type { App, Caller, FastifyRequest } from './app-types.ts';
import type { EndedSessions } from './ended-sessions.ts';
import { originOf } from './same-origin.ts';
import { sessionCookieName, verifySession } from './session-token.ts';

export type AuthenticationDeps = {
  services: Pick<Services, 'authenticateKey'>;
  sessionSecret: string;
  endedSessions: EndedSessions;
};

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The key in an `Authorization` header: Bearer, or Basic with the key as password (or as user name alone). */
export function keyOfHeader(header: string): string | null {
  const bearer = /^bearer +(\S+)$/i.exec(header);
  if (bearer !== null) return bearer[1];
  const basic = /^basic +([A-Za-z0-9+/=]+)$/i.exec(header);
  if (basic === null) return null;
  const [userName, ...password] = Buffer.from(basic[1], 'base64').toString('utf8').split(':');
  return password.join(':') || userName || null;
}

/** Every key is looked up each time: a digest comparison is cheaper than a cache that a revocation must reach. */
export function callerOfKey(key: string, services: AuthenticationDeps['services']): Caller | null {
  const identity = services.authenticateKey(key);
  if (identity === null) return null;
  const { actor, scopes, models } = identity;
  return { access: { ...actor, scopes, models }, session: null };
}

export function callerOfCookie(cookie: string, deps: AuthenticationDeps): Caller | null {
  const session = verifySession(deps.sessionSecret, cookie);
  if (session === null || deps.endedSessions.has(session.sessionId)) return null;
  return { access: { kind: 'user', id: session.userId, scopes: [], models: [] }, session };
}

/** Puts the caller on the request, before its body is read. A bad credential is never covered by a good one beside it. */
export function authenticate(app: App, deps: AuthenticationDeps): void {
  app.decorateRequest('caller', null);
  app.addHook('onRequest', (request, reply, done) => {
    if (request.routeOptions.config.isPublic === true || request.is404) return done();
    request.caller = callerOf(request, deps);
    if (request.caller !== null) return done();
    reply.header('www-authenticate', 'Bearer realm="plumbline"');
    const detail = 'Open the one-time link that the server printed, or send a valid key as Authorization: Bearer.';
    done(new CodedError('UNAUTHENTICATED', detail));
  });
}

function callerOf(request: FastifyRequest, deps: AuthenticationDeps): Caller | null {
  const { authorization } = request.headers;
  if (authorization !== undefined) {
    const key = keyOfHeader(authorization);
    return key === null ? null : callerOfKey(key, deps.services);
  }
  const cookie = request.cookies[sessionCookieName];
  const caller = cookie === undefined ? null : callerOfCookie(cookie, deps);
  if (caller === null || safeMethods.has(request.method) || originOf(request.headers) === 'same') return caller;
  const detail = 'A change with a session has to come from a page of this server. Scripts use a key instead.';
  throw new CodedError('FORBIDDEN', detail);
}
