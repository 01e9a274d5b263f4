import reference from '@scalar/fastify-api-reference';
import Type from 'typebox';
import { CodedError, errorCatalogue } from '../errors.ts';
import type { App } from '../plugins/app-types.ts';
import { isErrorCode } from '../plugins/problem.ts';
import { docsPolicy } from '../plugins/security-headers.ts';

const hidden = { hide: true };
const config = { action: 'read', subject: 'ApiDescription' } as const;

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <link rel="icon" type="image/svg+xml" href="../favicon.svg" />
    <title>Plumbline API</title>
  </head>
  <body>
    <div id="app"></div>
    <script src="js/scalar.js"></script>
    <script src="start.js"></script>
  </body>
</html>
`;

/** In a file of its own, so that no inline script has to be allowed. */
const startScript = `'use strict';
Scalar.createApiReference('#app', {
  url: new URL('../openapi.json', location.href).pathname,
  withDefaultFonts: false,
  telemetry: false,
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
  showDeveloperTools: 'never',
  hiddenClients: false,
});
`;

/** The description of the API, for programs and for people. Everything comes from this server. */
export async function docsRoutes(app: App): Promise<void> {
  app.route({
    method: 'GET',
    url: '/openapi.json',
    config,
    schema: hidden,
    handler: async (_request, reply) =>
      reply.type('application/json; charset=utf-8').send(JSON.stringify(app.swagger())),
  });
  app.route({
    method: 'GET',
    url: '/docs/start.js',
    config,
    schema: hidden,
    handler: async (_request, reply) => reply.type('text/javascript; charset=utf-8').send(startScript),
  });
  app.route({
    method: 'GET',
    url: '/docs/errors/:code',
    config,
    schema: { ...hidden, params: Type.Object({ code: Type.String() }) },
    async handler({ params: { code } }) {
      if (!isErrorCode(code)) throw new CodedError('NOT_FOUND', 'There is no error of this code in this version.');
      return { code, ...errorCatalogue[code] };
    },
  });
  await app.register(referencePage);
}

/** Scalar's plugin serves its script; its page holds an inline script, so ours is sent in its place. */
async function referencePage(app: App): Promise<void> {
  await app.register(reference, {
    routePrefix: '/docs',
    configuration: { url: '/openapi.json' },
    hooks: {
      onRequest(request, reply, done) {
        if (request.routeOptions.url !== '/docs/') return done();
        void reply.type('text/html; charset=utf-8').send(page);
      },
    },
  });
}

const pluginRoutes = new Set(['/docs', '/docs/', '/docs/js/scalar.js']);

/** Routes that Scalar's plugin registers by itself get access rule and content policy here, before the guard looks. */
export function nameDocsRoutes(app: App): void {
  app.addHook('onRoute', (route) => {
    if (!pluginRoutes.has(route.url)) return;
    route.config = { ...config };
    route.helmet = { contentSecurityPolicy: docsPolicy };
  });
}
