import type { App, RouteDeps } from '../plugins/app-types.ts';
import { ReferenceListSchema } from '../schemas/metrics-answer.schema.ts';
import { CreateReferenceSchema } from '../schemas/model-request.schema.ts';
import { ReferenceSchema } from '../schemas/model.schema.ts';
import { ModelParamsSchema, NoQuerySchema } from '../schemas/request.schema.ts';
import { timeWindow } from '../services/time-window.ts';
import { actOf } from './act-of.ts';

const tags = ['models'];

export function referenceRoutes(app: App, { services }: RouteDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/models/:model/references',
    config: { action: 'read', subject: 'Reference' },
    schema: {
      operationId: 'listReferences',
      summary: 'Baselines of a model, newest first',
      tags,
      params: ModelParamsSchema,
      querystring: NoQuerySchema,
      response: { 200: ReferenceListSchema },
    },
    handler: async ({ params }) => ({ references: services.listReferences(params.model) }),
  });
  app.route({
    method: 'POST',
    url: '/api/v1/models/:model/references',
    config: { action: 'create', subject: 'Reference' },
    schema: {
      operationId: 'createReference',
      summary: 'Freeze a window of stored predictions as the baseline; history is recounted in the background',
      tags,
      params: ModelParamsSchema,
      querystring: NoQuerySchema,
      body: CreateReferenceSchema,
      response: { 202: ReferenceSchema },
    },
    async handler(request, reply) {
      const { modelVersion = null, kind, from, to } = request.body;
      timeWindow({ from, to }, 0, null);
      const change = { kind, from, to, modelVersion };
      return reply.code(202).send(await services.createReference(actOf(request), request.params.model, change));
    },
  });
}
