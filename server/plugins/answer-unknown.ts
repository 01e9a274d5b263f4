import { CodedError } from '../errors.ts';
import type { App, FastifyReply, FastifyRequest } from './app-types.ts';
import type { RegisteredRoute } from './guard-routes.ts';
import { problemOf, sendProblem } from './problem.ts';

/**
 * What no route answers: the dashboard for a page that a browser asks for (it routes by itself), 405 with `Allow` for
 * another method on a known address, else 404.
 */
export function answerUnknown(app: App, sendPage: ((reply: FastifyReply) => FastifyReply) | null): void {
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split('?', 1)[0];
    const allowed = methodsOf(path, app.registeredRoutes);
    if (allowed.length > 0 && !allowed.includes(request.method)) {
      reply.header('allow', allowed.join(', '));
      const detail = `This address takes ${allowed.join(', ')}.`;
      return sendProblem(request, reply, problemOf(new CodedError('METHOD_NOT_ALLOWED', detail)));
    }
    if (sendPage !== null && isPage(request, path)) return sendPage(reply);
    const detail = 'Check the address; /docs describes every one that exists.';
    return sendProblem(request, reply, problemOf(new CodedError('NOT_FOUND', detail)));
  });
}

function isPage(request: FastifyRequest, path: string): boolean {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  const isOurs = ['/api/', '/assets/', '/docs/', '/socket.io/'].some((prefix) => `${path}/`.startsWith(prefix));
  return isRead && !isOurs && (request.headers.accept ?? '').includes('text/html');
}

function methodsOf(path: string, routes: readonly RegisteredRoute[]): string[] {
  const fits = routes.filter(({ url }) => patternOf(url).test(path));
  return [...new Set(fits.map(({ method }) => method))].sort();
}

function patternOf(url: string): RegExp {
  const literal = url.replace(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${literal.replace(/:[A-Za-z]+/g, '[^/]+').replace('*', '.*')}$`);
}
