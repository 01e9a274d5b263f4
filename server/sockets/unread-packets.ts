import type { LiveSocket } from './socket-types.ts';

/** Packets that a client has not read yet. The library documents this buffer and types it as private. */
export const unreadPackets = ({ conn }: LiveSocket): number => (Reflect.get(conn, 'writeBuffer') as unknown[]).length;
