import type { LiveFeed } from '../app-deps.ts';
import type { LiveServer } from './socket-types.ts';

/**
 * Passes each message to its room: encoded once whatever the number of followers, and dropped for a follower whose
 * connection is not writable, because the next message replaces it and memory must not grow with a slow reader.
 *
 * Returns how to stop.
 */
export function relayLiveFeed(io: LiveServer, live: LiveFeed): () => void {
  const isFollowed = (room: string) => io.of('/').adapter.rooms.has(room);
  const ends = [
    live.onFleet((message) => isFollowed('fleet') && io.to('fleet').volatile.emit('fleet', message)),
    live.onIngest((message) => isFollowed('ingest') && io.to('ingest').volatile.emit('ingest', message)),
    live.onModel((message) => {
      const room = `model:${message.values.model}`;
      if (isFollowed(room)) io.to(room).volatile.emit('model', message);
    }),
  ];
  return () => ends.forEach((end) => end());
}
