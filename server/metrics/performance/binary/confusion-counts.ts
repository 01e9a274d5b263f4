import type { BinaryTally, ConfusionCounts } from '../../../domain/outcome-tally.ts';

/** Two doubles that name the same edge may differ by how they were written: 0.57 and 114/200. */
const EDGE_SLACK = 1e-9;

/** All labelled rows of the four cells. */
export function confusionTotal(cells: ConfusionCounts): number {
  return cells.truePositive + cells.falsePositive + cells.falseNegative + cells.trueNegative;
}

/**
 * Confusion counts at a score-bin edge: what would the four cells be with another threshold?
 *
 * Definition: a row is decided positive when score ≥ threshold. Exact, because bins are left-closed at their edges.
 *
 * @param tally score bins by label
 * @param threshold one of `tally.scoreEdges`
 * @throws RangeError when the threshold is no edge, naming the two nearest edges
 *
 * Cost: O(bins).
 *
 * @example
 * confusionAtThreshold(tally, 0.7); // { truePositive: 1, falsePositive: 2, falseNegative: 4, trueNegative: 3 }
 */
export function confusionAtThreshold(tally: BinaryTally, threshold: number): ConfusionCounts {
  const firstPositiveBin = edgeIndex(tally.scoreEdges, threshold);
  const cells = { truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 };
  for (let bin = 0; bin < tally.positives.length; bin += 1) {
    if (bin >= firstPositiveBin) {
      cells.truePositive += tally.positives[bin];
      cells.falsePositive += tally.negatives[bin];
    } else {
      cells.falseNegative += tally.positives[bin];
      cells.trueNegative += tally.negatives[bin];
    }
  }
  return cells;
}

/** The logged decision's cells, or those at `threshold`. */
export function confusionOf(tally: BinaryTally, threshold: number | undefined): ConfusionCounts {
  return threshold === undefined ? tally.confusion : confusionAtThreshold(tally, threshold);
}

/** Position of a threshold among the edges. */
export function edgeIndex(edges: ArrayLike<number>, threshold: number): number {
  let above = 0;
  while (above < edges.length && edges[above] < threshold) above += 1;
  const slack = EDGE_SLACK * Math.max(1, Math.abs(threshold));
  if (above < edges.length && Math.abs(edges[above] - threshold) <= slack) return above;
  if (above > 0 && Math.abs(edges[above - 1] - threshold) <= slack) return above - 1;
  const nearest = [edges[above - 1], edges[above]].filter((edge) => edge !== undefined);
  throw new RangeError(
    `threshold ${threshold} is no edge of the score bins, so its counts are unknown; take ${nearest.join(' or ')}`,
  );
}
