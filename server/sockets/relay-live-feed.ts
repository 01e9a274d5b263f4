import type { LiveFeed } from '../app-deps.ts';
import type { LiveServer } from './socket-types.ts';
import { unreadPackets } from './unread-packets.ts';

/** Packets that may wait for a slow follower. Beyond it the follower is left out: the next message replaces this one. */
const waitingPacketsMax = 16;

/**
 * Passes each message to its room, encoded once whatever the number of followers. A follower that reads too slowly is
 * skipped and finds the gap by `seq`, so that memory does not grow with it. socket.io's own `volatile` is no use here:
 * it drops the second of two messages sent in the same tick even to a fast reader.
 *
 * Returns how to stop.
 */
export function relayLiveFeed(io: LiveServer, live: LiveFeed): () => void {
  const { adapter, sockets } = io.of('/');

  /** The followers who must be skipped, or null when nobody follows. */
  function slowFollowers(room: string): string[] | null {
    const followers = adapter.rooms.get(room);
    if (followers === undefined || followers.size === 0) return null;
    return [...followers].filter((id) => {
      const socket = sockets.get(id);
      return socket === undefined || unreadPackets(socket) > waitingPacketsMax;
    });
  }

  const ends = [
    live.onFleet((message) => {
      const slow = slowFollowers('fleet');
      if (slow !== null) io.to('fleet').except(slow).emit('fleet', message);
    }),
    live.onIngest((message) => {
      const slow = slowFollowers('ingest');
      if (slow !== null) io.to('ingest').except(slow).emit('ingest', message);
    }),
    live.onModel((message) => {
      const room = `model:${message.values.model}`;
      const slow = slowFollowers(room);
      if (slow !== null) io.to(room).except(slow).emit('model', message);
    }),
  ];
  return () => ends.forEach((end) => end());
}
