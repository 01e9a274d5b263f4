import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { occupiedBins, requireSameBins, totalOf } from './count-totals.ts';
import { ROWS_MIN_DEFAULT } from './drift-options.ts';
import type { CountDriftOptions } from './drift-options.ts';
import { twoProportionZOf, twoSidedNormalP } from './two-proportion-z.ts';

/** The bin whose share changed most, and by how much (current − reference); the first of equals. */
export type LargestShift = { bin: number; difference: number };

/**
 * Which bin moved most? The answer behind the L-infinity distance, for the sentence beside the number.
 *
 * @returns bin −1 and 0 when a side holds no row
 */
export function largestShift(reference: ArrayLike<number>, current: ArrayLike<number>): LargestShift {
  const nReference = totalOf(reference);
  const nCurrent = totalOf(current);
  let largest: LargestShift = { bin: -1, difference: 0 };
  if (nReference === 0 || nCurrent === 0) return largest;
  for (let bin = 0; bin < reference.length; bin += 1) {
    const difference = current[bin] / nCurrent - reference[bin] / nReference;
    if (largest.bin < 0 || Math.abs(difference) > Math.abs(largest.difference)) largest = { bin, difference };
  }
  return largest;
}

/** The bare number max|p_i − q_i|. */
export function lInfinityDistanceOf(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  return Math.abs(largestShift(reference, current).difference);
}

/**
 * L-infinity distance: by how much did the one bin move that moved most?
 *
 * Reading: 0 = the same shares, 1 = everything is in one other bin; ask `largestShift` which bin. Worse is up; 0.1 is a
 * warning. Made for categories: one value that takes over, or vanishes.
 *
 * Definition: max|p_i − q_i| over the union of bins, raw shares. p: two-proportion z of that bin times the number of
 * occupied bins (Bonferroni), capped at 1.
 *
 * @param reference counts per bin, whole and ≥ 0
 * @param current counts of the same bins in the window
 * @returns value, n and p; `no_data`, or `n_below_minimum` below 100 rows on a side
 * @throws RangeError when the vectors differ in length or hold something that is no count
 *
 * Reference: Vertex AI Model Monitoring uses it for categories; Dunn 1961, doi:10.1080/01621459.1961.10482090, for the
 * correction. Cost: O(bins).
 *
 * @example
 * lInfinityDistance([200, 200, 200], [0, 500, 0]); // value 0.667, bin 1
 */
export function lInfinityDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: CountDriftOptions = {},
): MetricResult {
  requireSameBins(reference, current);
  const nReference = totalOf(reference);
  const n = totalOf(current);
  if (n === 0) return noData;
  const rowsMin = options.rowsMin ?? ROWS_MIN_DEFAULT;
  const fewer = Math.min(n, nReference);
  if (fewer < rowsMin || nReference === 0) return insufficientEvidence('n_below_minimum', fewer, rowsMin);
  const { bin, difference } = largestShift(reference, current);
  const z = twoProportionZOf({ positive: reference[bin], n: nReference }, { positive: current[bin], n });
  const binning = options.binning === undefined ? '' : ` binning=${options.binning}`;
  return metricValue(
    Math.abs(difference),
    n,
    `l_infinity_distance/1 profile=plumbline${binning} zero=none p=bonferroni`,
    {
      nReference,
      pValue: Math.min(1, twoSidedNormalP(z) * occupiedBins(reference, current)),
    },
  );
}
