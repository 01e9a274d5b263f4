import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { App } from './app-types.ts';

const sane = /^[A-Za-z0-9_.:-]{8,64}$/;
const prefix = randomBytes(6).toString('base64url');
let counter = 0;

/** The caller's `x-request-id` when it can be quoted safely, else one of ours. */
export function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  if (typeof given === 'string' && sane.test(given)) return given;
  return `${prefix}-${(counter++).toString(36)}`;
}

export function answerRequestId(app: App): void {
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id);
    done();
  });
}
