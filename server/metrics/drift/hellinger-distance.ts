import type { MetricResult } from '../../domain/metric-result.ts';
import { totalOf } from './count-totals.ts';
import { divergenceFromCounts } from './divergence-from-counts.ts';
import type { CountDriftOptions } from './drift-options.ts';

/**
 * The bare number, raw shares. Allocates nothing.
 *
 * @returns distance in [0, 1]; NaN when a side holds no row, which the caller must have ruled out
 */
export function hellingerDistanceOf(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const nReference = totalOf(reference);
  const nCurrent = totalOf(current);
  let sum = 0;
  for (let i = 0; i < reference.length; i += 1) {
    const difference = Math.sqrt(reference[i] / nReference) - Math.sqrt(current[i] / nCurrent);
    sum += difference * difference;
  }
  return Math.min(1, Math.sqrt(sum / 2));
}

/**
 * Hellinger distance: has the share of rows per bin moved, bounded and steady for rare bins?
 *
 * Reading: 0 = the same shares, 1 = no bin in common. Worse is up; 0.1 is a warning, 0.2 critical. H 0.11 ≈ PSI 0.1.
 *
 * Definition: √(½Σ(√p − √q)²), raw shares without smoothing. The textbook form √(1 − Σ√(pq)) is the same number, but
 * returns 0 for a true 7·10⁻⁹.
 *
 * @param reference counts per bin, whole and ≥ 0, all bins and no counters behind them
 * @param current counts of the same bins in the window
 * @returns value, n, p-value (8·H²/(1/n_r+1/n_c) against chi-square(K−1)), noise floor; the usual reasons otherwise
 * @throws RangeError when the vectors differ in length or hold something that is no count
 *
 * Reference: Gibbs & Su 2002, doi:10.1111/j.1751-5823.2002.tb00178.x. Cost: O(bins), about 0.2 µs; the p 3 µs more.
 *
 * @example
 * hellingerDistance([500, 300, 200], [300, 300, 400]); // value 0.1728
 */
export function hellingerDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: CountDriftOptions = {},
): MetricResult {
  const spec = {
    id: 'hellinger_distance',
    formula: 'zero=none',
    threshold: 0.1,
    kernel: hellingerDistanceOf,
  } as const;
  return divergenceFromCounts(spec, reference, current, options);
}
