import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { Interval, MetricResult } from '../../domain/metric-result.ts';
import { orderStatisticLimits } from '../support/intervals/order-statistic-limits.ts';
import { LEVEL_DEFAULT } from '../support/intervals/two-sided-z.ts';
import { quantileType7 } from '../support/numerics/quantile-type-7.ts';

/** Rows beyond the quantile that a window must hold on average: a p99 needs 2,000 rows. */
const ROWS_BEYOND_MIN = 20;

/**
 * Latency quantile: how slow are the slowest 5 % (or 1 %) of predictions?
 *
 * Reading: in milliseconds; p95 = 45 means that one in twenty takes longer. Never average quantiles of windows: merge
 * the rows or the sketches. Alarm when p95 > 1.2 × the reference, 3 of 5 windows. Worse is up.
 * Definition: type 7 quantile; interval from order statistics (binomial ranks), null when a rank falls outside the
 * sample.
 *
 * @param latenciesMs per prediction, finite, any order
 * @param quantile q in (0, 1): 0.5, 0.95, 0.99
 * @param options `nMin` 20/(1−q) unless said
 * @returns milliseconds
 * @throws RangeError when q is not strictly between 0 and 1
 *
 * Reference: Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566; Masson, Rim & Lee 2019,
 * doi:10.14778/3352063.3352135 for the mergeable sketch. Cost: one sort.
 *
 * @example
 * latencyQuantile(latencies, 0.95);
 */
export function latencyQuantile(
  latenciesMs: ArrayLike<number>,
  quantile: number,
  options: { nMin?: number; level?: number } = {},
): MetricResult {
  if (!(quantile > 0 && quantile < 1)) {
    throw new RangeError(`the quantile must lie strictly between 0 and 1, for example 0.95; got ${quantile}`);
  }
  const n = latenciesMs.length;
  if (n === 0) return noData;
  // Rounded first: 20/(1 − 0.95) is 399.99999999999966.
  const nMin = options.nMin ?? Math.ceil(Number((ROWS_BEYOND_MIN / (1 - quantile)).toFixed(6)));
  if (n < nMin) return insufficientEvidence('n_below_minimum', n, nMin);
  const sorted = Float64Array.from(latenciesMs).sort();
  const definition = `latency_quantile/1 quantile=${quantile} type=7 unit=ms source=rows`;
  return metricValue(quantileType7(sorted, quantile), n, definition, {
    interval: latencyInterval(sorted, quantile, options.level ?? LEVEL_DEFAULT),
  });
}

function latencyInterval(sorted: Float64Array, quantile: number, level: number): Interval | null {
  const { lower, upper } = orderStatisticLimits(sorted, quantile, level);
  return lower === null || upper === null ? null : { lower, upper, level, method: 'order_statistics' };
}
