import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { LEVEL_DEFAULT } from '../support/intervals/two-sided-z.ts';
import { wilsonInterval } from '../support/intervals/wilson-interval.ts';

/**
 * Error rate: what share of predictions failed?
 *
 * Reading: 0 all served. Alarm through the burn rate, which asks how fast the error budget goes. Worse is up.
 * Definition: failed / all; interval Wilson.
 *
 * @param failed predictions that ended in an error
 * @param all predictions, failed ones included
 * @param options `nMin` 1 unless said: the burn rate needs small windows too
 * @returns a share in [0, 1]
 *
 * Reference: Beyer et al., *Site Reliability Engineering*, 2016, chapter 6 (errors). Cost: O(1).
 *
 * @example
 * errorRate(37, 5000); // 0.0074
 */
export function errorRate(failed: number, all: number, options: { nMin?: number; level?: number } = {}): MetricResult {
  if (!(all > 0)) return noData;
  const nMin = options.nMin ?? 1;
  if (all < nMin) return insufficientEvidence('n_below_minimum', all, nMin);
  const interval = wilsonInterval(failed, all, options.level ?? LEVEL_DEFAULT);
  return metricValue(failed / all, all, 'error_rate/1', { interval });
}
