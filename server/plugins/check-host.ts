import { CodedError } from '../errors.ts';
import type { App } from './app-types.ts';

/** The host without its port, lower case; an IPv6 address keeps its brackets. */
export function hostNameOf(host: string): string {
  return host.replace(/:\d{1,5}$/, '').toLowerCase();
}

/** Is the server meant by this `Host` header? Without a list every host is. */
export function isAllowedHost(host: string | undefined, allowed: ReadonlySet<string>): boolean {
  return allowed.size === 0 || (host !== undefined && allowed.has(hostNameOf(host)));
}

/** Refuses foreign `Host` headers: a name that an attacker points at this address must not reach it (DNS rebinding). */
export function checkHost(app: App, allowed: ReadonlySet<string>): void {
  app.addHook('onRequest', (request, _reply, done) => {
    if (isSaidTwice(request.raw.rawHeaders)) return done(new CodedError('BAD_REQUEST', 'Send one Host header.'));
    if (isAllowedHost(request.headers.host, allowed)) return done();
    const detail = 'Add this host name to allowedHosts, or use one that is listed there.';
    done(new CodedError('WRONG_HOST', detail));
  });
}

/** node reads the first of two `Host` headers, a proxy perhaps the last. */
function isSaidTwice(rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let i = 0; i < rawHeaders.length; i += 2)
    if (rawHeaders[i].length === 4 && rawHeaders[i].toLowerCase() === 'host') count++;
  return count > 1;
}
