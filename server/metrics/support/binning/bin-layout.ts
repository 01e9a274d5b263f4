import type { Binning, CategoricalBinning, NumericBinning } from '../../../domain/binning.ts';

/**
 * Positions in the flat count vector of a numeric feature:
 * `[regular bins…, underflow, overflow, missing, nonFinite | typeMismatch]`.
 */
export type NumericLayout = {
  /** How many regular bins there are; they stand at 0 … regular − 1. */
  regular: number;
  underflow: number;
  overflow: number;
  missing: number;
  nonFinite: number;
  /** How many leading entries are bins, that is, enter the divergences and sum up to the rows. */
  bins: number;
  /** Counter beside the bins: rows also counted in `missing`. */
  typeMismatch: number;
  /** Length of the vector. */
  size: number;
};

/**
 * Positions in the flat count vector of a categorical feature:
 * `[kept categories…, other, missing | unseen, typeMismatch]`.
 */
export type CategoricalLayout = {
  /** How many categories are kept; they stand at 0 … kept − 1 in the order of `binning.categories`. */
  kept: number;
  other: number;
  missing: number;
  /** How many leading entries are bins, that is, enter the divergences and sum up to the rows. */
  bins: number;
  /** Counter beside the bins: rows also counted in `other`. */
  unseen: number;
  /** Counter beside the bins: rows also counted in `missing`. */
  typeMismatch: number;
  /** Length of the vector. */
  size: number;
};

/** The one place that knows where each count of a numeric feature stands; counting, SQL rebuild and metrics ask here. */
export function numericLayout(binning: Pick<NumericBinning, 'edges'>): NumericLayout {
  const regular = Math.max(0, binning.edges.length - 1);
  const bins = regular + 4;
  return {
    regular,
    underflow: regular,
    overflow: regular + 1,
    missing: regular + 2,
    nonFinite: regular + 3,
    bins,
    typeMismatch: bins,
    size: bins + 1,
  };
}

/** The one place that knows where each count of a categorical feature stands; counting, SQL rebuild and metrics ask here. */
export function categoricalLayout(binning: Pick<CategoricalBinning, 'categories'>): CategoricalLayout {
  const kept = binning.categories.length;
  const bins = kept + 2;
  return { kept, other: kept, missing: kept + 1, bins, unseen: bins, typeMismatch: bins + 1, size: bins + 2 };
}

/** Length of the count vector of any binning, counters included. */
export function layoutSize(binning: Binning): number {
  return binning.kind === 'numeric' ? numericLayout(binning).size : categoricalLayout(binning).size;
}
