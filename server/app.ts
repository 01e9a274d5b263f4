import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import type { AppOptions } from './app-deps.ts';
import { answerUnknown } from './plugins/answer-unknown.ts';
import type { App } from './plugins/app-types.ts';
import { authenticate } from './plugins/authenticate.ts';
import { authorize } from './plugins/authorize.ts';
import { checkHost } from './plugins/check-host.ts';
import { describeApi } from './plugins/describe-api.ts';
import { EndedSessions } from './plugins/ended-sessions.ts';
import { guardRoutes } from './plugins/guard-routes.ts';
import { answerError, handleErrors } from './plugins/handle-errors.ts';
import { answerRequestId, requestIdOf } from './plugins/request-id.ts';
import { refuseWhileStopping } from './plugins/refuse-while-stopping.ts';
import { secureHeaders } from './plugins/security-headers.ts';
import { validatorCompiler } from './plugins/validate-request.ts';
import { docsRoutes, nameDocsRoutes } from './routes/docs.ts';
import { ingestRoutes } from './routes/ingest.ts';
import { ingestionRoutes } from './routes/ingestion.ts';
import { keyRoutes } from './routes/keys.ts';
import { driftRoutes, measureRoutes } from './routes/measures.ts';
import { modelRoutes } from './routes/models.ts';
import { onboardingRoutes } from './routes/onboarding.ts';
import { operationsRoutes } from './routes/operations.ts';
import { ReadinessProbe } from './routes/readiness-probe.ts';
import { referenceRoutes } from './routes/references.ts';
import { sessionRoutes } from './routes/session.ts';
import { uiRoutes } from './routes/ui-files.ts';
import { attachSockets } from './sockets/attach-sockets.ts';

const secretLengthMin = 32;
const jsonBodyBytesMax = 1024 * 1024;
/** Names have at most 256 bytes; percent-encoding makes three of each. */
const pathPartLengthMax = 1024;

/** The HTTP edge over the given services. Everything it needs is an argument; it listens when its owner says so. */
export async function buildApp(options: AppOptions): Promise<App> {
  if (options.sessionSecret.length < secretLengthMin)
    throw new Error(`sessionSecret needs at least ${secretLengthMin} characters`);
  const { logger, limits } = options;
  const app: App = Fastify({
    logger: false,
    genReqId: requestIdOf,
    requestIdHeader: false,
    bodyLimit: Math.min(jsonBodyBytesMax, limits.bodyBytesMax),
    requestTimeout: limits.requestTimeoutMs,
    routerOptions: { maxParamLength: pathPartLengthMax },
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => void answerError(error, request, reply, logger),
  });
  app.removeContentTypeParser('text/plain');
  app.setValidatorCompiler(validatorCompiler);
  // Services answer with wire types already; a second walk through each answer would only cost time.
  app.setSerializerCompiler(() => JSON.stringify);
  const endedSessions = new EndedSessions();
  const allowedHosts = new Set(options.allowedHosts.map((host) => host.toLowerCase()));
  handleErrors(app, logger);
  nameDocsRoutes(app);
  guardRoutes(app);
  await describeApi(app, options);
  answerRequestId(app);
  refuseWhileStopping(app);
  await secureHeaders(app);
  checkHost(app, allowedHosts);
  await app.register(cookie);
  authenticate(app, { ...options, endedSessions });
  authorize(app);
  await addRoutes(app, options, endedSessions);
  const sendPage = options.uiDirectory === null ? null : await uiRoutes(app, options.uiDirectory);
  answerUnknown(app, sendPage);
  attachSockets(app, { ...options, allowedHosts, endedSessions });
  return app;
}

async function addRoutes(app: App, options: AppOptions, endedSessions: EndedSessions): Promise<void> {
  const { services, limits } = options;
  await app.register((scope: App) => ingestRoutes(scope, { ...options, bodyBytesMax: limits.bodyBytesMax }));
  await app.register((scope: App) => sessionRoutes(scope, { ...options, endedSessions }));
  modelRoutes(app, options);
  referenceRoutes(app, options);
  measureRoutes(app, options);
  driftRoutes(app, options);
  ingestionRoutes(app, options);
  keyRoutes(app, options);
  onboardingRoutes(app, options);
  operationsRoutes(app, { ...options, probe: new ReadinessProbe(() => services.health()) });
  await docsRoutes(app);
}
