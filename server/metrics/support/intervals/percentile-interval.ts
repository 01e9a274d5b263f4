import type { Interval } from '../../../domain/metric-result.ts';
import { quantileType7 } from '../numerics/quantile-type-7.ts';
import { LEVEL_DEFAULT } from './two-sided-z.ts';

/**
 * Percentile interval: the middle 95 % of bootstrap replicates.
 *
 * Reading: for statistics without a formula. Where the statistic is biased up by noise alone (calibration error,
 * divergences) the bias enters twice: see `divergenceInterval` for the shifted form.
 * Definition: type 7 quantiles of the replicates at α/2 and 1 − α/2.
 *
 * @param replicates the statistic on redrawn data, any order
 * @returns the interval, or null with no replicate or no spread: ±0 would claim certainty
 *
 * Reference: Efron & Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13. Cost: one sort.
 *
 * @example
 * percentileInterval([0.71, 0.74, 0.69, 0.77], 'bootstrap');
 */
export function percentileInterval(
  replicates: ArrayLike<number>,
  method: string,
  level = LEVEL_DEFAULT,
): Interval | null {
  const sorted = Float64Array.from(replicates).sort();
  if (sorted.length === 0 || sorted[0] === sorted[sorted.length - 1]) return null;
  const tail = (1 - level) / 2;
  return { lower: quantileType7(sorted, tail), upper: quantileType7(sorted, 1 - tail), level, method };
}
