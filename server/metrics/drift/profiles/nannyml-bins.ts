import { locationAndSpread } from '../../support/binning/location-and-spread.ts';
import { sortedFinite } from '../../support/numerics/sorted-finite.ts';
import { countWithin, equalWidthEdges } from './equal-width-edges.ts';
import type { PairedCounts } from './evidently-bins.ts';

/**
 * Bins by Doane's rule: 1 + log2 n + log2(1 + |g1|/σ_g1), rounded up; g1 the skewness (ddof 0),
 * σ_g1 = √(6(n−2)/((n+1)(n+3))).
 *
 * Reference: Doane 1976, doi:10.1080/00031305.1976.10479172.
 */
export function doaneBins(sorted: Float64Array): number {
  const n = sorted.length;
  const { mean, std } = locationAndSpread(sorted);
  if (n < 3 || !(std > 0)) return 1;
  let cubes = 0;
  for (const value of sorted) cubes += ((value - mean) / std) ** 3;
  const spread = Math.sqrt((6 * (n - 2)) / ((n + 1) * (n + 3)));
  return Math.ceil(1 + Math.log2(n) + Math.log2(1 + Math.abs(cubes / n) / spread));
}

/**
 * Bins of NannyML for a continuous column: Doane widths on the reference alone; current rows outside form one extra bin
 * whose reference share is 0. NaN is dropped, nothing is smoothed.
 *
 * @throws RangeError when the reference holds no finite value
 */
export function nannymlContinuousBins(reference: ArrayLike<number>, current: ArrayLike<number>): PairedCounts {
  const left = sortedFinite(reference);
  if (left.length === 0) throw new RangeError('the reference needs at least one finite value');
  const edges = equalWidthEdges(left[0], left[left.length - 1], doaneBins(left));
  const inside = countWithin(edges, left);
  const now = countWithin(edges, sortedFinite(current));
  if (now.outside === 0) return { edges, reference: inside.counts, current: now.counts };
  return { edges, reference: [...inside.counts, 0], current: [...now.counts, now.outside] };
}

/** Bins of NannyML for a categorical column: the reference's categories and one left-over bin. */
export function nannymlCategoricalBins(
  reference: readonly (string | null)[],
  current: readonly (string | null)[],
): PairedCounts {
  const counts = new Map<string, [number, number]>();
  for (const value of reference) {
    if (value !== null) counts.set(value, [(counts.get(value)?.[0] ?? 0) + 1, 0]);
  }
  let other = 0;
  for (const value of current) {
    if (value === null) continue;
    const pair = counts.get(value);
    if (pair === undefined) other += 1;
    else pair[1] += 1;
  }
  const pairs = [...counts.values(), ...(other > 0 ? [[0, other]] : [])];
  return { edges: null, reference: pairs.map(([r]) => r), current: pairs.map(([, c]) => c) };
}
