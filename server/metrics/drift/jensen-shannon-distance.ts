import type { MetricResult } from '../../domain/metric-result.ts';
import { totalOf } from './count-totals.ts';
import { divergenceFromCounts } from './divergence-from-counts.ts';
import type { CountDriftOptions } from './drift-options.ts';

/**
 * The bare number, base 2, raw shares. Allocates nothing.
 *
 * @returns distance in [0, 1]; NaN when a side holds no row, which the caller must have ruled out
 */
export function jensenShannonDistanceOf(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const nReference = totalOf(reference);
  const nCurrent = totalOf(current);
  let sum = 0;
  for (let i = 0; i < reference.length; i += 1) {
    const p = reference[i] / nReference;
    const q = current[i] / nCurrent;
    const middle = (p + q) / 2;
    // 0·ln 0 = 0 must be a branch: 0 * -Infinity is NaN.
    const left = p > 0 ? p * Math.log(p / middle) : 0;
    const right = q > 0 ? q * Math.log(q / middle) : 0;
    sum += left + right;
  }
  // Rounding can leave the sum just outside its range.
  return Math.sqrt(Math.min(1, Math.max(0, sum / 2 / Math.LN2)));
}

/**
 * Jensen-Shannon distance: has the share of rows per bin moved, on a scale that ends at 1?
 *
 * Reading: 0 = the same shares, 1 = no bin in common. Symmetric, and a metric (it obeys the triangle inequality).
 * Worse is up; 0.1 is a warning, 0.2 critical. Equal-looking limits are not equally strict: JS 0.13 ≈ PSI 0.1.
 *
 * Definition: √(½Σ p log2(p/m) + ½Σ q log2(q/m)), m = (p+q)/2, raw shares without smoothing, 0·log 0 = 0, cut at 0
 * before the root. Base 2, as NannyML; Evidently and SciPy take the natural logarithm (smaller by √ln 2 = 0.83).
 *
 * @param reference counts per bin, whole and ≥ 0, all bins and no counters behind them
 * @param current counts of the same bins in the window
 * @returns value, n, p-value (8·ln2·JS²/(1/n_r+1/n_c) against chi-square(K−1)), noise floor; the usual reasons otherwise
 * @throws RangeError when the vectors differ in length or hold something that is no count
 *
 * Reference: Lin 1991, doi:10.1109/18.61115; Endres & Schindelin 2003, doi:10.1109/TIT.2003.813506.
 * Cost: O(bins), about 1 µs; the p 3 µs more.
 *
 * @example
 * jensenShannonDistance([500, 300, 200], [300, 300, 400]); // value 0.2067
 */
export function jensenShannonDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: CountDriftOptions = {},
): MetricResult {
  const spec = {
    id: 'jensen_shannon_distance',
    formula: 'zero=none log=2',
    threshold: 0.1,
    kernel: jensenShannonDistanceOf,
  } as const;
  return divergenceFromCounts(spec, reference, current, options);
}
