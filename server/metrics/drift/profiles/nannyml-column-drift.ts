import { sortedFinite } from '../../support/numerics/sorted-finite.ts';
import { kolmogorovSmirnovStatistic } from '../kolmogorov-smirnov.ts';
import { lInfinityDistanceOf } from '../l-infinity-distance.ts';
import { wassersteinDistanceOf } from '../wasserstein-distance.ts';
import type { PairedCounts } from './evidently-bins.ts';
import { nannymlCategoricalBins, nannymlContinuousBins } from './nannyml-bins.ts';
import { hellingerOfShares, jensenShannonOfShares, sharesOf } from './share-divergences.ts';
import { yatesChiSquare } from './yates-chi-square.ts';

/** Values of NannyML's methods on one chunk. An alarm needs the same values over the reference's own chunks. */
export type NannymlContinuous = {
  jensenShannon: number;
  hellinger: number;
  kolmogorovSmirnov: number;
  wasserstein: number;
};

export type NannymlCategorical = {
  jensenShannon: number;
  hellinger: number;
  lInfinity: number;
  chiSquare: { statistic: number; pValue: number };
};

/** Jensen-Shannon distance of NannyML: base 2, raw shares. */
export function nannymlJensenShannon({ reference, current }: PairedCounts): number {
  return jensenShannonOfShares(reference, current, '2');
}

/** Hellinger distance of NannyML: √Σ(√p − √q)²/√2. */
export function nannymlHellinger({ reference, current }: PairedCounts): number {
  return hellingerOfShares(sharesOf(reference), sharesOf(current));
}

/**
 * NannyML's values for a continuous column. Alarm where a value is above mean + 3 standard deviations (ddof 0) over the
 * reference chunks: `standardDeviationThreshold`. KS and Wasserstein are exact here; NannyML itself takes 10,000
 * equal-width bins from 10,000 reference rows on.
 *
 * @returns null when a side holds no finite value
 */
export function nannymlContinuousDrift(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): NannymlContinuous | null {
  const left = sortedFinite(reference);
  const right = sortedFinite(current);
  if (left.length === 0 || right.length === 0) return null;
  const counts = nannymlContinuousBins(left, right);
  return {
    jensenShannon: nannymlJensenShannon(counts),
    hellinger: nannymlHellinger(counts),
    kolmogorovSmirnov: kolmogorovSmirnovStatistic(left, right),
    wasserstein: wassersteinDistanceOf(left, right),
  };
}

/**
 * NannyML's values for a categorical column; chi-square alarms below p 0.05, the others as for continuous columns.
 *
 * @returns null when a side holds no value
 */
export function nannymlCategoricalDrift(
  reference: readonly (string | null)[],
  current: readonly (string | null)[],
): NannymlCategorical | null {
  if (reference.every((value) => value === null) || current.every((value) => value === null)) return null;
  const counts = nannymlCategoricalBins(reference, current);
  return {
    jensenShannon: nannymlJensenShannon(counts),
    hellinger: nannymlHellinger(counts),
    lInfinity: lInfinityDistanceOf(counts.reference, counts.current),
    chiSquare: yatesChiSquare(counts.reference, counts.current),
  };
}
