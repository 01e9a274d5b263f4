import type { IncomingMessage } from 'node:http';
import type { AuthenticationDeps } from '../plugins/authenticate.ts';
import { callerOfCookie, callerOfKey } from '../plugins/authenticate.ts';
import type { Caller } from '../plugins/app-types.ts';
import { isAllowedHost } from '../plugins/check-host.ts';
import { originOf } from '../plugins/same-origin.ts';
import { sessionCookieName } from '../plugins/session-token.ts';
import type { LiveServer, LiveSocket } from './socket-types.ts';

export const socketsPerActorMax = 64;
/** A revoked key keeps its connections for at most this long. */
const recheckMs = 15_000;
const timerMsMax = 2_147_483_647;

export type AdmissionDeps = AuthenticationDeps & {
  allowedHosts: ReadonlySet<string>;
  parseCookie(header: string): Record<string, string | undefined>;
};

/** Before the upgrade: pages of other sites must not open a connection with this browser's cookie. */
export function mayUpgrade(request: IncomingMessage, allowedHosts: ReadonlySet<string>): boolean {
  const { host } = request.headers;
  return isAllowedHost(host, allowedHosts) && originOf(request.headers) !== 'foreign';
}

/** Lets sockets in by key or session cookie, a bounded number per actor, for as long as the credential holds. */
export function admitSockets(io: LiveServer, deps: AdmissionDeps): void {
  const counts = new Map<string, number>();
  io.use((socket, next) => {
    const caller = callerOf(socket, deps);
    if (caller === null) return next(new Error('UNAUTHENTICATED'));
    const actor = `${caller.access.kind}:${caller.access.id}`;
    const count = counts.get(actor) ?? 0;
    if (count >= socketsPerActorMax) return next(new Error('TOO_MANY_SOCKETS'));
    counts.set(actor, count + 1);
    socket.data = { caller, rooms: new Set() };
    const timer = endWithCredential(socket, caller, deps);
    // Also called when the client leaves between this step and the next.
    socket.conn.once('close', () => {
      clearInterval(timer);
      const left = (counts.get(actor) ?? 1) - 1;
      if (left > 0) counts.set(actor, left);
      else counts.delete(actor);
    });
    next();
  });
  deps.endedSessions.onEnd((sessionId) => {
    for (const socket of io.of('/').sockets.values())
      if (socket.data.caller.session?.sessionId === sessionId) socket.disconnect(true);
  });
}

function callerOf(socket: LiveSocket, deps: AdmissionDeps): Caller | null {
  const key = keyOf(socket);
  if (key !== undefined) return key === null ? null : callerOfKey(key, deps.services);
  const cookie = deps.parseCookie(socket.handshake.headers.cookie ?? '')[sessionCookieName];
  return cookie === undefined ? null : callerOfCookie(cookie, deps);
}

/** undefined: none was sent; null: something that is no key was. */
function keyOf({ handshake }: LiveSocket): string | null | undefined {
  const { key } = handshake.auth as { key?: unknown };
  return key === undefined || typeof key === 'string' ? key : null;
}

/** A socket is authenticated once, so it must not outlive what it was authenticated by. */
function endWithCredential(socket: LiveSocket, { session }: Caller, deps: AdmissionDeps): NodeJS.Timeout {
  const end = () => void socket.disconnect(true);
  if (session !== null)
    return setTimeout(end, Math.min(timerMsMax, Math.max(0, session.expiresAtMs - Date.now()))).unref();
  const key = keyOf(socket);
  return setInterval(() => {
    if (typeof key !== 'string' || callerOfKey(key, deps.services) === null) end();
  }, recheckMs).unref();
}
