import type { SealedBatch } from '../domain/batch.ts';

/**
 * Takes sealed batches in the order they were sealed. Resolves when the batch is stored and folded: its journal
 * segment may then go. Rejects when storage is away: the same batch is offered again later, with the same bytes.
 */
export type BatchSink = { deliver(batch: SealedBatch): Promise<void> };
