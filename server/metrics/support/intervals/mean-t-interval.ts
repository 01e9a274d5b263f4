import type { Interval } from '../../../domain/metric-result.ts';
import { tQuantile } from '../special-functions/t-quantile.ts';
import type { SampleMoments } from './sample-moments.ts';
import { LEVEL_DEFAULT } from './two-sided-z.ts';

/**
 * Student's t interval: how sure is a mean (a loss, an error, a ranking score)?
 *
 * Definition: x̄ ± t(1−α/2, n−1)·s/√n, ddof 1.
 *
 * @param moments n, mean and variance (ddof 1) of the rows
 * @returns the interval, or null with fewer than two rows or no spread: ±0 would claim certainty
 *
 * Reference: Student 1908, doi:10.1093/biomet/6.1.1. Cost: about 10 µs.
 *
 * @example
 * meanTInterval({ n: 25, mean: 2, variance: 4 }); // 1.174 to 2.826
 */
export function meanTInterval(moments: SampleMoments, level = LEVEL_DEFAULT): Interval | null {
  const { n, mean, variance } = moments;
  if (n < 2 || !(variance > 0) || !Number.isFinite(variance)) return null;
  const halfWidth = tQuantile(1 - (1 - level) / 2, n - 1) * Math.sqrt(variance / n);
  return { lower: mean - halfWidth, upper: mean + halfWidth, level, method: 'mean_t' };
}
