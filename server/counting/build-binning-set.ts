import type { CategoricalBinning, NumericBinning } from '../domain/binning.ts';
import type { ModelDefinition } from '../domain/model.ts';
import { type BinningSet, type FeatureBinning, labelFeature, scoreFeature, valueFeature } from '../domain/reference.ts';
import { categoricalBinningFromCounts } from '../metrics/support/binning/categorical-binning.ts';
import { numericBinning } from '../metrics/support/binning/numeric-binning.ts';
import type { DecodedSegment } from './decode-segment.ts';
import { probabilityBins, probabilityEdges } from './score-binning.ts';

/**
 * Freezes bins from the rows of a reference: every feature of the model and the prediction itself.
 * Features without a single value in the reference get no bins: nothing could be compared with them.
 */
export function buildBinningSet(referenceId: string, model: ModelDefinition, rows: DecodedSegment): BinningSet {
  const features: FeatureBinning[] = [];
  for (const feature of model.features) {
    const binning =
      feature.kind === 'numeric'
        ? numeric(numericValues(rows, feature.position))
        : categorical(categoryCounts(rows, feature.position));
    if (binning !== null) features.push({ feature: feature.name, binning });
  }
  const score = numeric(finite(rows.frames.flatMap((frame) => [...frame.score])));
  const value = numeric(finite(rows.frames.flatMap((frame) => [...frame.value])));
  const label = categorical(labelCounts(rows));
  if (score !== null) features.push({ feature: scoreFeature, binning: score });
  if (label !== null) features.push({ feature: labelFeature, binning: label });
  if (value !== null) features.push({ feature: valueFeature, binning: value });
  return { referenceId, model: model.id, features, scoreEdges: scoreEdges(model, rows) };
}

function numeric(values: Float64Array): NumericBinning | null {
  return values.length === 0 ? null : numericBinning(values);
}

function categorical(counts: Map<string, number>): CategoricalBinning | null {
  return counts.size === 0 ? null : categoricalBinningFromCounts(counts);
}

function finite(values: ArrayLike<number>): Float64Array {
  return Float64Array.from(values).filter(Number.isFinite);
}

function numericValues(rows: DecodedSegment, position: number): Float64Array {
  const values: number[] = [];
  for (const { rows: n, numeric: list } of rows.frames) {
    for (let i = 0; i < n; i++) {
      const at = list.offsets[i] + position;
      if (at < list.offsets[i + 1]) values.push(list.values[at]);
    }
  }
  return finite(values);
}

function categoryCounts(rows: DecodedSegment, position: number): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { rows: n, categorical: list } of rows.frames) {
    for (let i = 0; i < n; i++) {
      const at = list.offsets[i] + position;
      if (at < list.offsets[i + 1]) countCode(counts, rows, list.codes[at]);
    }
  }
  return counts;
}

function labelCounts(rows: DecodedSegment): Map<string, number> {
  const counts = new Map<string, number>();
  for (const frame of rows.frames) for (const code of frame.label) countCode(counts, rows, code);
  return counts;
}

function countCode(counts: Map<string, number>, rows: DecodedSegment, code: number): void {
  if (code >= 0) counts.set(rows.dictionary[code], (counts.get(rows.dictionary[code]) ?? 0) + 1);
}

function scoreEdges(model: ModelDefinition, rows: DecodedSegment): number[] | null {
  if (model.task !== 'binary') return null;
  if (model.scoreScale === 'probability') return [...probabilityEdges];
  const scores = finite(rows.frames.flatMap((frame) => [...frame.score]));
  return scores.length === 0 ? null : numericBinning(scores, { bins: probabilityBins }).edges;
}
