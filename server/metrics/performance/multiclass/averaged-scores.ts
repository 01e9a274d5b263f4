import type { ClassScore } from './class-scores.ts';

/** Metrics of a K×K confusion table that are one number; null where they have no value. */
export type AveragedScores = {
  /** Share of right decisions; equals every micro average, because each row is one decision. */
  accuracy: number;
  /** Mean recall over the classes that occur; 1/K = guessing. */
  balanced_accuracy: number;
  precision_macro: number;
  precision_micro: number;
  precision_weighted: number;
  recall_macro: number;
  recall_micro: number;
  recall_weighted: number;
  /** Mean of the class F1s, not the F1 of the means. */
  f1_macro: number;
  f1_micro: number;
  f1_weighted: number;
  matthews_correlation: number | null;
};

export type AveragedScoreId = keyof AveragedScores;

/**
 * Averages over classes: how good is a multiclass model as one number?
 *
 * Reading: **macro** gives every class the same weight, so a rare class counts as much as a common one; **weighted**
 * weighs classes by their rows; **micro** pools the counts and equals accuracy. 1 perfect. Worse is down.
 *
 * @param scores of `classScores`, at least one row in all
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002. Cost: O(K).
 */
export function averagedScores(scores: readonly ClassScore[]): AveragedScores {
  const n = scores.reduce((sum, score) => sum + score.support, 0);
  const correct = scores.reduce((sum, score) => sum + score.truePositive, 0);
  const present = scores.filter((score) => score.support > 0);
  const macro = (of: 'precision' | 'recall' | 'f1', over = scores): number =>
    over.reduce((sum, score) => sum + score[of], 0) / over.length;
  const weighted = (of: 'precision' | 'recall' | 'f1'): number =>
    scores.reduce((sum, score) => sum + score[of] * score.support, 0) / n;
  const accuracy = correct / n;
  return {
    accuracy,
    balanced_accuracy: macro('recall', present),
    precision_macro: macro('precision'),
    precision_micro: accuracy,
    precision_weighted: weighted('precision'),
    recall_macro: macro('recall'),
    recall_micro: accuracy,
    recall_weighted: weighted('recall'),
    f1_macro: macro('f1'),
    f1_micro: accuracy,
    f1_weighted: weighted('f1'),
    matthews_correlation: multiclassMatthews(scores),
  };
}

/**
 * Gorodkin's R_K, the Matthews correlation for K classes: do decisions and truth go together, over the whole table?
 *
 * Reading: 1 perfect, 0 chance; equals the Matthews correlation at K = 2. Worse is down.
 * Definition: (c − Σ p_k t_k)/√((1 − Σp_k²)(1 − Σt_k²)) in shares of the rows, c the share of right ones, p_k predicted
 * and t_k true shares: shares, because squares of counts pass 2⁵³ from 10⁸ rows on.
 *
 * @returns null when only one class was predicted or only one occurred
 *
 * Reference: Gorodkin 2004, doi:10.1016/j.compbiolchem.2004.09.006. Cost: O(K).
 */
export function multiclassMatthews(scores: readonly ClassScore[]): number | null {
  const n = scores.reduce((sum, score) => sum + score.support, 0);
  let agreement = 0;
  let chance = 0;
  let predictedSquares = 0;
  let actualSquares = 0;
  for (const { truePositive, predicted, support } of scores) {
    agreement += truePositive / n;
    chance += (predicted / n) * (support / n);
    predictedSquares += (predicted / n) ** 2;
    actualSquares += (support / n) ** 2;
  }
  const isOneSided = scores.some((score) => score.predicted === n || score.support === n);
  if (isOneSided) return null;
  return (agreement - chance) / Math.sqrt(1 - predictedSquares) / Math.sqrt(1 - actualSquares);
}
