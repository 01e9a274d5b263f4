import type { FoldModel } from '../counting/prediction-fold.ts';

export type FoldWorkerData = { recentKeysMax: number; recentKeysCoverFrom: number };

export type PredictionIds = readonly (readonly [model: string, predictionId: string])[];

export type FoldCall =
  | { type: 'inspect'; batchId: string; body: Uint8Array }
  | { type: 'fold'; batchId: string; models: ReadonlyMap<string, FoldModel>; skip: readonly number[] }
  | { type: 'fold_body'; body: Uint8Array; models: ReadonlyMap<string, FoldModel> }
  | { type: 'await'; ids: PredictionIds }
  | { type: 'paired'; ids: PredictionIds };

export type FoldRequest = FoldCall & { id: number };

export type FoldReply = { id: number; ok: true; result: unknown } | { id: number; ok: false; message: string };
