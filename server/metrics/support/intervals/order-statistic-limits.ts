import { binomialQuantile } from '../special-functions/binomial-quantile.ts';
import { LEVEL_DEFAULT } from './two-sided-z.ts';

/** 1-based ranks in the sorted sample; a rank outside 1..n has no value (null). */
export type OrderStatisticLimits = {
  lowerRank: number;
  upperRank: number;
  lower: number | null;
  upper: number | null;
};

/**
 * Order-statistic limits of a quantile: how sure is a p95, whatever the distribution?
 *
 * Reading: the two observed values between which the true quantile lies at the level. A high quantile of a small
 * sample has no upper limit: the rank falls behind the last row, and null says so.
 * Definition: the number of rows below the true quantile is binomial(n, q); ranks are its quantiles at α/2 and
 * 1 − α/2, plus one for the upper.
 *
 * @param sorted ascending finite values
 * @param quantile q in (0, 1)
 *
 * Reference: David & Nagaraja, *Order Statistics*, 3rd ed., section 7.1. Cost: about 40 µs.
 *
 * @example
 * orderStatisticLimits(latenciesSorted, 0.95); // n = 40: ranks 35 and 41, upper null
 */
export function orderStatisticLimits(
  sorted: ArrayLike<number>,
  quantile: number,
  level = LEVEL_DEFAULT,
): OrderStatisticLimits {
  const tail = (1 - level) / 2;
  const lowerRank = binomialQuantile(tail, sorted.length, quantile);
  const upperRank = binomialQuantile(1 - tail, sorted.length, quantile) + 1;
  const valueAtRank = (rank: number): number | null => (rank >= 1 && rank <= sorted.length ? sorted[rank - 1] : null);
  return { lowerRank, upperRank, lower: valueAtRank(lowerRank), upper: valueAtRank(upperRank) };
}
