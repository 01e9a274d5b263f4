import type { MetricResult } from '../../../domain/metric-result.ts';
import type { RegressionTally } from '../../../domain/outcome-tally.ts';
import { momentsOfSums } from '../../support/intervals/sample-moments.ts';
import { meanOfLosses } from '../mean-of-losses.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { regressionMinimum } from './regression-minimum.ts';

/**
 * Mean absolute error: how far off is a typical prediction?
 *
 * Reading: 0 perfect; in the unit of y, so 3 means "three off on average". Worse is up.
 * Definition: mean of |ŷ − y|; interval t of the mean. Exact from the sums of the tally.
 *
 * @param tally sums of one window, error = prediction − actual
 * @returns a number in the unit of y; needs 30 labelled rows
 *
 * Reference: Willmott & Matsuura 2005, doi:10.3354/cr030079. Cost: O(1).
 *
 * @example
 * meanAbsoluteError(tally);
 */
export function meanAbsoluteError(tally: RegressionTally, options: PerformanceOptions = {}): MetricResult {
  const { losses } = tally;
  const moments = momentsOfSums(losses.n, losses.absoluteError, losses.errorSquares);
  const named = { definition: 'mean_absolute_error/1 error=prediction-actual', nMin: regressionMinimum(options) };
  return meanOfLosses(tally, moments, named, options);
}
