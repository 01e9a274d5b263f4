import type { MetricResult } from '../../../domain/metric-result.ts';
import type { RegressionTally } from '../../../domain/outcome-tally.ts';
import { rootInterval } from '../../support/intervals/root-interval.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { meanSquaredError } from './mean-squared-error.ts';

/**
 * Root mean squared error: how far off are predictions, in the unit of y, when large misses hurt most?
 *
 * Reading: 0 perfect; never below the mean absolute error, and the further above it, the more a few large misses
 * dominate. Worse is up.
 * Definition: √ of the mean squared error; interval: the roots of both ends of its t interval, lower end cut at 0.
 *
 * @param tally sums of one window, error = prediction − actual
 * @returns a number in the unit of y; needs 30 labelled rows
 *
 * Reference: Hyndman & Koehler 2006, doi:10.1016/j.ijforecast.2006.03.001. Cost: O(1).
 *
 * @example
 * rootMeanSquaredError(tally);
 */
export function rootMeanSquaredError(tally: RegressionTally, options: PerformanceOptions = {}): MetricResult {
  const squared = meanSquaredError(tally, options);
  if (squared.kind !== 'value') return squared;
  return {
    ...squared,
    value: Math.sqrt(squared.value),
    interval: rootInterval(squared.interval),
    definition: 'root_mean_squared_error/1 error=prediction-actual',
  };
}
