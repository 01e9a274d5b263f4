import type { FeatureTally } from '../../domain/binning.ts';
import { categoricalLayout, numericLayout } from '../support/binning/bin-layout.ts';

/** Counts of one feature in one window, of each repeated prediction id once. */
export type FeatureQualityCounts = {
  /** Rows. */
  n: number;
  /** Null or absent; the empty string is a value. */
  missing: number;
  /** Present but not of the schema's type. */
  typeMismatch: number;
  /** Numeric: finite values outside the range; categorical: 0. */
  outOfRange: number;
  /** Categorical: values that the reference never had; numeric: 0. */
  unseen: number;
};

/** Rows that carry a value of any type. */
export function presentRows(counts: FeatureQualityCounts): number {
  return counts.n - counts.missing;
}

/** Rows that carry a value of the right type. */
export function typedRows(counts: FeatureQualityCounts): number {
  return counts.n - counts.missing - counts.typeMismatch;
}

/**
 * Quality counts of a feature's tally: everything is in its bins already.
 *
 * Outside the reference's range is underflow + overflow. A value of the wrong type stands in the bin `missing`, because
 * the model cannot use it, and is counted beside it: it is taken out again here, so that missing and mismatch are apart.
 *
 * @example
 * missingRate(featureQualityCounts(tally));
 */
export function featureQualityCounts(tally: FeatureTally): FeatureQualityCounts {
  const { binning, counts } = tally;
  if (binning.kind === 'numeric') {
    const at = numericLayout(binning);
    return {
      n: sumOfBins(counts, at.bins),
      missing: counts[at.missing] - counts[at.typeMismatch],
      typeMismatch: counts[at.typeMismatch],
      outOfRange: counts[at.underflow] + counts[at.overflow],
      unseen: 0,
    };
  }
  const at = categoricalLayout(binning);
  return {
    n: sumOfBins(counts, at.bins),
    missing: counts[at.missing] - counts[at.typeMismatch],
    typeMismatch: counts[at.typeMismatch],
    outOfRange: 0,
    unseen: counts[at.unseen],
  };
}

function sumOfBins(counts: Float64Array, bins: number): number {
  let sum = 0;
  for (let bin = 0; bin < bins; bin += 1) sum += counts[bin];
  return sum;
}
