import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox';
import type { FastifyBaseLogger, FastifyInstance, FastifyReply, FastifyRequest, RawServerDefault } from 'fastify';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessAction, AccessSubject } from '../../policies/access/access-rules.ts';
import type { AccessActor } from '../../policies/access/decide.ts';
import type { AppOptions } from '../app-deps.ts';
import type { RegisteredRoute } from './guard-routes.ts';
import type { SessionClaims } from './session-token.ts';

/** Who sent a request: the actor that decisions are made about, and the session behind a cookie. */
export type Caller = { access: AccessActor; session: SessionClaims | null };

/** The one place where fastify's own types are widened. */
declare module 'fastify' {
  interface FastifyContextConfig {
    action?: AccessAction;
    subject?: AccessSubject;
    /** Served without a credential; only what `publicRoutes` lists may say so. */
    isPublic?: true;
    /** Reads its body as bytes; nothing in it is looked at before the collector. */
    takesBytes?: true;
  }
  interface FastifyInstance {
    /** Every route with its access rule, for whoever reviews them. */
    registeredRoutes: readonly RegisteredRoute[];
  }
  interface FastifyRequest {
    caller: Caller | null;
  }
}

/** The fastify instance with TypeBox schemas as types. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  TypeBoxTypeProvider
>;

export type RouteDeps = Pick<AppOptions, 'services' | 'logger'>;
export type { FastifyReply, FastifyRequest };
