import type { Interval } from '../../../domain/metric-result.ts';
import { LEVEL_DEFAULT } from './two-sided-z.ts';
import { wilsonInterval } from './wilson-interval.ts';

/**
 * F1 interval through the Jaccard index: how sure is an F1?
 *
 * F1 is no proportion, but J = TP/(TP+FP+FN) is one, and F1 = 2J/(1+J) grows with J: Wilson's ends map over.
 *
 * @param truePositive TP
 * @param wrong FP + FN
 * @returns the interval, or null when all three counts are 0
 *
 * Reference: Brown, Cai & DasGupta 2001, doi:10.1214/ss/1009213286, for the interval of J.
 *
 * @example
 * f1Interval(7, 8); // 0.398 to 0.823 around 0.636
 */
export function f1Interval(truePositive: number, wrong: number, level = LEVEL_DEFAULT): Interval | null {
  const jaccard = wilsonInterval(truePositive, truePositive + wrong, level);
  if (!jaccard) return null;
  const mapped = (j: number): number => (2 * j) / (1 + j);
  return { lower: mapped(jaccard.lower), upper: mapped(jaccard.upper), level, method: 'wilson_jaccard' };
}
