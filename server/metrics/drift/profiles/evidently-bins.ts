import { sortedFinite } from '../../support/numerics/sorted-finite.ts';
import { countWithin, equalWidthEdges, sturgesBins } from './equal-width-edges.ts';

/** Counts of both sides in common bins; edges only where bins are intervals. */
export type PairedCounts = { edges: number[] | null; reference: number[]; current: number[] };

const DISTINCT_MAX = 20;

function distinctOf(sorted: Float64Array): number[] {
  return [...new Set(sorted)];
}

function intervalCounts(edges: number[], reference: Float64Array, current: Float64Array): PairedCounts {
  return { edges, reference: countWithin(edges, reference).counts, current: countWithin(edges, current).counts };
}

/**
 * Bins of Evidently for PSI, KL and Jensen-Shannon on a numeric column.
 *
 * More than 20 distinct *reference* values: ⌈log2(n)+1⌉ equal widths over reference and current pooled; otherwise one
 * bin per distinct value of either side. NaN is dropped.
 */
export function evidentlyNumericBins(reference: ArrayLike<number>, current: ArrayLike<number>): PairedCounts {
  const left = sortedFinite(reference);
  const right = sortedFinite(current);
  if (distinctOf(left).length > DISTINCT_MAX) {
    const bins = sturgesBins(left.length + right.length);
    return intervalCounts(equalWidthEdges(...pooledRange(left, right), bins), left, right);
  }
  const values = distinctOf(Float64Array.of(...distinctOf(left), ...distinctOf(right)).sort());
  const count = (sample: Float64Array): number[] => {
    const counts = new Map<number, number>();
    for (const value of sample) counts.set(value, (counts.get(value) ?? 0) + 1);
    return values.map((value) => counts.get(value) ?? 0);
  };
  return { edges: null, reference: count(left), current: count(right) };
}

/** Bins of Evidently for Hellinger: the rule of thumb over the *distinct* pooled values. */
export function evidentlyHellingerBins(reference: ArrayLike<number>, current: ArrayLike<number>): PairedCounts {
  const left = sortedFinite(reference);
  const right = sortedFinite(current);
  const distinct = new Set([...left, ...right]).size;
  return intervalCounts(equalWidthEdges(...pooledRange(left, right), sturgesBins(distinct)), left, right);
}

function pooledRange(left: Float64Array, right: Float64Array): [number, number] {
  if (left.length === 0 || right.length === 0) throw new RangeError('both sides need at least one finite value');
  return [Math.min(left[0], right[0]), Math.max(left[left.length - 1], right[right.length - 1])];
}

/** One bin per category of either side; null is dropped. */
export function evidentlyCategoricalBins(
  reference: readonly (string | null)[],
  current: readonly (string | null)[],
): PairedCounts {
  const sides = [reference, current].map((values) => {
    const counts = new Map<string, number>();
    for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
    return counts;
  });
  const categories = [...new Set([...sides[0].keys(), ...sides[1].keys()])];
  const countsOf = (side: Map<string, number>): number[] => categories.map((category) => side.get(category) ?? 0);
  return { edges: null, reference: countsOf(sides[0]), current: countsOf(sides[1]) };
}

/**
 * Shares with Evidently's zero fill: a zero share becomes 0.0001, or (smallest non-zero share)/10⁶ where that share is
 * 0.0001 or less. Per side, not renormalised.
 */
export function evidentlyFilledShares(counts: readonly number[]): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  const shares = counts.map((count) => count / total);
  const smallest = Math.min(...shares.filter((share) => share > 0));
  const fill = smallest <= 0.0001 ? smallest / 1_000_000 : 0.0001;
  return shares.map((share) => (share === 0 ? fill : share));
}
