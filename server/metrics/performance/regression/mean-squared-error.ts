import type { MetricResult } from '../../../domain/metric-result.ts';
import type { RegressionTally } from '../../../domain/outcome-tally.ts';
import { momentsOfSums } from '../../support/intervals/sample-moments.ts';
import { meanOfLosses } from '../mean-of-losses.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { regressionMinimum } from './regression-minimum.ts';

/**
 * Mean squared error: how bad are the errors, when large ones hurt most?
 *
 * Reading: 0 perfect; in the squared unit of y; one large miss can dominate. Worse is up.
 * Definition: mean of (ŷ − y)²; interval t of the mean. Exact from the sums of the tally.
 *
 * @param tally sums of one window, error = prediction − actual
 * @returns a number in the squared unit of y; needs 30 labelled rows
 *
 * Reference: Hyndman & Koehler 2006, doi:10.1016/j.ijforecast.2006.03.001. Cost: O(1).
 *
 * @example
 * meanSquaredError(tally);
 */
export function meanSquaredError(tally: RegressionTally, options: PerformanceOptions = {}): MetricResult {
  const { losses } = tally;
  const moments = momentsOfSums(losses.n, losses.errorSquares, losses.errorFourths);
  const named = { definition: 'mean_squared_error/1 error=prediction-actual', nMin: regressionMinimum(options) };
  return meanOfLosses(tally, moments, named, options);
}
