import type { MulticlassTally } from '../../../domain/outcome-tally.ts';

/** One class against the rest; shares are 0 where their denominator is (scikit-learn's `zero_division=0`). */
export type ClassScore = {
  label: string;
  truePositive: number;
  /** Labelled rows of the class, and labelled rows predicted as the class. */
  support: number;
  predicted: number;
  precision: number;
  recall: number;
  f1: number;
};

/**
 * Precision, recall and F1 of every class that occurs among the actual or predicted labels of the labelled rows.
 *
 * A class that was never predicted has precision 0, one that never occurred recall 0; the counts tell them apart from a
 * class that was always wrong.
 *
 * @param labels names in the order of the matrix
 * @param matrix matrix[actual][predicted]
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002. Cost: O(K²).
 */
export function classScores(labels: readonly string[], matrix: MulticlassTally['matrix']): ClassScore[] {
  const support = labels.map((_, actual) => labels.reduce((sum, _label, column) => sum + matrix[actual][column], 0));
  const predicted = labels.map((_, column) => labels.reduce((sum, _label, actual) => sum + matrix[actual][column], 0));
  return labels
    .map((label, k): ClassScore => {
      const truePositive = matrix[k][k];
      return {
        label,
        truePositive,
        support: support[k],
        predicted: predicted[k],
        precision: share(truePositive, predicted[k]),
        recall: share(truePositive, support[k]),
        f1: share(2 * truePositive, support[k] + predicted[k]),
      };
    })
    .filter((score) => score.support + score.predicted > 0);
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}
