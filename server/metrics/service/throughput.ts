import { metricValue } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';

/**
 * Throughput: how many predictions arrive per second?
 *
 * Reading: 0 nobody asks. What is unusual depends on the hour: judge it by `volume_anomaly`. No interval: it is a count
 * of what happened, not an estimate.
 * Definition: predictions / window seconds, event time in the half-open window [from, to).
 *
 * @param predictions rows of the window
 * @param windowSeconds length of the window, above 0
 * @returns predictions per second; 0 is a value here, not missing data
 * @throws RangeError when the window has no length
 *
 * Reference: Beyer et al., *Site Reliability Engineering*, 2016, chapter 6 (traffic). Cost: O(1).
 *
 * @example
 * throughput(5, 60); // 0.083 per second
 */
export function throughput(predictions: number, windowSeconds: number): MetricResult {
  if (!(windowSeconds > 0)) throw new RangeError(`a window must be longer than 0 seconds, got ${windowSeconds}`);
  return metricValue(predictions / windowSeconds, predictions, 'throughput/1 unit=per_second window=half_open');
}
