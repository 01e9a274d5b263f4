import type { AccessAction, AccessSubject } from '../../policies/access/access-rules.ts';
import type { App } from './app-types.ts';

/**
 * The reviewed list of what is served without a credential. A route that calls itself public and is not here cannot be
 * registered, and neither can a route without action, subject and schema.
 */
export const publicRoutes: ReadonlySet<string> = new Set([
  'GET /healthz',
  'GET /readyz',
  'GET /version',
  'GET /login',
  'POST /login',
  'GET /login.js',
  'POST /api/v1/session',
  // The dashboard's own files: they hold no data, and show the sign-in page to strangers.
  'GET /',
  'GET /assets/*',
]);

/** Icons beside index.html. */
const publicFile = /^GET \/[A-Za-z0-9_-]+\.(svg|png|ico|webmanifest|txt)$/;

export type RegisteredRoute = {
  method: string;
  url: string;
  isPublic: boolean;
  action?: AccessAction;
  subject?: AccessSubject;
};

/** Checks each route as it is registered, and lists it in `app.registeredRoutes`. */
export function guardRoutes(app: App): void {
  const routes: RegisteredRoute[] = [];
  app.addHook('onRoute', ({ method, url, config, schema }) => {
    for (const verb of [method].flat()) {
      const name = `${verb === 'HEAD' ? 'GET' : verb} ${url}`;
      const isPublic = config?.isPublic === true;
      if (isPublic && !publicRoutes.has(name) && !publicFile.test(name))
        throw new Error(`${name} calls itself public and is not on the reviewed list in guard-routes.ts`);
      if (!isPublic && (config?.action === undefined || config.subject === undefined))
        throw new Error(`${name} declares no action and subject`);
      if (schema === undefined) throw new Error(`${name} declares no schema`);
      routes.push({ method: verb, url, isPublic, action: config?.action, subject: config?.subject });
    }
  });
  app.decorate('registeredRoutes', routes);
}
