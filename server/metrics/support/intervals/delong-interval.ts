import type { Interval } from '../../../domain/metric-result.ts';
import { normalUpperTail } from '../special-functions/normal-upper-tail.ts';
import { aucPlacements } from './auc-placements.ts';
import type { AucPlacements } from './auc-placements.ts';
import { logitInterval } from './logit-interval.ts';
import { momentsOfValues } from './sample-moments.ts';
import { LEVEL_DEFAULT } from './two-sided-z.ts';

/**
 * DeLong standard error of a ROC AUC, from the placements of its rows.
 *
 * Definition: √(S10/P + S01/N), S10 and S01 the variances (ddof 1) of the positives' and the negatives' placements.
 *
 * @returns 0 when a class has fewer than two rows and no spread
 *
 * Reference: DeLong, DeLong & Clarke-Pearson 1988, doi:10.2307/2531595.
 */
export function delongStandardError(placements: AucPlacements): number {
  const positive = momentsOfValues(placements.positive);
  const negative = momentsOfValues(placements.negative);
  if (positive.n === 0 || negative.n === 0) return 0;
  return Math.sqrt(positive.variance / positive.n + negative.variance / negative.n);
}

/**
 * DeLong interval: how sure is a ROC AUC that was computed from rows?
 *
 * Reading: needs no assumption about the scores, unlike Hanley-McNeil; taken on the logit scale so that it stays
 * inside (0, 1).
 *
 * @returns the interval, or null at AUC 0 or 1, where the variance collapses
 *
 * Reference: DeLong, DeLong & Clarke-Pearson 1988, doi:10.2307/2531595. Cost: O(n log n).
 *
 * @example
 * delongInterval(aucPlacements({ scores: [0.9, 0.8, 0.3, 0.6], labels: [1, 0, 0, 1] }));
 */
export function delongInterval(placements: AucPlacements, level = LEVEL_DEFAULT): Interval | null {
  if (placements.positive.length < 2 || placements.negative.length < 2) return null;
  const auc = momentsOfValues(placements.positive).mean;
  return logitInterval(auc, delongStandardError(placements) / (auc * (1 - auc)), 'delong', level);
}

/** Difference of two AUCs on the same rows; `pValue` two-sided, null where the standard error is 0. */
export type AucDifference = { difference: number; standardError: number; z: number | null; pValue: number | null };

/**
 * Paired DeLong test: does one model rank the same rows better than another?
 *
 * Reading: difference = AUC(first) − AUC(second); above 0 the first ranks better. Pairing removes what both find hard,
 * so small differences show.
 * Definition: DeLong's variance of the row-by-row differences of placements; z = difference/se; p = P(|Z| ≥ |z|).
 *
 * @param labels 0/1, shared by both
 * @param firstScores,secondScores scores of the two models for the same rows
 *
 * Reference: DeLong, DeLong & Clarke-Pearson 1988, doi:10.2307/2531595.
 *
 * @example
 * pairedAucDifference([1, 0, 1, 0], [0.9, 0.2, 0.6, 0.7], [0.9, 0.3, 0.8, 0.5]);
 */
export function pairedAucDifference(
  labels: ArrayLike<number>,
  firstScores: ArrayLike<number>,
  secondScores: ArrayLike<number>,
): AucDifference {
  const first = aucPlacements({ scores: firstScores, labels });
  const second = aucPlacements({ scores: secondScores, labels });
  const positive = first.positive.map((placement, i) => placement - second.positive[i]);
  const negative = first.negative.map((placement, i) => placement - second.negative[i]);
  const difference = momentsOfValues(positive).mean;
  const standardError = delongStandardError({ positive, negative });
  if (!(standardError > 0)) return { difference, standardError: 0, z: null, pValue: null };
  const z = difference / standardError;
  return { difference, standardError, z, pValue: 2 * normalUpperTail(Math.abs(z)) };
}
