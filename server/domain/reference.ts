import type { Binning } from './binning.ts';

/** How a reference came to be. `provisional`: the first predictions of a new model, until somebody names a better one. */
export type ReferenceKind = 'imported' | 'window' | 'provisional';

export type ReferenceStatus = 'refolding' | 'ready' | 'superseded' | 'failed';

/** A versioned baseline. Immutable: another baseline is another reference. */
export type Reference = {
  id: string;
  model: string;
  kind: ReferenceKind;
  /** Model version the rows came from; null: all versions. */
  modelVersion: string | null;
  /** Half-open window of the rows, ISO 8601; null for an imported file. */
  from: string | null;
  to: string | null;
  n: number;
  createdAt: string;
  createdBy: string;
  status: ReferenceStatus;
  /** Share of history that is counted under this reference, 0 to 1. */
  progress: number;
};

/** Pseudo-features: the prediction itself is watched like a feature. No real feature may start with `$`. */
export const scoreFeature = '$score';
export const labelFeature = '$label';
export const valueFeature = '$value';

export type FeatureBinning = { feature: string; binning: Binning };

/**
 * Everything the fold needs: one flat vector holds the counts of all features, feature i in
 * `[offsets[i], offsets[i] + layoutSize(binnings[i]))`; numeric features also have a slot in the moment arrays.
 */
export type BinningSet = {
  referenceId: string;
  model: string;
  features: FeatureBinning[];
  /** Ascending edges of the score for tallies of outcomes; `null` when the model has no score. */
  scoreEdges: number[] | null;
};
