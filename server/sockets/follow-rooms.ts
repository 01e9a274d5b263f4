import { type AccessDecision, decide } from '../../policies/access/decide.ts';
import type { LiveFeed, Services } from '../app-deps.ts';
import { CodedError } from '../errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { LiveSocket } from './socket-types.ts';
import { unreadPackets } from './unread-packets.ts';

export const roomsPerSocketMax = 32;
/** Answers that a client does not read pile up in memory; past this it is cut off. */
export const unreadPacketsMax = 256;
const roomNameLengthMax = 300;

export type RoomDeps = {
  live: Pick<LiveFeed, 'seqOf' | 'epoch'>;
  services: Pick<Services, 'readModel'>;
  logger: Logger;
};

/** Lets one socket enter and leave rooms, each entry decided like a read by REST. */
export function followRooms(socket: LiveSocket, deps: RoomDeps): void {
  const { rooms } = socket.data;
  socket.on('subscribe', (room: unknown, answer: unknown) => {
    if (unreadPackets(socket) > unreadPacketsMax) return void socket.disconnect(true);
    if (typeof answer !== 'function') return;
    const code = refusalOf(socket, room, deps);
    if (code !== null || typeof room !== 'string') return void answer({ ok: false, code: code ?? 'NOT_FOUND' });
    rooms.add(room);
    void socket.join(room);
    answer({ ok: true, seq: deps.live.seqOf(room), epoch: deps.live.epoch });
  });
  socket.on('unsubscribe', (room: unknown) => {
    if (typeof room === 'string' && rooms.delete(room)) void socket.leave(room);
  });
}

/** Null when the socket may enter; else the code that says why not. */
function refusalOf(socket: LiveSocket, room: unknown, { services, logger }: RoomDeps): string | null {
  if (typeof room !== 'string' || room.length > roomNameLengthMax) return 'NOT_FOUND';
  const { rooms, caller } = socket.data;
  if (rooms.size >= roomsPerSocketMax && !rooms.has(room)) return 'TOO_MANY_ROOMS';
  const model = room.startsWith('model:') ? room.slice('model:'.length) : undefined;
  const decision = decisionOn(room, caller.access, model);
  if (decision === null) return 'NOT_FOUND';
  // A model that the caller may not see is answered like one that does not exist.
  if (decision.effect === 'deny') return model === undefined ? 'FORBIDDEN' : 'MODEL_NOT_FOUND';
  if (model === undefined) return null;
  try {
    services.readModel(model);
    return null;
  } catch (error) {
    if (error instanceof CodedError) return error.code;
    logger.error({ error, model }, 'a model could not be read for a live subscription');
    return 'INTERNAL';
  }
}

function decisionOn(
  room: string,
  actor: Parameters<typeof decide>[0],
  model: string | undefined,
): AccessDecision | null {
  if (model !== undefined) return decide(actor, 'read', 'Model', { model });
  if (room === 'fleet') return decide(actor, 'read', 'Fleet');
  return room === 'ingest' ? decide(actor, 'read', 'Ingestion') : null;
}
