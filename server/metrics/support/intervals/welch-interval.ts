import type { Interval } from '../../../domain/metric-result.ts';
import { tQuantile } from '../special-functions/t-quantile.ts';
import type { SampleMoments } from './sample-moments.ts';
import { LEVEL_DEFAULT } from './two-sided-z.ts';

/**
 * Welch interval: how sure is the difference of two means (current minus reference) with unequal variances?
 *
 * Reading: 0 inside means that the loss may be unchanged.
 * Definition: x̄1 − x̄2 ± t(1−α/2, ν)·√(s1²/n1 + s2²/n2), ν by Welch-Satterthwaite, ddof 1.
 *
 * @returns the interval, or null with fewer than two rows on a side or no spread on both
 *
 * Reference: Welch 1947, doi:10.1093/biomet/34.1-2.28.
 *
 * @example
 * welchInterval({ n: 50, mean: 3, variance: 1 }, { n: 40, mean: 2, variance: 2 });
 */
export function welchInterval(first: SampleMoments, second: SampleMoments, level = LEVEL_DEFAULT): Interval | null {
  if (first.n < 2 || second.n < 2) return null;
  const partFirst = first.variance / first.n;
  const partSecond = second.variance / second.n;
  const squaredError = partFirst + partSecond;
  if (!(squaredError > 0)) return null;
  const freedom = squaredError ** 2 / (partFirst ** 2 / (first.n - 1) + partSecond ** 2 / (second.n - 1));
  const halfWidth = tQuantile(1 - (1 - level) / 2, freedom) * Math.sqrt(squaredError);
  const difference = first.mean - second.mean;
  return { lower: difference - halfWidth, upper: difference + halfWidth, level, method: 'welch_t' };
}
