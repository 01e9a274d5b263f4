import type { BinaryTally, ConfusionCounts } from '../../domain/outcome-tally.ts';
import { confusionOf, confusionTotal, edgeIndex } from '../performance/binary/confusion-counts.ts';

export type FairnessRateId =
  | 'selection_rate'
  | 'true_positive_rate'
  | 'false_positive_rate'
  | 'false_negative_rate'
  | 'precision'
  | 'false_omission_rate'
  | 'false_discovery_rate'
  | 'accuracy';

/** A rate as counts; `rows` are the rows of the group that it was drawn from. */
export type GroupCounts = { numerator: number; denominator: number; rows: number };

/** Whether the rate needs labels, and how it is counted. */
export type FairnessRate = {
  needsLabels: boolean;
  count: (tally: BinaryTally, threshold: number | undefined) => GroupCounts;
};

/**
 * The rates that groups are compared by. The share of positive decisions needs no label and sees every prediction; the
 * others are shares of the four cells.
 */
export const fairnessRates: Readonly<Record<FairnessRateId, FairnessRate>> = {
  selection_rate: { needsLabels: false, count: countSelected },
  true_positive_rate: ofCells(
    (c) => c.truePositive,
    (c) => c.truePositive + c.falseNegative,
  ),
  false_positive_rate: ofCells(
    (c) => c.falsePositive,
    (c) => c.falsePositive + c.trueNegative,
  ),
  false_negative_rate: ofCells(
    (c) => c.falseNegative,
    (c) => c.truePositive + c.falseNegative,
  ),
  precision: ofCells(
    (c) => c.truePositive,
    (c) => c.truePositive + c.falsePositive,
  ),
  false_omission_rate: ofCells(
    (c) => c.falseNegative,
    (c) => c.falseNegative + c.trueNegative,
  ),
  false_discovery_rate: ofCells(
    (c) => c.falsePositive,
    (c) => c.truePositive + c.falsePositive,
  ),
  accuracy: ofCells((c) => c.truePositive + c.trueNegative, confusionTotal),
};

function ofCells(
  numerator: (cells: ConfusionCounts) => number,
  denominator: (cells: ConfusionCounts) => number,
): FairnessRate {
  return {
    needsLabels: true,
    count: (tally, threshold) => {
      const cells = confusionOf(tally, threshold);
      return { numerator: numerator(cells), denominator: denominator(cells), rows: confusionTotal(cells) };
    },
  };
}

function countSelected(tally: BinaryTally, threshold: number | undefined): GroupCounts {
  if (threshold === undefined) {
    return { numerator: tally.decidedPositive, denominator: tally.decided, rows: tally.decided };
  }
  const firstPositiveBin = edgeIndex(tally.scoreEdges, threshold);
  let scored = 0;
  let selected = 0;
  tally.predictions.forEach((count, bin) => {
    scored += count;
    if (bin >= firstPositiveBin) selected += count;
  });
  return { numerator: selected, denominator: scored, rows: scored };
}
