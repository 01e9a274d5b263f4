import type { BinaryTally, ConfusionCounts } from '../../../domain/outcome-tally.ts';
import { valueOfCells } from './business-value.ts';
import type { ValueMatrix } from './business-value.ts';
import { classTotals } from './score-groups.ts';

/** What every decision measure would be with the threshold at one edge; null where its denominator is 0. */
export type ThresholdPoint = {
  threshold: number;
  cells: ConfusionCounts;
  recall: number | null;
  falsePositiveRate: number | null;
  precision: number | null;
  /** Share of all scored predictions, labelled or not, that would be decided positive. */
  selectionRate: number | null;
  /** Σ cell × value when a matrix is given, else null. */
  value: number | null;
};

/**
 * Threshold curve: what would the decisions be at every other threshold?
 *
 * Reading: (falsePositiveRate, recall) is the ROC curve, (recall, precision) the precision-recall curve; cells and value
 * along the threshold are the cost curve. The first point decides everybody positive, the last one (+∞ in spirit, the
 * upper end of the scale in display) nobody.
 * Definition: positive when score ≥ threshold, at each score-bin edge; exact there. The last edge closes its bin on
 * both sides, so a score equal to it is still positive at the point before.
 *
 * @param tally counts of one window
 * @param matrix optional currency per decision, [[TN, FP], [FN, TP]]
 * @returns one point per edge, ascending by threshold
 *
 * Reference: Fawcett 2006, doi:10.1016/j.patrec.2005.10.010; Davis & Goadrich 2006, doi:10.1145/1143844.1143874.
 * Cost: O(bins).
 *
 * @example
 * thresholdCurve(tally).find((point) => point.threshold === 0.5)?.recall;
 */
export function thresholdCurve(tally: BinaryTally, matrix?: ValueMatrix): ThresholdPoint[] {
  const totals = classTotals(tally);
  const scored = tally.predictions.reduce((sum, count) => sum + count, 0);
  let selected = scored;
  const cells = { truePositive: totals.positives, falsePositive: totals.negatives, falseNegative: 0, trueNegative: 0 };
  return Array.from(tally.scoreEdges, (threshold, edge): ThresholdPoint => {
    if (edge > 0) {
      cells.truePositive -= tally.positives[edge - 1];
      cells.falseNegative += tally.positives[edge - 1];
      cells.falsePositive -= tally.negatives[edge - 1];
      cells.trueNegative += tally.negatives[edge - 1];
      selected -= tally.predictions[edge - 1];
    }
    return {
      threshold,
      cells: { ...cells },
      recall: share(cells.truePositive, totals.positives),
      falsePositiveRate: share(cells.falsePositive, totals.negatives),
      precision: share(cells.truePositive, cells.truePositive + cells.falsePositive),
      selectionRate: share(selected, scored),
      value: matrix ? valueOfCells(cells, matrix) : null,
    };
  });
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
