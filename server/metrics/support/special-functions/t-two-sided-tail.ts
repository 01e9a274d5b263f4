import betainc from '@stdlib/math-base-special-betainc';

/**
 * Two-sided tail of Student's t: P(|T| ≥ |t|) with ν degrees of freedom.
 *
 * Definition: I_(ν/(ν+t²))(ν/2, ½), the regularised incomplete beta function, which keeps its digits where
 * 2·(1 − cdf) would be 0.
 *
 * @param t statistic, any sign; ±Infinity gives 0
 * @param degreesOfFreedom > 0, need not be whole (Welch-Satterthwaite)
 * @returns probability in [0, 1]
 * @throws RangeError when the degrees of freedom are not above 0
 *
 * Reference: Abramowitz & Stegun 26.7.1. Cost: about 1 µs.
 *
 * @example
 * tTwoSidedTail(2, 3); // 0.1393
 */
export function tTwoSidedTail(t: number, degreesOfFreedom: number): number {
  if (!(degreesOfFreedom > 0)) throw new RangeError(`degrees of freedom must be above 0, got ${degreesOfFreedom}`);
  if (!Number.isFinite(t)) return 0;
  const square = t * t;
  // Near t = 0 the argument of betainc rounds to 1: the mirrored form keeps the distance from 1. Its upper tail is asked
  // for directly, because 1 − betainc(…) has no digits left for small tails with many degrees of freedom.
  if (square < degreesOfFreedom) {
    return betainc(square / (degreesOfFreedom + square), 0.5, degreesOfFreedom / 2, true, true);
  }
  return betainc(degreesOfFreedom / (degreesOfFreedom + square), degreesOfFreedom / 2, 0.5);
}
