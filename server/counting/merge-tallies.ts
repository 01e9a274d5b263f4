import type { BinningSet } from '../domain/reference.ts';
import type { FeatureTally } from '../domain/binning.ts';
import type { FeatureCounts } from '../domain/tally-counts.ts';
import { countLayout } from './count-layout.ts';
import type { FeatureTallyRow } from './prediction-fold.ts';

/** Sum of tally rows of the same binning set; the whole equals the fold of all their rows together. */
export function mergeFeatureRows(rows: readonly FeatureTallyRow[]): FeatureCounts | null {
  const [first] = rows;
  if (first === undefined) return null;
  const total = {
    n: 0,
    counts: new Float64Array(first.counts.length),
    sums: new Float64Array(first.sums.length),
    minima: new Float64Array(first.minima.length).fill(Infinity),
    maxima: new Float64Array(first.maxima.length).fill(-Infinity),
  };
  for (const row of rows) {
    total.n += row.n;
    row.counts.forEach((n, i) => (total.counts[i] += n));
    row.sums.forEach((x, i) => (total.sums[i] += x));
    row.minima.forEach((x, i) => (total.minima[i] = Math.min(total.minima[i], x)));
    row.maxima.forEach((x, i) => (total.maxima[i] = Math.max(total.maxima[i], x)));
  }
  const finiteOrNull = (x: number): number | null => (Number.isFinite(x) ? x : null);
  return {
    n: total.n,
    counts: [...total.counts],
    sums: [...total.sums],
    minima: Array.from(total.minima, finiteOrNull),
    maxima: Array.from(total.maxima, finiteOrNull),
  };
}

/** One feature out of the flat vectors. @throws when the counts were made with other bins */
export function featureTally(set: BinningSet, index: number, counts: FeatureCounts): FeatureTally {
  const layout = countLayout(set);
  if (counts.counts.length !== layout.size) {
    throw new Error(`counts have ${counts.counts.length} entries, the bins of ${set.referenceId} need ${layout.size}`);
  }
  const { binning } = set.features[index];
  const slot = layout.momentSlots[index];
  const own = Float64Array.from(counts.counts.slice(layout.offsets[index], layout.offsets[index + 1]));
  if (binning.kind === 'categorical' || slot < 0) return { binning, counts: own, moments: null };
  const regular = Math.max(0, binning.edges.length - 1);
  let n = 0;
  for (let i = 0; i < regular + 2; i++) n += own[i];
  return {
    binning,
    counts: own,
    moments: {
      n,
      sum: counts.sums[2 * slot] ?? 0,
      sumSquares: counts.sums[2 * slot + 1] ?? 0,
      min: counts.minima[slot] ?? Infinity,
      max: counts.maxima[slot] ?? -Infinity,
    },
  };
}
