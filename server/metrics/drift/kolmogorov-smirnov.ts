import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { sortedFinite } from '../support/numerics/sorted-finite.ts';
import { EXACT_CELLS_MAX_DEFAULT, kolmogorovSmirnovP } from './kolmogorov-smirnov-p-value.ts';

export const KOLMOGOROV_SMIRNOV_ROWS_MIN = 30;

/**
 * The bare statistic D of two sorted samples: the largest distance of their empirical cdfs.
 *
 * @param reference ascending, at least one value
 * @param current ascending, at least one value
 * @returns D in [0, 1]
 */
export function kolmogorovSmirnovStatistic(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const n = reference.length;
  const m = current.length;
  let i = 0;
  let j = 0;
  let largest = 0;
  while (i < n && j < m) {
    const value = Math.min(reference[i], current[j]);
    while (i < n && reference[i] === value) i += 1;
    while (j < m && current[j] === value) j += 1;
    largest = Math.max(largest, Math.abs(i / n - j / m));
  }
  return largest;
}

/**
 * Two-sample Kolmogorov-Smirnov test on raw rows: do the cdfs differ anywhere?
 *
 * Reading: D = 0 the same, 1 = separated; D = 0.1 means that somewhere the shares of rows below a value differ by ten
 * percentage points. Worse is up; a warning from D ≥ 0.1 **and** p ≤ 0.05.
 *
 * Definition: D = max|F − G| over all pooled values, cdfs right-continuous. p exact by the lattice recursion when
 * n·m ≤ 10⁷, else the Kolmogorov upper tail at √(n·m/(n+m))·D. Ties make the exact p conservative.
 *
 * @param reference raw values in any order; only finite ones count
 * @param current raw values of the window
 * @returns D with n and p; `no_data` without a finite value, `n_below_minimum` below 30 on a side
 *
 * Reference: Hodges 1958, doi:10.1007/BF02589501. Cost: two sorts and at most 30 ms for the exact p.
 *
 * @example
 * kolmogorovSmirnov(referenceRows, currentRows); // value 0.12, p 0.003
 */
export function kolmogorovSmirnov(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: { rowsMin?: number; exactCellsMax?: number } = {},
): MetricResult {
  const { rowsMin = KOLMOGOROV_SMIRNOV_ROWS_MIN, exactCellsMax = EXACT_CELLS_MAX_DEFAULT } = options;
  const sortedReference = sortedFinite(reference);
  const sortedCurrent = sortedFinite(current);
  const nReference = sortedReference.length;
  const n = sortedCurrent.length;
  if (n === 0) return noData;
  const fewer = Math.min(n, nReference);
  if (fewer < Math.max(1, rowsMin)) return insufficientEvidence('n_below_minimum', fewer, rowsMin);
  const statistic = kolmogorovSmirnovStatistic(sortedReference, sortedCurrent);
  const { pValue, method } = kolmogorovSmirnovP(statistic, nReference, n, exactCellsMax);
  return metricValue(statistic, n, `kolmogorov_smirnov/1 profile=plumbline input=rows p=${method}`, {
    nReference,
    pValue,
  });
}
