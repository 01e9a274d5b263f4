import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import type { ClientToServerEvents, ServerToClientEvents } from '../../../server/sockets/events.ts';
import { portOf } from '../app/raw-request.ts';
import { type StartedApp, startedApp, type StartOptions } from '../app/started-app.ts';

export type LiveClient = Socket<ServerToClientEvents, ClientToServerEvents>;
export type Answer = { ok: true; seq: number; epoch: string } | { ok: false; code: string };

export type LiveApp = StartedApp & {
  port: number;
  /** A client that has not connected yet. */
  client(options?: Partial<ManagerOptions & SocketOptions>): LiveClient;
  /** Connects, or rejects with what the server said. */
  connected(options?: Partial<ManagerOptions & SocketOptions>): Promise<LiveClient>;
  stop(): Promise<void>;
};

export async function liveApp(options?: StartOptions): Promise<LiveApp> {
  const started = await startedApp(options);
  const port = portOf(await started.app.listen({ host: '127.0.0.1', port: 0 }));
  const clients: LiveClient[] = [];
  const client: LiveApp['client'] = (extra = {}) => {
    const socket: LiveClient = io(`http://127.0.0.1:${port}`, {
      transports: ['websocket'],
      reconnection: false,
      forceNew: true,
      autoConnect: false,
      ...extra,
    });
    clients.push(socket);
    return socket;
  };
  return {
    ...started,
    port,
    client,
    connected(extra) {
      const socket = client(extra).connect();
      return new Promise((resolve, reject) => {
        socket.once('connect', () => resolve(socket));
        socket.once('connect_error', reject);
      });
    },
    async stop() {
      for (const socket of clients) socket.disconnect();
      await started.app.close();
    },
  };
}

export const subscribe = (client: LiveClient, room: string): Promise<Answer> =>
  new Promise((resolve) => client.emit('subscribe', room, resolve));

export const disconnected = (client: LiveClient): Promise<string> =>
  new Promise((resolve) => client.once('disconnect', resolve));
