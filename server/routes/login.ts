import type { onRequestAsyncHookHandler } from 'fastify';
import Type from 'typebox';
import { CodedError } from '../errors.ts';
import type { App, FastifyReply, FastifyRequest } from '../plugins/app-types.ts';
import { loginPage, loginRefusedPage, loginScript } from './login-page.ts';

export type LoginDeps = {
  limit: onRequestAsyncHookHandler;
  signIn(request: FastifyRequest, reply: FastifyReply, token: string): unknown;
};

const LinkQuerySchema = Type.Object({ t: Type.Optional(Type.String({ maxLength: 200 })) });
const tokenText = /^[\w-]{1,200}$/;
const hidden = { hide: true };

/**
 * The one-time link. Opening it redeems nothing, because mail scanners and browsers fetch links by themselves: the page
 * posts the token back, by a script or by a click.
 */
export function loginRoutes(app: App, { limit, signIn }: LoginDeps): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: 1024 },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );
  app.route({
    method: 'GET',
    url: '/login',
    config: { isPublic: true },
    schema: { ...hidden, querystring: LinkQuerySchema },
    async handler({ query: { t } }, reply) {
      reply.header('cache-control', 'no-store');
      if (t === undefined || !tokenText.test(t)) return reply.redirect('/', 303);
      return reply.type('text/html; charset=utf-8').send(loginPage(t));
    },
  });
  app.route({
    method: 'GET',
    url: '/login.js',
    config: { isPublic: true },
    schema: hidden,
    handler: async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(loginScript),
  });
  app.route({
    method: 'POST',
    url: '/login',
    config: { isPublic: true },
    onRequest: limit,
    schema: { ...hidden, body: Type.Object({ t: Type.String({ maxLength: 200 }) }) },
    async handler(request, reply) {
      try {
        signIn(request, reply, request.body.t);
      } catch (error) {
        if (!(error instanceof CodedError) || error.code !== 'LOGIN_TOKEN_INVALID') throw error;
        return reply.code(401).type('text/html; charset=utf-8').send(loginRefusedPage(error.message));
      }
      return reply.redirect('/', 303);
    },
  });
}
