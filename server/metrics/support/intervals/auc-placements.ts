import { ascendingOrder } from './ascending-order.ts';

/** Scores and 0/1 labels of the same rows, index by index. */
export type ScoredRows = { scores: ArrayLike<number>; labels: ArrayLike<number> };

/** The two AUC components of every row, apart by class, in row order. */
export type AucPlacements = {
  /** Per positive row: share of negatives with a lower score, ties ½. */
  positive: Float64Array;
  /** Per negative row: share of positives with a higher score, ties ½. */
  negative: Float64Array;
};

/**
 * Placements: where does each row stand among the rows of the other class?
 *
 * The mean of either list is the ROC AUC; their variances give DeLong's standard error. Sorting once and walking the
 * tied runs costs O(n log n) instead of the P·N pairs of the definition.
 *
 * @param rows finite scores; label 1 is positive, anything else negative
 * @returns empty lists for a class without rows; the other class's placements are then NaN-free zeros
 *
 * Reference: Sun & Xu 2014, doi:10.1109/LSP.2014.2337313.
 */
export function aucPlacements(rows: ScoredRows): AucPlacements {
  const { scores, labels } = rows;
  const order = ascendingOrder(scores);
  let positives = 0;
  for (let i = 0; i < labels.length; i += 1) if (labels[i] === 1) positives += 1;
  const negatives = scores.length - positives;
  const placementByRow = new Float64Array(scores.length);
  let positivesBelow = 0;
  let negativesBelow = 0;
  for (let start = 0; start < order.length;) {
    let end = start;
    let tiedPositives = 0;
    for (; end < order.length && scores[order[end]] === scores[order[start]]; end += 1) {
      if (labels[order[end]] === 1) tiedPositives += 1;
    }
    const tiedNegatives = end - start - tiedPositives;
    const ofPositive = negatives === 0 ? 0 : (negativesBelow + tiedNegatives / 2) / negatives;
    const ofNegative = positives === 0 ? 0 : (positives - positivesBelow - tiedPositives / 2) / positives;
    for (let k = start; k < end; k += 1) {
      placementByRow[order[k]] = labels[order[k]] === 1 ? ofPositive : ofNegative;
    }
    positivesBelow += tiedPositives;
    negativesBelow += tiedNegatives;
    start = end;
  }
  return splitByClass(placementByRow, labels, positives);
}

function splitByClass(placementByRow: Float64Array, labels: ArrayLike<number>, positives: number): AucPlacements {
  const positive = new Float64Array(positives);
  const negative = new Float64Array(placementByRow.length - positives);
  let nextPositive = 0;
  let nextNegative = 0;
  for (let i = 0; i < placementByRow.length; i += 1) {
    if (labels[i] === 1) positive[nextPositive++] = placementByRow[i];
    else negative[nextNegative++] = placementByRow[i];
  }
  return { positive, negative };
}
