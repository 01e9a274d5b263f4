import type { ModelDefinition } from '../domain/model.ts';
import { binIndex } from '../metrics/support/binning/bin-index.ts';

/** Marks rows without a score. */
export const noScoreBin = 65_535;

export const probabilityBins = 200;

/** Edges i/200: a threshold with two decimals, or any multiple of 0.005, lies on an edge and is exact. */
export const probabilityEdges: Float64Array = Float64Array.from(
  { length: probabilityBins + 1 },
  (_, i) => i / probabilityBins,
);

/**
 * How scores become bins in the tallies of outcomes. `id` is part of the tallies' key, so that counts of different
 * edges never mix: `probability_200`, `reference:<id>` for unbounded scores, `unscored` while there are no edges.
 */
export type ScoreBinning = { id: string; edges: Float64Array | null };

export function scoreBinningOf(
  model: ModelDefinition,
  reference: { id: string; scoreEdges: number[] | null } | null,
): ScoreBinning {
  if (model.task === 'binary' && model.scoreScale === 'probability')
    return { id: 'probability_200', edges: probabilityEdges };
  if (model.task === 'binary' && reference?.scoreEdges) {
    return { id: `reference:${reference.id}`, edges: Float64Array.from(reference.scoreEdges) };
  }
  return { id: 'unscored', edges: null };
}

/** Bin of a score; values outside the edges count in the outermost bins, since only their order matters here. */
export function scoreBin(binning: ScoreBinning, score: number): number {
  const { edges } = binning;
  if (edges === null || Number.isNaN(score)) return noScoreBin;
  const last = edges.length - 2;
  const index = binIndex(edges, score);
  return index < 0 ? 0 : index > last ? last : index;
}

/** The decision that counts: the logged label, else the score against the threshold; empty when there is neither. */
export function predictedLabel(model: ModelDefinition, label: string | null, score: number): string {
  if (label !== null) return label;
  if (model.task !== 'binary' || Number.isNaN(score)) return '';
  return score >= model.threshold ? model.positiveLabel : model.negativeLabel;
}
