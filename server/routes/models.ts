import { decide } from '../../policies/access/decide.ts';
import type { App, RouteDeps } from '../plugins/app-types.ts';
import { FleetSchema } from '../schemas/fleet.schema.ts';
import { ChangeModelSchema, RegisterModelSchema } from '../schemas/model-request.schema.ts';
import { ModelDetailSchema } from '../schemas/model.schema.ts';
import { ModelParamsSchema, NoQuerySchema } from '../schemas/request.schema.ts';
import { actOf } from './act-of.ts';

const tags = ['models'];

export function modelRoutes(app: App, { services }: RouteDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/models',
    config: { action: 'list', subject: 'Model' },
    schema: {
      operationId: 'listModels',
      summary: 'The fleet: one row per model, with the evidence behind its health',
      tags,
      querystring: NoQuerySchema,
      response: { 200: FleetSchema },
    },
    async handler({ caller }) {
      const fleet = await services.readFleet();
      if (caller === null || caller.access.models.length === 0) return fleet;
      const isVisible = (model: string) => decide(caller.access, 'read', 'Model', { model }).effect === 'allow';
      return { ...fleet, rows: fleet.rows.filter(({ model }) => isVisible(model)) };
    },
  });
  app.route({
    method: 'POST',
    url: '/api/v1/models',
    config: { action: 'create', subject: 'Model' },
    schema: {
      operationId: 'registerModel',
      summary: 'Declare a model before its first event',
      tags,
      querystring: NoQuerySchema,
      body: RegisterModelSchema,
      response: { 201: ModelDetailSchema },
    },
    async handler(request, reply) {
      const model = await services.registerModel(actOf(request), request.body);
      return reply
        .code(201)
        .header('location', `/api/v1/models/${encodeURIComponent(model.id)}`)
        .send(model);
    },
  });
  app.route({
    method: 'GET',
    url: '/api/v1/models/:model',
    config: { action: 'read', subject: 'Model' },
    schema: {
      operationId: 'readModel',
      summary: 'What is declared or inferred of a model',
      tags,
      params: ModelParamsSchema,
      querystring: NoQuerySchema,
      response: { 200: ModelDetailSchema },
    },
    handler: async ({ params }) => services.readModel(params.model),
  });
  app.route({
    method: 'PATCH',
    url: '/api/v1/models/:model',
    config: { action: 'change', subject: 'Model' },
    schema: {
      operationId: 'changeModel',
      summary: 'Change what may change of a model',
      tags,
      params: ModelParamsSchema,
      querystring: NoQuerySchema,
      body: ChangeModelSchema,
      response: { 200: ModelDetailSchema },
    },
    handler: (request) => services.changeModel(actOf(request), request.params.model, request.body),
  });
}
