import gammainc from '@stdlib/math-base-special-gammainc';

/**
 * Chi-square upper tail: how likely is a statistic at least this large if nothing changed?
 *
 * Reading: 1 = nothing unusual, near 0 = hardly possible by chance.
 *
 * Definition: Q(df/2, x/2), the regularised upper incomplete gamma function, computed directly. The complement
 * 1 − cdf would be exactly 0 from about 10⁻¹⁶ down, and such p-values are compared and ranked.
 *
 * @param statistic chi-square statistic; 0 or less gives 1, +Infinity gives 0
 * @param degreesOfFreedom > 0; 0 or less means that there was nothing to compare and gives 1
 * @returns probability in [0, 1], with digits down to 10⁻³⁰⁰
 *
 * Reference: DLMF 8.2.4. Cost: about 3 µs.
 *
 * @example
 * chiSquareUpperTail(3.841458820694124, 1); // 0.05
 */
export function chiSquareUpperTail(statistic: number, degreesOfFreedom: number): number {
  if (!(statistic > 0) || !(degreesOfFreedom > 0)) return 1;
  if (statistic === Number.POSITIVE_INFINITY) return 0;
  return gammainc(statistic / 2, degreesOfFreedom / 2, true, true);
}
