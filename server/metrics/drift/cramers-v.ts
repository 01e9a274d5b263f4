import { metricValue } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { chiSquareStatisticOf, homogeneityDefinition, homogeneityEvidence } from './chi-square-contingency.ts';
import { occupiedBins, totalOf } from './count-totals.ts';
import type { CountDriftOptions } from './drift-options.ts';

/**
 * Bias-corrected V from a chi-square statistic of a 2×K table with n rows in all.
 *
 * @returns V in [0, 1]; 0 for fewer than two columns or rows
 */
export function cramersVFromChiSquare(statistic: number, n: number, columns: number): number {
  if (n < 2 || columns < 2) return 0;
  const excess = Math.max(0, statistic / n - (columns - 1) / (n - 1));
  const columnsCorrected = columns - (columns - 1) ** 2 / (n - 1);
  const rowsCorrected = 2 - 1 / (n - 1);
  const smaller = Math.min(columnsCorrected - 1, rowsCorrected - 1);
  return smaller > 0 ? Math.min(1, Math.sqrt(excess / smaller)) : 0;
}

/** The bare number from two count vectors, without pooling or minimum. */
export function cramersVOf(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const n = totalOf(reference) + totalOf(current);
  return cramersVFromChiSquare(chiSquareStatisticOf(reference, current), n, occupiedBins(reference, current));
}

/**
 * Cramér's V, bias-corrected: how large is the difference of two count vectors, free of n and of the number of bins?
 *
 * Reading: 0 = none, 1 = no bin in common. Worse is up; 0.1 is a warning, 0.2 critical. The effect size that belongs to
 * the chi-square test.
 *
 * Definition: φ² = χ²/n with n = n_r + n_c, φ̃² = max(0, φ² − (K−1)/(n−1)), K̃ = K − (K−1)²/(n−1), R̃ = 2 − 1/(n−1);
 * V = √(φ̃²/min(K̃−1, R̃−1)). Without the correction V of two equal populations grows with K and with small n.
 *
 * @param reference counts per bin, whole and ≥ 0
 * @param current counts of the same bins in the window
 * @returns V with n and the p of the chi-square test; reasons as there
 * @throws RangeError when the vectors differ in length or hold something that is no count
 *
 * Reference: Bergsma 2013, doi:10.1016/j.jkss.2012.10.002. Cost: that of the chi-square test.
 *
 * @example
 * cramersV([50, 30, 20], [30, 30, 40]); // value 0.2203
 */
export function cramersV(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: CountDriftOptions = {},
): MetricResult {
  const evidence = homogeneityEvidence(reference, current);
  if (evidence.kind !== 'evidence') return evidence;
  const { statistic, pValue, n, nReference, table } = evidence;
  const value = cramersVFromChiSquare(statistic, n + nReference, table.reference.length);
  const definition = `${homogeneityDefinition('cramers_v', table, options)} bias_correction=bergsma`;
  return metricValue(value, n, definition, { nReference, pValue });
}
