import type { Interval } from '../../../domain/metric-result.ts';
import { logitInterval } from './logit-interval.ts';
import { LEVEL_DEFAULT } from './two-sided-z.ts';

/**
 * Hanley-McNeil standard error of a ROC AUC, from its value and the class sizes alone.
 *
 * Definition: Q1 = A/(2−A), Q2 = 2A²/(1+A); var = (A(1−A) + (P−1)(Q1−A²) + (N−1)(Q2−A²))/(P·N), divided factor by
 * factor, because P·N passes 2⁵³ from 10⁸ rows on. Assumes negative-exponential scores; a little wide otherwise.
 *
 * @param auc in [0, 1]
 * @param positives,negatives class sizes, each at least 1
 *
 * Reference: Hanley & McNeil 1982, doi:10.1148/radiology.143.1.7063747.
 *
 * @example
 * hanleyMcNeilStandardError(0.763, 9, 15); // 0.107
 */
export function hanleyMcNeilStandardError(auc: number, positives: number, negatives: number): number {
  const square = auc * auc;
  const excessPositive = auc / (2 - auc) - square;
  const excessNegative = (2 * square) / (1 + auc) - square;
  const sum = auc * (1 - auc) + (positives - 1) * excessPositive + (negatives - 1) * excessNegative;
  return Math.sqrt(Math.max(0, sum / positives / negatives));
}

/**
 * Hanley-McNeil interval: how sure is a ROC AUC that was computed from tallies?
 *
 * @returns the interval on the logit scale, or null at AUC 0 or 1, where no honest width exists
 *
 * @example
 * hanleyMcNeilInterval(0.763, 9, 15); // 0.5016 to 0.9115
 */
export function hanleyMcNeilInterval(
  auc: number,
  positives: number,
  negatives: number,
  level = LEVEL_DEFAULT,
): Interval | null {
  if (!(positives > 0) || !(negatives > 0)) return null;
  const standardError = hanleyMcNeilStandardError(auc, positives, negatives);
  return logitInterval(auc, standardError / (auc * (1 - auc)), 'hanley_mcneil', level);
}
