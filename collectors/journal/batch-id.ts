import { randomBytes } from 'node:crypto';

/**
 * Ids that ascend in time even when the clock stands still or steps back: 12 hex digits of milliseconds, 20 random.
 * Order by id is therefore the order in which the batches were opened.
 */
export function createBatchIds(now: () => number): () => string {
  let lastMs = 0;
  return () => {
    lastMs = Math.max(now(), lastMs + 1);
    return lastMs.toString(16).padStart(12, '0') + randomBytes(10).toString('hex');
  };
}
