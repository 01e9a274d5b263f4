import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { sortedFinite } from '../support/numerics/sorted-finite.ts';
import { andersonDarlingP } from './anderson-darling-p-value.ts';

const ROWS_MIN = 8;

/** A² with midranks, and its standardised form T. */
export type AndersonDarlingStatistic = { aSquared: number; standardised: number };

/** Σ over distinct pooled values, for one sample, of the squared distance of its cdf weighted towards the tails. */
function weightedSquares(sample: Float64Array, pooled: Float64Array): number {
  const total = pooled.length;
  const n = sample.length;
  let below = 0;
  let sampleBelow = 0;
  let sum = 0;
  while (below < total) {
    const value = pooled[below];
    let ties = 0;
    while (below + ties < total && pooled[below + ties] === value) ties += 1;
    let sampleTies = 0;
    while (sampleBelow + sampleTies < n && sample[sampleBelow + sampleTies] === value) sampleTies += 1;
    const b = below + ties / 2;
    const m = sampleBelow + sampleTies / 2;
    const weight = b * (total - b) - (total * ties) / 4;
    if (weight > 0) sum += ((ties / total) * (total * m - n * b) ** 2) / weight;
    below += ties;
    sampleBelow += sampleTies;
  }
  return sum / n;
}

/** Standard deviation of A² when nothing differs; sums in O(N) through running harmonic numbers. */
function standardDeviation(nReference: number, nCurrent: number): number {
  const total = nReference + nCurrent;
  const sizes = 1 / nReference + 1 / nCurrent;
  let h = 0;
  for (let i = 1; i < total; i += 1) h += 1 / i;
  let g = 0;
  let upTo = 0;
  for (let i = 1; i <= total - 2; i += 1) {
    upTo += 1 / i;
    g += (h - upTo) / (total - i);
  }
  const a = 4 * g - 6 + (10 - 6 * g) * sizes;
  const b = 12 * g - 22 + 8 * h + (2 * g - 14 * h - 4) * sizes;
  const c = 36 * h + 4 + (2 * h - 6) * sizes;
  const d = 24;
  const polynomial = ((a * total + b) * total + c) * total + d;
  return Math.sqrt(polynomial / ((total - 1) * (total - 2) * (total - 3)));
}

/**
 * The bare statistic of two sorted samples with at least four values together; null when all values are equal.
 *
 * @param reference ascending
 * @param current ascending
 */
export function andersonDarlingStatistic(
  reference: Float64Array,
  current: Float64Array,
): AndersonDarlingStatistic | null {
  const pooled = new Float64Array(reference.length + current.length);
  pooled.set(reference);
  pooled.set(current, reference.length);
  pooled.sort();
  if (pooled.length < 4 || pooled[0] === pooled[pooled.length - 1]) return null;
  const share = (pooled.length - 1) / pooled.length;
  const aSquared = share * (weightedSquares(reference, pooled) + weightedSquares(current, pooled));
  return { aSquared, standardised: (aSquared - 1) / standardDeviation(reference.length, current.length) };
}

/**
 * Anderson-Darling two-sample test on raw rows: do the cdfs differ, with weight on the tails?
 *
 * Reading: the value is the standardised statistic T: around or below 0 nothing differs, above 1.96 p is below 0.05.
 * Says only whether; read it beside a distance. Worse is up.
 *
 * Definition: midrank statistic A² = ((N−1)/N)·Σ_i (1/n_i)·Σ_j (l_j/N)(N·M_ij − n_i·B_j)²/(B_j(N−B_j) − N·l_j/4) over
 * the distinct pooled values, T = (A² − 1)/σ_N; p by the quadratic fit of `andersonDarlingP`, in [0.001, 0.25].
 *
 * @param reference raw values in any order; only finite ones count
 * @param current raw values of the window
 * @returns T with n and p; `no_data`, `n_below_minimum` (8 on a side) or `zero_variance` when all values are equal
 *
 * Reference: Scholz & Stephens 1987, doi:10.1080/01621459.1987.10478517. Cost: O(n log n).
 *
 * @example
 * andersonDarling(referenceRows, currentRows); // value 3.25, p 0.0156
 */
export function andersonDarling(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: { rowsMin?: number } = {},
): MetricResult {
  const rowsMin = Math.max(2, options.rowsMin ?? ROWS_MIN);
  const sortedReference = sortedFinite(reference);
  const sortedCurrent = sortedFinite(current);
  const n = sortedCurrent.length;
  if (n === 0) return noData;
  const fewer = Math.min(n, sortedReference.length);
  if (fewer < rowsMin) return insufficientEvidence('n_below_minimum', fewer, rowsMin);
  const statistic = andersonDarlingStatistic(sortedReference, sortedCurrent);
  if (statistic === null) return insufficientEvidence('zero_variance', n);
  return metricValue(statistic.standardised, n, 'anderson_darling/1 profile=plumbline input=rows ties=midrank', {
    nReference: sortedReference.length,
    pValue: andersonDarlingP(statistic.standardised),
  });
}
