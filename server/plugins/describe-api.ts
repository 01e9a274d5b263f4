import swagger from '@fastify/swagger';
import type { AppOptions } from '../app-deps.ts';
import { ProblemSchema } from '../schemas/operations.schema.ts';
import type { App } from './app-types.ts';

const problem = {
  description: 'A problem document; `code` names what happened, `detail` says what to do.',
  content: { 'application/problem+json': { schema: { $ref: 'Problem#' } } },
};

/** Builds OpenAPI 3.1 from the route schemas. To be registered before the routes. */
export async function describeApi(app: App, { version }: Pick<AppOptions, 'version'>): Promise<void> {
  app.addSchema(ProblemSchema);
  app.addHook('onRoute', (route) => {
    if (route.schema === undefined || route.schema.hide === true) return;
    const isPublic = route.config?.isPublic === true;
    const response = { ...(route.schema.response as object | undefined), '4xx': problem, '5xx': problem };
    route.schema = { ...route.schema, response, security: isPublic ? [] : [{ key: [] }, { session: [] }] };
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Plumbline',
        version: version.version,
        description: 'Monitors machine-learning models in production: drift, performance and fairness, with evidence.',
      },
      components: {
        securitySchemes: {
          key: { type: 'http', scheme: 'bearer', description: 'a service key' },
          session: { type: 'apiKey', in: 'cookie', name: 'plumbline_session' },
        },
      },
    },
    refResolver: { buildLocalReference: (json, _base, _fragment, i) => String(json.$id ?? `def-${i}`) },
  });
}
