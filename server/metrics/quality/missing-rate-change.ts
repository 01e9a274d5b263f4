import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { newcombeInterval } from '../support/intervals/newcombe-interval.ts';
import { LEVEL_DEFAULT } from '../support/intervals/two-sided-z.ts';
import { qualityNMin } from './quality-options.ts';
import type { QualityOptions } from './quality-options.ts';

/** Rows without a value, and all rows. */
export type MissingCounts = { missing: number; n: number };

/**
 * Missing-rate change: does the feature arrive without a value more (or less) often than in the reference?
 *
 * Reading: 0 unchanged, 0.02 = two points more; warn when |Δ| ≥ 0.02 and the interval excludes 0. A broken upstream
 * join shows here first. Worse is both ways.
 * Definition: missing_c/n_c − missing_r/n_r; interval Newcombe.
 *
 * @param current,reference counts of the same feature
 * @returns a difference in [−1, 1]; needs 100 rows on both sides
 *
 * Reference: Newcombe 1998, method 10. Cost: O(1).
 *
 * @example
 * missingRateChange({ missing: 84, n: 1200 }, { missing: 210, n: 6000 }); // 0.035
 */
export function missingRateChange(
  current: MissingCounts,
  reference: MissingCounts,
  options: QualityOptions = {},
): MetricResult {
  const { nMin = qualityNMin, level = LEVEL_DEFAULT } = options;
  if (!(current.n > 0)) return noData;
  const smaller = Math.min(current.n, reference.n);
  if (!(smaller > 0)) return insufficientEvidence('zero_denominator', 0);
  if (smaller < nMin) return insufficientEvidence('n_below_minimum', smaller, nMin);
  const value = current.missing / current.n - reference.missing / reference.n;
  return metricValue(value, current.n, 'missing_rate_change/1 form=current_minus_reference', {
    nReference: reference.n,
    interval: newcombeInterval(
      { successes: current.missing, n: current.n },
      { successes: reference.missing, n: reference.n },
      level,
    ),
  });
}
