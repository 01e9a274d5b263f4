import type { KeyCandidate } from '../counting/inspect-keys.ts';
import type { FoldModel, PredictionFold } from '../counting/prediction-fold.ts';

/** What a look at a batch's keys brought: certain repeats, candidates to ask the store about, and awaited predictions. */
export type BatchInspection = {
  repeatedRows: number[];
  candidates: KeyCandidate[];
  /** Predictions of this batch whose feedback came first. */
  awaited: [model: string, predictionId: string][];
};

/** Counts batches off the main thread. Knows the keys accepted lately and the feedback that waits for its prediction. */
export type FoldEngine = {
  inspect(batchId: string, body: Uint8Array): Promise<BatchInspection>;
  /** Counts an inspected batch, leaving out `skip`, and forgets it. */
  fold(batchId: string, models: ReadonlyMap<string, FoldModel>, skip: readonly number[]): Promise<PredictionFold>;
  /** Counts rows outside any batch: history under a new reference. */
  foldBody(body: Uint8Array, models: ReadonlyMap<string, FoldModel>): Promise<PredictionFold>;
  awaitPredictions(ids: readonly (readonly [model: string, predictionId: string])[]): void;
  paired(ids: readonly (readonly [model: string, predictionId: string])[]): void;
  unpairedCount(): number;
  stop(): Promise<void>;
};
