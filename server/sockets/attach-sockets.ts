import type { Socket as NetSocket } from 'node:net';
import { Server } from 'socket.io';
import type { LiveFeed } from '../app-deps.ts';
import type { App } from '../plugins/app-types.ts';
import { admitSockets, type AdmissionDeps, mayUpgrade } from './admit-sockets.ts';
import { followRooms, type RoomDeps } from './follow-rooms.ts';
import { relayLiveFeed } from './relay-live-feed.ts';
import type { LiveServer } from './socket-types.ts';

const messageBytesMax = 64 * 1024;
const connectTimeoutMs = 10_000;
/** A client that does not answer the goodbye would hold up the end of the process. */
const goodbyeMs = 1000;

export type SocketDeps = Omit<AdmissionDeps, 'parseCookie'> & RoomDeps & { live: LiveFeed };

/** Puts socket.io on the app's own server. WebSocket only: no polling, no compression, no sticky sessions. */
export function attachSockets(app: App, deps: SocketDeps): void {
  const io: LiveServer = new Server({
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: messageBytesMax,
    perMessageDeflate: false,
    httpCompression: false,
    connectTimeout: connectTimeoutMs,
    pingInterval: 20_000,
    pingTimeout: 15_000,
    allowRequest: (request, decided) => decided(null, mayUpgrade(request, deps.allowedHosts)),
  });
  io.attach(app.server);
  const upgraded = trackUpgrades(app);
  admitSockets(io, { ...deps, parseCookie: (header) => app.parseCookie(header) });
  io.on('connection', (socket) => followRooms(socket, deps));
  const stopRelay = relayLiveFeed(io, deps.live);
  app.addHook('preClose', async () => {
    stopRelay();
    io.disconnectSockets(true);
    io.engine.close();
    await Promise.race([allClosed(upgraded), new Promise((resolve) => setTimeout(resolve, goodbyeMs))]);
    for (const socket of upgraded) socket.destroy();
  });
}

/** node forgets a connection once it is upgraded, so closing the server would not end it. */
function trackUpgrades(app: App): Set<NetSocket> {
  const upgraded = new Set<NetSocket>();
  app.server.on('upgrade', (_request, socket: NetSocket) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    // Until the WebSocket library takes over, a reset would be an error that nobody handles.
    socket.on('error', () => socket.destroy());
  });
  return upgraded;
}

async function allClosed(sockets: ReadonlySet<NetSocket>): Promise<void> {
  await Promise.all([...sockets].map((socket) => new Promise((resolve) => socket.once('close', resolve))));
}
