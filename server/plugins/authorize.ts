import { type AccessDecision, decide } from '../../policies/access/decide.ts';
import { CodedError } from '../errors.ts';
import type { App, FastifyRequest } from './app-types.ts';
import { headerText } from './header-text.ts';

/** The model of records that name none. */
export const modelHeader = 'x-plumbline-model';
export const nameBytesMax = 512;

/**
 * The one place where requests are allowed: `decide` for the route's action and subject, once for every model that the
 * request names, in its path, query or headers before the body is read, and in its body afterwards.
 */
export function authorize(app: App): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.caller === null) return done();
    const { params, query, headers } = request;
    const inHeader = headerText(headers, modelHeader, nameBytesMax);
    allow(request, [memberOf(params, 'model'), memberOf(query, 'model'), inHeader].flat());
    done();
  });
  app.addHook('preHandler', (request, _reply, done) => {
    const { isPublic, takesBytes } = request.routeOptions.config;
    const name = isPublic || takesBytes ? undefined : memberOf(request.body, 'model');
    if (request.caller !== null && name !== undefined) allow(request, [name]);
    done();
  });
}

/** @throws CodedError FORBIDDEN, or MODEL_NOT_FOUND where the existence of a model would be told */
function allow(request: FastifyRequest, names: readonly unknown[]): void {
  const models = names.filter((name) => typeof name === 'string');
  for (const model of models.length === 0 ? [undefined] : models) {
    const decision = decisionOn(request, model);
    if (decision.effect === 'deny') throw refusalOf(request, decision, model);
  }
}

/** Every route has an action and a subject, or `guardRoutes` would have refused it. */
function decisionOn(request: FastifyRequest, model: string | undefined): AccessDecision {
  const { action, subject } = request.routeOptions.config;
  if (request.caller === null || action === undefined || subject === undefined)
    throw new CodedError('FORBIDDEN', 'This address has no access rule.');
  return decide(request.caller.access, action, subject, { model });
}

function refusalOf(request: FastifyRequest, decision: AccessDecision, model: string | undefined): CodedError {
  const isRead = request.routeOptions.config.action === 'read';
  if (isRead && model !== undefined && decision.code === 'condition-failed') return modelNotFound(model);
  return new CodedError('FORBIDDEN', `${decision.reason} (rule ${decision.ruleId ?? 'none'}).`);
}

/** A model that the caller may not see is answered exactly like one that does not exist. */
export function modelNotFound(model: string): CodedError {
  const detail = `There is no model ${model}. GET /api/v1/models lists them; a first prediction registers one.`;
  return new CodedError('MODEL_NOT_FOUND', detail);
}

function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name)
    ? (value as Record<string, unknown>)[name]
    : undefined;
}
