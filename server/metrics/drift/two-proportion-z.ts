import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { normalUpperTail } from '../support/special-functions/normal-upper-tail.ts';

/** `positive` of `n` rows. */
export type Proportion = { positive: number; n: number };

/** Expected rows in each of the four cells below which the normal approximation is not trusted. */
const EXPECTED_MIN = 5;

/**
 * The bare statistic: z of the pooled two-proportion test, reference minus current.
 *
 * @returns z; 0 when all rows or none are positive on both sides, for then nothing differs
 */
export function twoProportionZOf(reference: Proportion, current: Proportion): number {
  const pooled = (reference.positive + current.positive) / (reference.n + current.n);
  const variance = pooled * (1 - pooled) * (1 / reference.n + 1 / current.n);
  if (!(variance > 0)) return 0;
  return (reference.positive / reference.n - current.positive / current.n) / Math.sqrt(variance);
}

/** Two-sided p of a z statistic. */
export function twoSidedNormalP(z: number): number {
  return Math.min(1, 2 * normalUpperTail(Math.abs(z)));
}

/**
 * Two-proportion z: has the share of one category changed?
 *
 * Reading: the value is z; 0 = the same share, below 0 = the share rose. Its p says whether, the difference of the
 * shares says how much. z² is the chi-square statistic of the 2×2 table without correction.
 *
 * Definition: (p̂1 − p̂2)/√(p̂(1−p̂)(1/n1 + 1/n2)), p̂ pooled, two-sided normal p.
 *
 * @param reference positives and rows of the reference
 * @param current positives and rows of the window
 * @returns z with n and p; `zero_variance` when all rows are alike, `n_below_minimum` below 5 expected rows in a cell
 * @throws RangeError when a side has more positives than rows, or negative ones
 *
 * Reference: Fleiss, Levin & Paik, *Statistical Methods for Rates and Proportions*, 3rd ed., section 3.1. Cost: 0.1 µs.
 *
 * @example
 * twoProportionZ({ positive: 130, n: 500 }, { positive: 96, n: 300 }); // z −1.825, p 0.068
 */
export function twoProportionZ(reference: Proportion, current: Proportion): MetricResult {
  for (const { positive, n } of [reference, current]) {
    if (!(positive >= 0 && positive <= n))
      throw new RangeError(`positives must lie in 0 to n; got ${positive} of ${n}`);
  }
  if (current.n === 0) return noData;
  const fewer = Math.min(reference.n, current.n);
  if (fewer === 0) return insufficientEvidence('n_below_minimum', fewer, 1);
  const pooled = (reference.positive + current.positive) / (reference.n + current.n);
  if (pooled === 0 || pooled === 1) return insufficientEvidence('zero_variance', current.n);
  const rarer = Math.min(pooled, 1 - pooled);
  if (fewer * rarer < EXPECTED_MIN) {
    return insufficientEvidence('n_below_minimum', fewer, Math.ceil(EXPECTED_MIN / rarer));
  }
  const z = twoProportionZOf(reference, current);
  const definition = 'two_proportion_z/1 profile=plumbline variance=pooled correction=none';
  return metricValue(z, current.n, definition, { nReference: reference.n, pValue: twoSidedNormalP(z) });
}
