import type { Binning } from '../../server/domain/binning.ts';
import type { ModelDefinition } from '../../server/domain/model.ts';
import type { BinningSet } from '../../server/domain/reference.ts';
import type { PlainPrediction } from './prediction-segment.ts';

/** Counts by the text of their key: (segment, minute, version) → feature → place in the layout of its binning. */
export type BruteForceTallies = Map<string, { n: number; features: Map<string, number[]> }>;

/**
 * The oracle of the fold: one row after the other, one feature after the other, every bin found by looking at all
 * edges. Shares no code with the fold but the order of counters that `domain/binning.ts` describes.
 */
export function bruteForceTallies(
  rows: readonly PlainPrediction[],
  model: ModelDefinition,
  set: BinningSet,
): BruteForceTallies {
  const tallies: BruteForceTallies = new Map();
  for (const row of rows) {
    if (row.model !== model.id) continue;
    for (const segment of ['', ...segmentsOf(row, model)]) {
      const key = JSON.stringify([segment, Math.floor(row.occurredAt / 60_000) * 60_000, row.version]);
      const tally = tallies.get(key) ?? { n: 0, features: new Map<string, number[]>() };
      tallies.set(key, tally);
      tally.n++;
      for (const { feature, binning } of set.features) {
        const counts = tally.features.get(feature) ?? emptyCounts(binning);
        tally.features.set(feature, counts);
        for (const place of placesOf(row, model, feature, binning)) counts[place]++;
      }
    }
  }
  return tallies;
}

function segmentsOf(row: PlainPrediction, model: ModelDefinition): string[] {
  const escape = (text: string): string => text.replaceAll('%', '%25').replaceAll('=', '%3D').replaceAll('|', '%7C');
  return row.segments.flatMap((value, i) => (value === null ? [] : [`${escape(model.segments[i])}=${escape(value)}`]));
}

function emptyCounts(binning: Binning): number[] {
  const length = binning.kind === 'numeric' ? Math.max(0, binning.edges.length - 1) + 5 : binning.categories.length + 4;
  return Array.from({ length }, () => 0);
}

function placesOf(row: PlainPrediction, model: ModelDefinition, feature: string, binning: Binning): number[] {
  const definition = model.features.find((f) => f.name === feature);
  const ordinal = definition?.ordinal ?? -1;
  const isMismatched = row.mismatched.includes(ordinal);
  if (binning.kind === 'numeric') {
    const x =
      feature === '$score' ? row.score : feature === '$value' ? row.value : row.numeric[definition?.position ?? -1];
    return numericPlaces(binning.edges, x ?? Number.NaN, { isLogged: row.nonFinite.includes(ordinal), isMismatched });
  }
  const text = feature === '$label' ? row.label : (row.categorical[definition?.position ?? -1] ?? null);
  const { categories, known } = binning;
  const [other, missing, unseen, mismatch] = [0, 1, 2, 3].map((k) => categories.length + k);
  if (text === null) return isMismatched ? [missing, mismatch] : [missing];
  if (categories.includes(text)) return [categories.indexOf(text)];
  return known.includes(text) ? [other] : [other, unseen];
}

function numericPlaces(
  edges: readonly number[],
  x: number,
  flags: { isLogged: boolean; isMismatched: boolean },
): number[] {
  const regular = Math.max(0, edges.length - 1);
  const [underflow, overflow, missing, nonFinite, mismatch] = [0, 1, 2, 3, 4].map((k) => regular + k);
  if (!Number.isFinite(x)) {
    if (!Number.isNaN(x) || flags.isLogged) return [nonFinite];
    return flags.isMismatched ? [missing, mismatch] : [missing];
  }
  for (let i = 0; i < regular; i++) {
    const isLast = i === regular - 1;
    if (x >= edges[i] && (isLast ? x <= edges[i + 1] : x < edges[i + 1])) return [i];
  }
  return [edges.length > 0 && x < edges[0] ? underflow : overflow];
}
