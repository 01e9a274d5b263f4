import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import { momentsOfSums } from '../../support/intervals/sample-moments.ts';
import { meanOfLosses } from '../mean-of-losses.ts';
import { minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { requireProbability } from './require-probability.ts';

/**
 * Log loss (cross-entropy): how honest are the probabilities, with sure errors punished hard?
 *
 * Reading: 0 certain and right; the entropy of the base rate −r ln r − (1−r) ln(1−r) is what a model that always says
 * r would get (0.693 at r = ½), so read it against that. Worse is up.
 * Definition: mean of −ln p(actual class), p cut to [2⁻⁵², 1−2⁻⁵²]. Exact: the sums are kept row by row, not by bin.
 *
 * @param tally counts of one window, scores being probabilities
 * @returns nats; needs 100 labelled rows; interval t of the mean
 * @throws RangeError when the scores are no probabilities
 *
 * Reference: Good 1952, doi:10.1111/j.2517-6161.1952.tb00104.x. Cost: O(1).
 *
 * @example
 * logLoss(tally); // 0.615 nats
 */
export function logLoss(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  requireProbability(tally, 'log_loss');
  const { n, logLoss: sum, logLossSquares } = tally.losses;
  const named = { definition: 'log_loss/1 log=e cut=2^-52', nMin: minimumEvidence(options).n };
  return meanOfLosses(tally, momentsOfSums(n, sum, logLossSquares), named, options);
}
