/**
 * Frozen edges or categories of one feature under one reference version.
 *
 * Every binning addresses its counts by index in one flat vector:
 * `[regular bins…, underflow, overflow, missing, nonFinite]` for numeric features and
 * `[kept categories…, other, missing]` for categorical ones. All of them enter the divergences.
 * After them stand counters that are no bins: `[typeMismatch]` for numeric features and
 * `[unseen, typeMismatch]` for categorical ones (`unseen` is a part of `other`, `typeMismatch` a part of `missing`).
 */
export type NumericBinning = {
  kind: 'numeric';
  /** Ascending; bin i is [edges[i], edges[i+1]), the last closed on both sides. Empty: no finite reference value. */
  edges: number[];
  /** Mean of the finite reference values: moments are kept around it, so that sums do not cancel. */
  center: number;
  /** Standard deviation (ddof 0) of the finite reference values; norms the Wasserstein distance. */
  std: number;
  min: number;
  max: number;
  /** How the edges were made, part of every definition string: `reference_quantile_20`, `equal_width_200`, … */
  method: string;
};

export type CategoricalBinning = {
  kind: 'categorical';
  /** By descending reference count, ties by UTF-8 byte order; at most `maxCategories`. */
  categories: string[];
  /** Every other value of the reference (up to 10,000): in `other`, but not `unseen`. */
  known: string[];
  method: string;
};

export type Binning = NumericBinning | CategoricalBinning;

/** Mergeable moments, kept as sums around the binning's `center`; min/max are +Infinity/-Infinity when n = 0. */
export type ShiftedMoments = { n: number; sum: number; sumSquares: number; min: number; max: number };

/** One feature's counts in one window: `counts` in the layout of its binning, moments for numeric features. */
export type FeatureTally = { binning: Binning; counts: Float64Array; moments: ShiftedMoments | null };
