/** Size, mean and variance (ddof 1) of a sample: all that a mean interval needs. */
export type SampleMoments = { n: number; mean: number; variance: number };

/** Spread below this share of the sum of squares is what rounding leaves of a constant. */
const ROUNDING_SHARE = 8 * Number.EPSILON;

/**
 * Moments from mergeable sums: mean Σx/n and variance (Σx² − (Σx)²/n)/(n−1).
 *
 * Σx² − (Σx)²/n loses its digits when the mean is far larger than the spread; losses, errors and values shifted to a
 * frozen center are near their spread, which is why these sums may be used for them. A difference that is pure
 * rounding counts as 0.
 *
 * @param n rows
 * @param sum Σx
 * @param sumSquares Σx²
 * @returns variance 0 for fewer than two rows
 */
export function momentsOfSums(n: number, sum: number, sumSquares: number): SampleMoments {
  if (!(n > 0)) return { n: 0, mean: 0, variance: 0 };
  const mean = sum / n;
  const spread = sumSquares - sum * mean;
  const isConstant = spread <= ROUNDING_SHARE * Math.abs(sumSquares) || n < 2;
  return { n, mean, variance: isConstant ? 0 : spread / (n - 1) };
}

/** Moments of values in hand, two passes, so that a large mean costs no digits. */
export function momentsOfValues(values: ArrayLike<number>): SampleMoments {
  const n = values.length;
  if (n === 0) return { n: 0, mean: 0, variance: 0 };
  let sum = 0;
  for (let i = 0; i < n; i += 1) sum += values[i];
  const mean = sum / n;
  let spread = 0;
  for (let i = 0; i < n; i += 1) spread += (values[i] - mean) ** 2;
  return { n, mean, variance: n < 2 ? 0 : spread / (n - 1) };
}
