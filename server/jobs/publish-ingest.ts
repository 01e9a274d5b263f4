import type { IngestDelta } from '../sockets/events.ts';

export type IngestReading = { acceptedRows: number; rejectedRows: number; pendingBatches: number; engine: string };

/** Publishes the pace of ingestion once a second, as long as something moves, and once when it stops. */
export function publishIngestJob(read: () => IngestReading, publish: (delta: IngestDelta) => void): { stop(): void } {
  let before = read();
  let wasMoving = true;
  const timer = setInterval(() => {
    const now = read();
    const delta: IngestDelta = {
      acceptedPerSecond: now.acceptedRows - before.acceptedRows,
      rejectedPerSecond: now.rejectedRows - before.rejectedRows,
      pendingBatches: now.pendingBatches,
      engine: now.engine,
    };
    const isMoving = delta.acceptedPerSecond > 0 || delta.pendingBatches > 0 || now.engine !== before.engine;
    if (isMoving || wasMoving) publish(delta);
    wasMoving = isMoving;
    before = now;
  }, 1_000);
  timer.unref();
  return { stop: () => clearInterval(timer) };
}
