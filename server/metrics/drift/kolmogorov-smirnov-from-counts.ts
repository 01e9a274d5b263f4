import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { finiteTotal } from './finite-total.ts';
import { EXACT_CELLS_MAX_DEFAULT, kolmogorovSmirnovP } from './kolmogorov-smirnov-p-value.ts';
import { KOLMOGOROV_SMIRNOV_ROWS_MIN } from './kolmogorov-smirnov.ts';

/** What counts can say about D: it lies between the two. */
export type Bracket = { lower: number; upper: number };

/**
 * The bare bracket. Bins are taken in the order of their values: underflow, regular bins, overflow.
 *
 * @param reference numeric count vector (`numericLayout`)
 * @param current the same for the window
 * @param regular number of regular bins
 * @returns lower ≤ upper, both in [0, 1]; 0 and 0 when a side holds no finite value
 */
export function kolmogorovSmirnovBracket(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  regular: number,
): Bracket {
  const nReference = finiteTotal(reference, regular);
  const nCurrent = finiteTotal(current, regular);
  if (nReference === 0 || nCurrent === 0) return { lower: 0, upper: 0 };
  let referenceBelow = 0;
  let currentBelow = 0;
  let lower = 0;
  let upper = 0;
  for (let step = 0; step < regular + 2; step += 1) {
    // Underflow stands first in value and behind the regular bins in the vector; overflow is last in both.
    const bin = step === 0 ? regular : step <= regular ? step - 1 : regular + 1;
    const referenceUpTo = referenceBelow + reference[bin] / nReference;
    const currentUpTo = currentBelow + current[bin] / nCurrent;
    lower = Math.max(lower, Math.abs(referenceUpTo - currentUpTo));
    upper = Math.max(upper, referenceUpTo - currentBelow, currentUpTo - referenceBelow);
    referenceBelow = referenceUpTo;
    currentBelow = currentUpTo;
  }
  return { lower: Math.min(1, lower), upper: Math.min(1, upper) };
}

/**
 * Two-sample Kolmogorov-Smirnov from counts: between which values does D lie?
 *
 * Reading: as on raw rows; the value is the lower end of the bracket, so that it never alarms on what bins cannot
 * show, and `errorBound` is the width up to the upper end. 20 equal bins leave a width of about 0.05.
 *
 * Definition: with cumulative shares P, Q at the bin ends, D ≥ max|P_i − Q_i| and
 * D ≤ max(P_i − Q_(i−1), Q_i − P_(i−1)). p of the lower end. Missing and non-finite rows do not take part.
 *
 * @param reference numeric count vector (`numericLayout`), counts whole and ≥ 0
 * @param current the same for the window
 * @param regular number of regular bins
 * @param options `exactCellsMax` 0 skips the exact p, which costs up to 30 ms, for live evaluation
 * @returns lower end of D with n (finite rows), p and error bound; reasons as on raw rows
 * @throws RangeError when a vector holds something that is no count
 *
 * Reference: Hodges 1958, doi:10.1007/BF02589501. Cost: O(bins), 0.2 µs, plus the p.
 *
 * @example
 * kolmogorovSmirnovFromCounts([50, 50, 0, 0], [30, 70, 0, 0], 2); // value 0.2, errorBound 0.5
 */
export function kolmogorovSmirnovFromCounts(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  regular: number,
  options: { rowsMin?: number; exactCellsMax?: number; binning?: string } = {},
): MetricResult {
  const { rowsMin = KOLMOGOROV_SMIRNOV_ROWS_MIN, exactCellsMax = EXACT_CELLS_MAX_DEFAULT, binning } = options;
  const nReference = finiteTotal(reference, regular);
  const n = finiteTotal(current, regular);
  if (n === 0) return noData;
  const fewer = Math.min(n, nReference);
  if (fewer < Math.max(1, rowsMin)) return insufficientEvidence('n_below_minimum', fewer, rowsMin);
  const { lower, upper } = kolmogorovSmirnovBracket(reference, current, regular);
  const { pValue, method } = kolmogorovSmirnovP(lower, nReference, n, exactCellsMax);
  const source = binning === undefined ? '' : ` binning=${binning}`;
  return metricValue(lower, n, `kolmogorov_smirnov/1 profile=plumbline input=binned${source} p=${method}`, {
    nReference,
    pValue,
    errorBound: upper - lower,
  });
}
