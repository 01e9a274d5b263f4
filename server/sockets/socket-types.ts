import type { Server, Socket } from 'socket.io';
import type { Caller } from '../plugins/app-types.ts';
import type { ClientToServerEvents, ServerToClientEvents } from './events.ts';

export type SocketData = { caller: Caller; rooms: Set<string> };
type None = Record<string, never>;

export type LiveServer = Server<ClientToServerEvents, ServerToClientEvents, None, SocketData>;
export type LiveSocket = Socket<ClientToServerEvents, ServerToClientEvents, None, SocketData>;
