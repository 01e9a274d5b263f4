import { CodedError } from '../errors.ts';
import type { App } from './app-types.ts';

const sweepMs = 100;

/** From the stop signal on, new requests on open connections are sent elsewhere; those under way are finished. */
export function refuseWhileStopping(app: App): void {
  let isStopping = false;
  app.addHook('preClose', (done) => {
    isStopping = true;
    // The server closes idle connections once, when it stops listening; one that becomes idle later would keep it open.
    const sweep = setInterval(() => app.server.closeIdleConnections(), sweepMs).unref();
    app.server.once('close', () => clearInterval(sweep));
    done();
  });
  app.addHook('onRequest', (request, reply, done) => {
    if (!isStopping || request.routeOptions.url === '/readyz') return done();
    reply.header('connection', 'close');
    done(new CodedError('SHUTTING_DOWN', 'The server is stopping; send the request again shortly.', 5));
  });
}
