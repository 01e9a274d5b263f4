import gammaln from '@stdlib/math-base-special-gammaln';

/**
 * ln |Γ(x)|: binomials and multinomials through sums of logs, where factorials would overflow.
 *
 * @param x any number; 0 and the negative whole numbers are poles and give +Infinity
 * @returns natural logarithm of |Γ(x)|
 *
 * Reference: DLMF 5.2. Cost: about 50 ns.
 *
 * @example
 * logGamma(5); // ln 24 = 3.178
 */
export function logGamma(x: number): number {
  return gammaln(x);
}
