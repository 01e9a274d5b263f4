import type { MetricResult } from '../../../domain/metric-result.ts';
import type { RegressionTally } from '../../../domain/outcome-tally.ts';
import { momentsOfSums } from '../../support/intervals/sample-moments.ts';
import { meanOfLosses } from '../mean-of-losses.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { regressionMinimum } from './regression-minimum.ts';

/**
 * Mean error (bias): do predictions lean to one side?
 *
 * Reading: 0 no lean, above 0 over-prediction, below 0 under-prediction; errors that cancel hide here, so read it with the mean absolute error. Worse is both ways.
 * Definition: mean of (ŷ − y); interval t of the mean. Exact from the sums of the tally.
 *
 * @param tally sums of one window, error = prediction − actual
 * @returns a number in the unit of y; needs 30 labelled rows
 *
 * Reference: Kvålseth 1985, doi:10.1080/00031305.1985.10479448. Cost: O(1).
 *
 * @example
 * meanError(tally);
 */
export function meanError(tally: RegressionTally, options: PerformanceOptions = {}): MetricResult {
  const { losses } = tally;
  const moments = momentsOfSums(losses.n, losses.error, losses.errorSquares);
  const named = { definition: 'mean_error/1 error=prediction-actual', nMin: regressionMinimum(options) };
  return meanOfLosses(tally, moments, named, options);
}
