import erfc from '@stdlib/math-base-special-erfc';

/**
 * Normal upper tail: P(Z > z) for a standard normal Z.
 *
 * Definition: erfc(z/√2)/2, so that the far tail keeps its digits (z = 37 gives 5.7·10⁻³⁰⁰, not 0).
 * For a two-sided p-value take `2 * normalUpperTail(Math.abs(z))`.
 *
 * @param z any number; +Infinity gives 0, -Infinity gives 1
 * @returns probability in [0, 1]
 *
 * Reference: DLMF 7.2.2. Cost: about 50 ns.
 *
 * @example
 * normalUpperTail(1.959963984540054); // 0.025
 */
export function normalUpperTail(z: number): number {
  return erfc(z * Math.SQRT1_2) / 2;
}
