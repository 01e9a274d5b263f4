import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { ScoredRows } from '../../support/intervals/auc-placements.ts';
import { ascendingOrder } from '../../support/intervals/ascending-order.ts';

/**
 * Labelled rows grouped by score, ascending: one group per score bin, or one per distinct score when rows are in hand.
 * The curve statistics (ROC AUC, average precision, calibration) see a group as tied rows, so one algorithm serves both.
 */
export type ScoreGroups = {
  positives: Float64Array;
  negatives: Float64Array;
  /** Mean score of the labelled rows of each group. */
  meanScores: Float64Array;
};

/** Groups of a tally: its score bins with at least one labelled row. */
export function scoreGroupsOfTally(tally: BinaryTally): ScoreGroups {
  const occupied = [...tally.positives.keys()].filter((bin) => tally.positives[bin] + tally.negatives[bin] > 0);
  return {
    positives: Float64Array.from(occupied, (bin) => tally.positives[bin]),
    negatives: Float64Array.from(occupied, (bin) => tally.negatives[bin]),
    meanScores: Float64Array.from(
      occupied,
      (bin) => tally.labelledScoreSums[bin] / (tally.positives[bin] + tally.negatives[bin]),
    ),
  };
}

/** Groups of rows in hand: one per distinct score. Finite scores; label 1 is positive, anything else negative. */
export function scoreGroupsOfRows(rows: ScoredRows): ScoreGroups {
  const { scores, labels } = rows;
  const order = ascendingOrder(scores);
  const positives: number[] = [];
  const negatives: number[] = [];
  const meanScores: number[] = [];
  for (const row of order) {
    const last = meanScores.length - 1;
    if (last < 0 || meanScores[last] !== scores[row]) {
      meanScores.push(scores[row]);
      positives.push(0);
      negatives.push(0);
    }
    const group = meanScores.length - 1;
    if (labels[row] === 1) positives[group] += 1;
    else negatives[group] += 1;
  }
  return {
    positives: Float64Array.from(positives),
    negatives: Float64Array.from(negatives),
    meanScores: Float64Array.from(meanScores),
  };
}

/** P and N. */
export function classTotals(groups: { positives: ArrayLike<number>; negatives: ArrayLike<number> }): {
  positives: number;
  negatives: number;
} {
  let positives = 0;
  let negatives = 0;
  for (let group = 0; group < groups.positives.length; group += 1) {
    positives += groups.positives[group];
    negatives += groups.negatives[group];
  }
  return { positives, negatives };
}
