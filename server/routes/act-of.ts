import { CodedError } from '../errors.ts';
import type { Act } from '../services/governance.ts';
import type { FastifyRequest } from '../plugins/app-types.ts';

/** Who does it and under which request: what the record of a change says. */
export function actOf(request: FastifyRequest): Act {
  if (request.caller === null) throw new CodedError('UNAUTHENTICATED', 'Sign in or send a key.');
  const { kind, id } = request.caller.access;
  return { actor: { kind, id }, requestId: request.id };
}
