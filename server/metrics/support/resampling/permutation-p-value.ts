/** Rounding must not decide whether a permuted statistic is as large as the observed one. */
const RELATIVE_SLACK = 1e-12;

/**
 * Permutation p-value: how often does a statistic come out as large when the rows are dealt to both sides by chance?
 *
 * Definition: p = (b + 1)/(k + 1), b of k dealt statistics at least as large as the observed one, ties counted, with a
 * relative slack of 10⁻¹². Never 0: with 999 draws the smallest p is 0.001.
 *
 * @param observed the statistic of the real sides; larger is more extreme
 * @param draws k, 999 or 199
 * @param redrawn deals the rows anew and gives the statistic
 *
 * Reference: Phipson & Smyth 2010, doi:10.2202/1544-6115.1585. Cost: draws × one statistic.
 *
 * @example
 * permutationPValue(3.2, 999, () => statisticOf(shuffle(rows, uniform)));
 */
export function permutationPValue(observed: number, draws: number, redrawn: () => number): number {
  const limit = observed - Math.abs(observed) * RELATIVE_SLACK;
  let extreme = 0;
  for (let draw = 0; draw < draws; draw += 1) if (redrawn() >= limit) extreme += 1;
  return (extreme + 1) / (draws + 1);
}
