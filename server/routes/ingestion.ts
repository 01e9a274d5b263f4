import type { App, RouteDeps } from '../plugins/app-types.ts';
import { IngestionSchema, RejectedListSchema } from '../schemas/ingest.schema.ts';
import { ReplayAnswerSchema, ReplayRequestSchema } from '../schemas/metrics-answer.schema.ts';
import { NoQuerySchema, RejectedQuerySchema, WindowQuerySchema } from '../schemas/request.schema.ts';
import { actOf } from './act-of.ts';

const tags = ['ingestion'];

/** What became of received events, and the ones that were refused. */
export function ingestionRoutes(app: App, { services }: RouteDeps): void {
  app.route({
    method: 'GET',
    url: '/api/v1/ingestion',
    config: { action: 'read', subject: 'Ingestion' },
    schema: {
      operationId: 'readIngestion',
      summary: 'Accepted, duplicate, rejected and late events per source',
      tags,
      querystring: WindowQuerySchema,
      response: { 200: IngestionSchema },
    },
    handler: ({ query }) => services.readIngestion(query),
  });
  app.route({
    method: 'GET',
    url: '/api/v1/rejected',
    config: { action: 'read', subject: 'Rejected' },
    schema: {
      operationId: 'listRejected',
      summary: 'Refused events with their reason, newest first',
      tags,
      querystring: RejectedQuerySchema,
      response: { 200: RejectedListSchema },
    },
    handler: ({ query }) => services.listRejected(query),
  });
  app.route({
    method: 'POST',
    url: '/api/v1/rejected/replay',
    config: { action: 'replay', subject: 'Rejected' },
    schema: {
      operationId: 'replayRejected',
      summary: 'Send refused events through the door again, for example after a schema was widened',
      tags,
      querystring: NoQuerySchema,
      body: ReplayRequestSchema,
      response: { 200: ReplayAnswerSchema },
    },
    handler: (request) => services.replayRejected(actOf(request), request.body.ids),
  });
}
