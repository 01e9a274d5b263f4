/** Draws this close below the observed value are ties that rounding pulled apart; ties count as extreme. */
const RELATIVE_SLACK = 1e-12;

/**
 * Permutation p-value: how often does chance alone reach the observed statistic?
 *
 * Reading: never 0, because the observed labelling is itself one of the permutations: with 999 draws the smallest is
 * 0.001.
 * Definition: (b + 1)/(k + 1), b = draws at least as large as the observed value (upper tail), out of k; ties count.
 *
 * @param observed the statistic of the real labelling
 * @param draws the statistic of shuffled labellings
 * @returns a probability in (0, 1]
 *
 * Reference: Phipson & Smyth 2010, doi:10.2202/1544-6115.1585. Cost: O(k).
 *
 * @example
 * permutationPValue(0.77, [0.71, 0.8, 0.77]); // 0.75
 */
export function permutationPValue(observed: number, draws: ArrayLike<number>): number {
  const limit = observed - RELATIVE_SLACK * Math.abs(observed);
  let extreme = 0;
  for (let i = 0; i < draws.length; i += 1) if (draws[i] >= limit) extreme += 1;
  return (extreme + 1) / (draws.length + 1);
}
