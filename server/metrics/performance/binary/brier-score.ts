import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import { momentsOfSums } from '../../support/intervals/sample-moments.ts';
import { meanOfLosses } from '../mean-of-losses.ts';
import { minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { requireProbability } from './require-probability.ts';

/**
 * Brier score: how far are the probabilities from what happened, squared?
 *
 * Reading: 0 certain and right, 1 certain and wrong, r(1−r) for always saying the base rate r (0.25 at ½). Milder to
 * sure errors than log loss. Worse is up.
 * Definition: mean (p − y)². Exact: the sums are kept row by row, not by bin.
 *
 * @param tally counts of one window, scores being probabilities
 * @returns 0..1; needs 100 labelled rows; interval t of the mean
 * @throws RangeError when the scores are no probabilities
 *
 * Reference: Brier 1950, doi:10.1175/1520-0493(1950)078<0001:VOFEIT>2.0.CO;2. Cost: O(1).
 *
 * @example
 * brierScore(tally); // 0.212
 */
export function brierScore(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  requireProbability(tally, 'brier_score');
  const { n, errorSquares, errorFourths } = tally.losses;
  const named = { definition: 'brier_score/1', nMin: minimumEvidence(options).n };
  return meanOfLosses(tally, momentsOfSums(n, errorSquares, errorFourths), named, options);
}
