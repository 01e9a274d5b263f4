import type { BatchInfo, SealedBatch } from '../domain/batch.ts';
import type { FeatureTallyRow } from '../counting/prediction-fold.ts';
import type { OutcomeTallyRow } from '../counting/outcome-cells.ts';

export type PredictionKey = { model: string; occurredAt: number; predictionId: string };

/** What the commit log says of a batch; written last, after everything it speaks of. */
export type CommitRecord = {
  batch: BatchInfo;
  duplicates: number;
  foldedAt: number;
  references: Map<string, string>;
  /** Newest event time per model, milliseconds. */
  newestOccurredAt: Map<string, number>;
};

/** Where batches become rows. Every method is idempotent by the batch's id. */
export type EventStore = {
  storeBatch(batch: SealedBatch, body: Uint8Array): Promise<void>;
  /** Keys that an earlier batch stored already. */
  earlierPredictions(batchId: string, keys: readonly PredictionKey[]): Promise<PredictionKey[]>;
  /** The same for all rows of these models in a batch whose events span [from, to]: for history and imports. */
  earlierPredictionsOfBatch(
    batchId: string,
    models: readonly string[],
    span: { from: number; to: number },
  ): Promise<PredictionKey[]>;
  storeTallies(
    batchId: string,
    features: readonly FeatureTallyRow[],
    outcomes: readonly OutcomeTallyRow[],
  ): Promise<void>;
  storeAccounts(batch: SealedBatch): Promise<void>;
  commit(record: CommitRecord): Promise<void>;
  isCommitted(batchId: string): Promise<boolean>;
};
