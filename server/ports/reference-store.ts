import type { BinningSet } from '../domain/reference.ts';
import type { FeatureCounts } from '../domain/tally-counts.ts';
import type { Window } from '../domain/window.ts';

/** A baseline whole: its frozen bins and its counts under them. */
export type ReferenceBody = { binnings: BinningSet; counts: FeatureCounts };

export type RowScope = { model: string; version: string; window: Window };

/** Rows that a new reference must recount: of batches opened before it, except those that were still on their way. */
export type HistoryScope = { model: string; batchesBefore: string; excludedBatches: readonly string[] };

export type ReferenceStore = {
  save(referenceId: string, model: string, body: ReferenceBody): Promise<void>;
  load(referenceIds: readonly string[]): Promise<Map<string, ReferenceBody>>;
  extent(scope: RowScope): Promise<{ n: number; first: number; last: number } | null>;
  /** Event time of the n-th prediction of a model, null when it has fewer. */
  nthPredictionTime(model: string, n: number): Promise<number | null>;
  /** An even sample of at most `limit` rows, as an Arrow stream that counting reads. */
  sampleRows(scope: RowScope, share: number, limit: number): Promise<Uint8Array>;
  historyByHour(scope: HistoryScope): Promise<{ hour: number; n: number }[]>;
  historyRows(scope: HistoryScope, window: Window): Promise<Uint8Array>;
  outcomeRows(scope: HistoryScope, window: Window): Promise<Uint8Array>;
  doneChunks(referenceId: string): Promise<Map<number, number>>;
  markChunk(referenceId: string, window: Window, rows: number): Promise<void>;
  /** Sorted finite values of a numeric column, at most `limit`: for exact tests. */
  numericValues(scope: RowScope, position: number, limit: number): Promise<number[]>;
};
