import type { IncomingHttpHeaders } from 'node:http';

/**
 * Did a page of this server send this? `foreign`: a browser says that another site did. `unknown`: no browser spoke, so
 * a cookie alone proves nothing about who wanted the change.
 */
export function originOf(headers: IncomingHttpHeaders): 'same' | 'foreign' | 'unknown' {
  const site = headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin') return 'foreign';
  const { origin } = headers;
  if (origin !== undefined) return hostOf(origin) === headers.host?.toLowerCase() ? 'same' : 'foreign';
  return site === undefined ? 'unknown' : 'same';
}

/** Host and port; the scheme is left out because a proxy that ends TLS changes it. */
function hostOf(origin: string): string | null {
  return /^https?:\/\/([^/?#@\\\s]+)$/i.exec(origin)?.[1].toLowerCase() ?? null;
}
