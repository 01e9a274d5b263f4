import type { ShiftedMoments } from '../../../domain/binning.ts';

/** n, mean and M2 = Σ(x − mean)² of finite values, with their range; min/max are +Infinity/−Infinity when n = 0. */
export type Moments = { n: number; mean: number; m2: number; min: number; max: number };

/** Moments of no value at all: the neutral element of `mergeMoments`. */
export function emptyMoments(): Moments {
  return { n: 0, mean: 0, m2: 0, min: Number.POSITIVE_INFINITY, max: Number.NEGATIVE_INFINITY };
}

/**
 * Add one value in place, Welford's way: no sum of squares, so nothing cancels near 10⁹.
 *
 * Reference: Welford 1962, doi:10.1080/00401706.1962.10490022. Cost: one division.
 */
export function addToMoments(moments: Moments, value: number): void {
  moments.n += 1;
  const distance = value - moments.mean;
  moments.mean += distance / moments.n;
  moments.m2 += distance * (value - moments.mean);
  if (value < moments.min) moments.min = value;
  if (value > moments.max) moments.max = value;
}

/**
 * Moments of the finite values of an array; NaN and the infinities are left out.
 *
 * @example
 * momentsOf([1, 3]); // { n: 2, mean: 2, m2: 2, min: 1, max: 3 }
 */
export function momentsOf(values: ArrayLike<number>): Moments {
  const moments = emptyMoments();
  for (let i = 0; i < values.length; i += 1) {
    if (Number.isFinite(values[i])) addToMoments(moments, values[i]);
  }
  return moments;
}

/**
 * Moments of two groups of values together, from their moments alone.
 *
 * Definition: n and M2 add up, plus n_a·n_b/n·(mean_b − mean_a)². Merging in another order changes last digits only.
 *
 * Reference: Chan, Golub & LeVeque 1983, doi:10.1080/00031305.1983.10483115. Cost: O(1).
 *
 * @example
 * mergeMoments(momentsOf([1]), momentsOf([3])); // { n: 2, mean: 2, m2: 2, min: 1, max: 3 }
 */
export function mergeMoments(a: Moments, b: Moments): Moments {
  if (a.n === 0) return { ...b };
  if (b.n === 0) return { ...a };
  const n = a.n + b.n;
  const distance = b.mean - a.mean;
  return {
    n,
    mean: a.mean + distance * (b.n / n),
    m2: a.m2 + b.m2 + distance * distance * (a.n * (b.n / n)),
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
  };
}

/**
 * Moments from the sums that a tally keeps around the frozen centre of its reference.
 *
 * Definition: mean = centre + Σ(x−c)/n, M2 = Σ(x−c)² − (Σ(x−c))²/n, cut at 0. Nothing cancels as long as the window
 * stays within some thousand reference deviations of the centre.
 *
 * @example
 * momentsFromShifted({ n: 2, sum: 0, sumSquares: 2, min: 1, max: 3 }, 2); // mean 2, m2 2
 */
export function momentsFromShifted(shifted: ShiftedMoments, center: number): Moments {
  const { n, sum, sumSquares, min, max } = shifted;
  if (n <= 0) return emptyMoments();
  return { n, mean: center + sum / n, m2: Math.max(0, sumSquares - sum * (sum / n)), min, max };
}

/**
 * Variance with `ddof` degrees of freedom taken off; null when n does not exceed them.
 *
 * @example
 * varianceOf(momentsOf([1, 3]), 1); // 2
 */
export function varianceOf(moments: Moments, ddof: 0 | 1): number | null {
  return moments.n > ddof ? moments.m2 / (moments.n - ddof) : null;
}
