import type { KeyView } from '../app-deps.ts';
import type { App, RouteDeps } from '../plugins/app-types.ts';
import {
  CreateKeySchema,
  KeyListSchema,
  KeySchema,
  NewKeySchema,
  RevokeKeyQuerySchema,
} from '../schemas/key.schema.ts';
import { KeyParamsSchema, NoQuerySchema } from '../schemas/request.schema.ts';
import { actOf } from './act-of.ts';

const tags = ['keys'];

export function keyRoutes(app: App, { services }: RouteDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/keys',
    config: { action: 'list', subject: 'Key' },
    schema: {
      operationId: 'listKeys',
      summary: 'Service keys, without their secrets',
      tags,
      querystring: NoQuerySchema,
      response: { 200: KeyListSchema },
    },
    handler: async () => ({ keys: services.listKeys().map(shown) }),
  });
  app.route({
    method: 'POST',
    url: '/api/v1/keys',
    config: { action: 'create', subject: 'Key' },
    schema: {
      operationId: 'createKey',
      summary: 'Make a key; its text is shown this once',
      tags,
      querystring: NoQuerySchema,
      body: CreateKeySchema,
      response: { 201: NewKeySchema },
    },
    async handler(request, reply) {
      const created = await services.createKey(actOf(request), request.body);
      reply.code(201).header('cache-control', 'no-store');
      return reply.send({ ...shown(created), key: created.key });
    },
  });
  app.route({
    method: 'DELETE',
    url: '/api/v1/keys/:key',
    config: { action: 'delete', subject: 'Key' },
    schema: {
      operationId: 'revokeKey',
      summary: 'Revoke a key at once; the record of it stays',
      tags,
      params: KeyParamsSchema,
      querystring: RevokeKeyQuerySchema,
      response: { 200: KeySchema },
    },
    async handler(request) {
      const { reason = 'no reason given' } = request.query;
      return shown(await services.revokeKey(actOf(request), request.params.key, reason));
    },
  });
}

/** Named one by one, so that a digest can never slip out with the rest. */
function shown({ id, name, prefix, scopes, models, createdAt, revokedAt }: KeyView): KeyView {
  return { id, name, prefix, scopes, models, createdAt, revokedAt };
}
