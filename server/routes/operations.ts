import type { AppOptions, HealthReport } from '../app-deps.ts';
import type { App } from '../plugins/app-types.ts';
import { AliveSchema, HealthReportSchema, VersionSchema } from '../schemas/operations.schema.ts';
import type { ReadinessProbe } from './readiness-probe.ts';

const tags = ['operations'];

export type OperationsDeps = Pick<AppOptions, 'version' | 'metrics'> & { probe: ReadinessProbe };

export function operationsRoutes(app: App, { version, metrics, probe }: OperationsDeps): void {
  app.route({
    method: 'GET',
    url: '/healthz',
    config: { isPublic: true },
    schema: { operationId: 'isAlive', summary: 'The process answers', tags, response: { 200: AliveSchema } },
    handler: async () => ({ status: 'ok' as const }),
  });
  app.route({
    method: 'GET',
    url: '/readyz',
    config: { isPublic: true },
    schema: {
      operationId: 'isReady',
      summary: 'Whether requests can be served: 503 while something is missing, and from the stop signal on',
      tags,
      response: { 200: HealthReportSchema, 503: HealthReportSchema },
    },
    async handler(_request, reply) {
      const report: HealthReport = await probe.report();
      reply.header('cache-control', 'no-store');
      return reply.code(report.isReady ? 200 : 503).send(report);
    },
  });
  app.route({
    method: 'GET',
    url: '/version',
    config: { isPublic: true },
    schema: { operationId: 'readVersion', summary: 'What runs here', tags, response: { 200: VersionSchema } },
    handler: async () => version,
  });
  app.route({
    method: 'GET',
    url: '/metrics',
    config: { action: 'read', subject: 'ServiceMetrics' },
    schema: {
      operationId: 'readServiceMetrics',
      summary: "Plumbline's own metrics in Prometheus form; takes a key with the scope read",
      tags,
      produces: ['text/plain'],
    },
    async handler(_request, reply) {
      return reply.type(metrics.contentType).send(await metrics.text());
    },
  });
  app.addHook('preClose', (done) => {
    probe.stop();
    done();
  });
}
