import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { chiSquareUpperTail } from '../support/special-functions/chi-square-upper-tail.ts';
import { occupiedBins, requireSameBins, totalOf } from './count-totals.ts';
import type { CountDriftOptions } from './drift-options.ts';
import { poolSmallColumns } from './pool-small-columns.ts';
import type { PooledTable } from './pool-small-columns.ts';

export type ChiSquareTest = { statistic: number; degreesOfFreedom: number; pValue: number };

/** What the tests on a 2×K table share once there is enough evidence. */
export type HomogeneityEvidence = ChiSquareTest & {
  kind: 'evidence';
  table: PooledTable;
  nReference: number;
  n: number;
};

/**
 * The bare statistic Σ (observed − expected)²/expected of a 2×K table; columns empty on both sides do not count.
 *
 * @returns statistic ≥ 0; 0 when a side holds no row
 */
export function chiSquareStatisticOf(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const nReference = totalOf(reference);
  const nCurrent = totalOf(current);
  if (nReference === 0 || nCurrent === 0) return 0;
  const n = nReference + nCurrent;
  let sum = 0;
  for (let i = 0; i < reference.length; i += 1) {
    const total = reference[i] + current[i];
    if (total > 0) {
      const distance = reference[i] - total * (nReference / n);
      sum += (distance / total) * distance;
    }
  }
  // Both rows of a column are equally far from their expectation, so one of them tells the whole sum.
  return sum * (n / nReference) * (n / nCurrent);
}

/**
 * Statistic, degrees of freedom (K − 1) and p of a 2×K table, without minimum rules.
 *
 * @example
 * chiSquareTest([50, 30, 20], [30, 30, 40]); // 11.67 with 2 degrees of freedom, p 0.0029
 */
export function chiSquareTest(reference: ArrayLike<number>, current: ArrayLike<number>): ChiSquareTest {
  const statistic = chiSquareStatisticOf(reference, current);
  const degreesOfFreedom = Math.max(0, occupiedBins(reference, current) - 1);
  return { statistic, degreesOfFreedom, pValue: chiSquareUpperTail(statistic, degreesOfFreedom) };
}

/** Totals, pooling and test of two count vectors, or why there is none. */
export function homogeneityEvidence(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): HomogeneityEvidence | MetricResult {
  requireSameBins(reference, current);
  const nReference = totalOf(reference);
  const n = totalOf(current);
  if (n === 0) return noData;
  if (nReference === 0) return insufficientEvidence('n_below_minimum', nReference, 1);
  const table = poolSmallColumns(reference, current);
  if (table === null) return insufficientEvidence('n_below_minimum', Math.min(n, nReference));
  return { kind: 'evidence', ...chiSquareTest(table.reference, table.current), table, nReference, n };
}

/** Definition string of a metric on a pooled table. */
export function homogeneityDefinition(id: string, table: PooledTable, options: CountDriftOptions): string {
  const binning = options.binning === undefined ? '' : ` binning=${options.binning}`;
  return `${id}/1 profile=plumbline${binning}${table.pooled > 0 ? ` pooled=${table.pooled}` : ''} correction=none`;
}

/**
 * Chi-square test of homogeneity: can both count vectors be draws from one distribution?
 *
 * Reading: only whether, not how much. The value is the statistic, read its p-value; a million rows make every
 * difference significant, so breach on p ≤ 0.05 **and** Cramér's V ≥ 0.1.
 *
 * Definition: 2×K table of raw counts, columns empty on both sides dropped, no continuity correction, K − 1 degrees of
 * freedom, upper tail Q(df/2, χ²/2). Never the goodness-of-fit form, which takes the reference as exact and
 * over-rejects. Where an expected count is below 1, or more than 20 % are below 5, the smallest columns are pooled.
 *
 * @param reference counts per bin, whole and ≥ 0
 * @param current counts of the same bins in the window
 * @returns statistic as value, n and p; `no_data`, or `n_below_minimum` when pooling leaves fewer than two columns
 * @throws RangeError when the vectors differ in length or hold something that is no count
 *
 * Reference: Pearson 1900, doi:10.1080/14786440009463897; Cochran 1954, doi:10.2307/3001616. Cost: a sort of K columns
 * and 3 µs for the p.
 *
 * @example
 * chiSquareContingency([50, 30, 20], [30, 30, 40]); // value 11.67, p 0.0029
 */
export function chiSquareContingency(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: CountDriftOptions = {},
): MetricResult {
  const evidence = homogeneityEvidence(reference, current);
  if (evidence.kind !== 'evidence') return evidence;
  const { statistic, pValue, n, nReference, table } = evidence;
  const definition = homogeneityDefinition('chi_square_contingency', table, options);
  return metricValue(statistic, n, definition, { nReference, pValue });
}
