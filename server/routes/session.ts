import rateLimit from '@fastify/rate-limit';
import { CodedError } from '../errors.ts';
import type { App, FastifyReply, FastifyRequest, RouteDeps } from '../plugins/app-types.ts';
import type { EndedSessions } from '../plugins/ended-sessions.ts';
import { originOf } from '../plugins/same-origin.ts';
import { type SessionClaims, sessionCookieName, sessionSeconds, signSession } from '../plugins/session-token.ts';
import { NoQuerySchema } from '../schemas/request.schema.ts';
import { SessionSchema, SignInSchema } from '../schemas/operations.schema.ts';
import { loginRoutes } from './login.ts';

export type SessionDeps = RouteDeps & {
  sessionSecret: string;
  loginTokens: { redeem(token: string): boolean };
  endedSessions: EndedSessions;
};

const tags = ['identity'];
const userId = 'admin';
export const loginAttemptsPerMinute = 20;

/** Signing in with a one-time token, and out. */
export async function sessionRoutes(app: App, deps: SessionDeps): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) =>
      new CodedError('TOO_MANY_REQUESTS', 'Too many attempts to sign in from this address; wait a minute.', ttl / 1000),
  });
  // One limiter for both doors: with one each an attacker would have twice the attempts.
  const limit = app.rateLimit({ max: loginAttemptsPerMinute, timeWindow: '1 minute' });
  const signIn = (request: FastifyRequest, reply: FastifyReply, token: string) =>
    startSession(request, reply, { ...deps, token });
  loginRoutes(app, { limit, signIn });
  app.route({
    method: 'POST',
    url: '/api/v1/session',
    config: { isPublic: true },
    onRequest: limit,
    schema: {
      operationId: 'signIn',
      summary: 'Turn the token of a one-time link into a session cookie of twelve hours',
      tags,
      querystring: NoQuerySchema,
      body: SignInSchema,
      response: { 201: SessionSchema },
    },
    async handler(request, reply) {
      const claims = signIn(request, reply, request.body.token);
      const expiresAt = new Date(claims.expiresAtMs).toISOString();
      return reply.code(201).send({ actor: { kind: 'user', id: claims.userId }, scopes: [], expiresAt });
    },
  });
  currentSessionRoutes(app, deps);
}

function currentSessionRoutes(app: App, { endedSessions }: SessionDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/session',
    config: { action: 'read', subject: 'Session' },
    schema: {
      operationId: 'readSession',
      summary: 'Who the credential of this request belongs to',
      tags,
      querystring: NoQuerySchema,
      response: { 200: SessionSchema },
    },
    async handler({ caller }, reply) {
      if (caller === null) throw new CodedError('UNAUTHENTICATED', 'Sign in or send a key.');
      const { kind, id, scopes } = caller.access;
      const expiresAt = caller.session === null ? null : new Date(caller.session.expiresAtMs).toISOString();
      reply.header('cache-control', 'no-store');
      return { actor: { kind, id }, scopes: [...scopes], expiresAt };
    },
  });
  app.route({
    method: 'DELETE',
    url: '/api/v1/session',
    config: { action: 'delete', subject: 'Session' },
    schema: {
      operationId: 'signOut',
      summary: 'End this session, and its live connections',
      tags,
      querystring: NoQuerySchema,
    },
    async handler({ caller }, reply) {
      if (caller?.session) endedSessions.end(caller.session.sessionId, caller.session.expiresAtMs);
      return reply.clearCookie(sessionCookieName, { path: '/' }).code(204).send();
    },
  });
}

/** Redeems the token and sets the cookie. @throws CodedError LOGIN_TOKEN_INVALID, FORBIDDEN for a form on another site */
function startSession(
  request: FastifyRequest,
  reply: FastifyReply,
  { sessionSecret, loginTokens, token: loginToken }: SessionDeps & { token: string },
): SessionClaims {
  if (originOf(request.headers) === 'foreign')
    throw new CodedError('FORBIDDEN', 'Sign in on the page of this server, not from another site.');
  if (!loginTokens.redeem(loginToken))
    throw new CodedError('LOGIN_TOKEN_INVALID', 'Start Plumbline again: every start prints a new link.');
  const { token, claims } = signSession(sessionSecret, userId);
  reply.setCookie(sessionCookieName, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    // Behind a proxy that ends TLS only the page's own origin tells that the browser speaks https.
    secure: request.protocol === 'https' || request.headers.origin?.startsWith('https:') === true,
    maxAge: sessionSeconds,
  });
  reply.header('cache-control', 'no-store');
  return claims;
}
