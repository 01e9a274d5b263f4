import { quantileType7 } from '../../support/numerics/quantile-type-7.ts';
import { sortedFinite } from '../../support/numerics/sorted-finite.ts';
import { countWithin, equalWidthEdges, sturgesBins } from './equal-width-edges.ts';
import { hellingerOfShares, jensenShannonOfShares, sharesOf, stabilityIndexOfShares } from './share-divergences.ts';

/** Smallest normal double: Frouros puts it where a share is 0, which is why its PSI reaches the hundreds. */
const SMALLEST_NORMAL = 2.2250738585072014e-308;
const EPSILON = 2 ** -52;
const BINS = 10;

type SharePair = { reference: Float64Array; current: Float64Array };

/** 10 equal widths over the pooled range. */
function pooledShares(reference: Float64Array, current: Float64Array): SharePair {
  const edges = equalWidthEdges(...rangeOf(reference, current), BINS);
  return {
    reference: sharesOf(countWithin(edges, reference).counts),
    current: sharesOf(countWithin(edges, current).counts),
  };
}

function rangeOf(left: Float64Array, right: Float64Array): [number, number] {
  return [Math.min(left[0], right[0]), Math.max(left[left.length - 1], right[right.length - 1])];
}

/** NumPy's `auto` bins: the narrower of Sturges and Freedman-Diaconis, the latter at least half the square-root width. */
function autoBins(sorted: Float64Array): number {
  const range = sorted[sorted.length - 1] - sorted[0];
  if (!(range > 0)) return 1;
  const n = sorted.length;
  const freedman = (2 * (quantileType7(sorted, 0.75) - quantileType7(sorted, 0.25))) / Math.cbrt(n);
  const corrected = Math.max(freedman, range / Math.sqrt(n) / 2);
  return Math.max(sturgesBins(n), Math.ceil(range / corrected));
}

/** Cdf of a histogram, linear inside its bins, at the given points. */
function histogramCdf(sorted: Float64Array, points: readonly number[]): number[] {
  const edges = equalWidthEdges(sorted[0], sorted[sorted.length - 1], autoBins(sorted));
  const { counts } = countWithin(edges, sorted);
  return points.map((x) => {
    let below = 0;
    counts.forEach((count, i) => {
      const part = (x - edges[i]) / (edges[i + 1] - edges[i]);
      below += count * Math.min(1, Math.max(0, part));
    });
    return below / sorted.length;
  });
}

/** Jensen-Shannon distance of Frouros: smoothed cdfs differenced over 9 intervals of the pooled range, natural log. */
function smoothedJensenShannon(reference: Float64Array, current: Float64Array): number {
  const points = equalWidthEdges(...rangeOf(reference, current), BINS - 1);
  const steps = (sorted: Float64Array): Float64Array => {
    const cdf = histogramCdf(sorted, points);
    return Float64Array.from({ length: BINS - 1 }, (_, i) => cdf[i + 1] - cdf[i]);
  };
  return jensenShannonOfShares(steps(reference), steps(current), 'e');
}

/** Frouros' binned distances of two numeric columns. */
export type FrourosDistances = {
  populationStabilityIndex: number;
  hellinger: number;
  jensenShannon: number;
  bhattacharyya: number;
  histogramIntersectionComplement: number;
};

/**
 * Distances of Frouros on two numeric columns: PSI with the smallest normal double in empty bins, Hellinger,
 * Bhattacharyya −ln Σ√((p + 2⁻⁵²)(q + 2⁻⁵²)), complement of the histogram intersection, smoothed Jensen-Shannon.
 * Its Wasserstein and energy distances are those of every profile (`wassersteinDistanceOf`, `energyDistanceOf`).
 *
 * @returns null when a side holds no finite value
 */
export function frourosDistances(reference: ArrayLike<number>, current: ArrayLike<number>): FrourosDistances | null {
  const left = sortedFinite(reference);
  const right = sortedFinite(current);
  if (left.length === 0 || right.length === 0) return null;
  const shares = pooledShares(left, right);
  const filled = (side: Float64Array): Float64Array => side.map((share) => (share === 0 ? SMALLEST_NORMAL : share));
  let affinity = 0;
  let shared = 0;
  shares.reference.forEach((p, i) => {
    affinity += Math.sqrt((p + EPSILON) * (shares.current[i] + EPSILON));
    shared += Math.min(p, shares.current[i]);
  });
  return {
    populationStabilityIndex: stabilityIndexOfShares(filled(shares.reference), filled(shares.current)),
    hellinger: hellingerOfShares(shares.reference, shares.current),
    jensenShannon: smoothedJensenShannon(left, right),
    bhattacharyya: -Math.log(affinity),
    histogramIntersectionComplement: 1 - shared,
  };
}
