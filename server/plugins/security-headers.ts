import helmet from '@fastify/helmet';
import type { App } from './app-types.ts';

/** Nothing from elsewhere, nothing inline: the dashboard works without the internet, and injected markup does nothing. */
const directives = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'"],
  imgSrc: ["'self'", 'data:'],
  objectSrc: ["'none'"],
  baseUri: ["'self'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
};

/** The reference page sets its styles from its script; scripts stay limited to our own files. */
export const docsPolicy = {
  directives: { ...directives, styleSrc: ["'self'", "'unsafe-inline'"] },
  useDefaults: false,
};

export async function secureHeaders(app: App): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: { directives, useDefaults: false },
    frameguard: { action: 'deny' },
    // `no-referrer` would make browsers send `Origin: null` with the sign-in form, which could not be told from a foreign page.
    referrerPolicy: { policy: 'same-origin' },
    // Whether this host is for ever on https is for the proxy in front to promise.
    hsts: false,
  });
}
