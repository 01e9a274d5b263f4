import type { NumericBinning } from '../../../domain/binning.ts';
import { quantileType7 } from '../numerics/quantile-type-7.ts';
import { sortedFinite } from '../numerics/sorted-finite.ts';
import { locationAndSpread } from './location-and-spread.ts';
import { nextUp } from './next-up.ts';

/** Regular bins of a numeric feature unless said otherwise. */
export const NUMERIC_BINS_DEFAULT = 20;

/** Distinct values of a sorted array, or null as soon as there are more than `limit`. */
function distinctUpTo(sorted: Float64Array, limit: number): number[] | null {
  const distinct: number[] = [];
  for (const value of sorted) {
    if (distinct.length > 0 && distinct[distinct.length - 1] === value) continue;
    if (distinct.length === limit) return null;
    distinct.push(value);
  }
  return distinct;
}

function midpoint(low: number, high: number): number {
  const sum = low + high;
  const middle = Number.isFinite(sum) ? sum / 2 : low / 2 + high / 2;
  // Between neighbouring doubles there is no middle: the edge is then the upper value, which its own bin includes.
  return middle > low ? middle : high;
}

/** One bin per distinct value: edges at midpoints, outer edges at the smallest and the largest value. */
function edgesBetween(distinct: readonly number[]): number[] {
  const first = distinct[0];
  const last = distinct[distinct.length - 1];
  const interior = distinct.slice(1).map((value, i) => midpoint(distinct[i], value));
  return [first, ...interior, last];
}

/** Quantiles without duplicates; a value that repeats among them holds 1/bins of the rows and gets a bin of its own. */
function quantileEdges(sorted: Float64Array, bins: number): number[] {
  const maximum = sorted[sorted.length - 1];
  const edges = [sorted[0]];
  let previous = sorted[0];
  for (let i = 1; i <= bins; i += 1) {
    const quantile = quantileType7(sorted, i / bins);
    const last = edges[edges.length - 1];
    const isAtom = quantile === previous && quantile === last && quantile < maximum;
    if (isAtom) edges.push(nextUp(quantile));
    else if (quantile > last) edges.push(quantile);
    previous = quantile;
  }
  return edges;
}

/**
 * Binning of a numeric feature or score, frozen from its reference: where do 20 equal shares of the rows end?
 *
 * Definition (`reference_quantile_20`), from the finite reference values:
 * 1. no value: no edges (`insufficient_evidence` for every metric on it); one value v: edges `[v, v]`;
 * 2. at most `bins` distinct values: edges at the midpoints of neighbours, the outer ones at minimum and maximum, so
 *    that each value has its own bin (a 0/1 column keeps two);
 * 3. otherwise type 7 quantiles at 0, 1/bins, …, 1 without duplicates; a value v that repeats among them and is not
 *    the maximum is an atom of about 1/bins of the rows or more: the next double above v becomes an edge too, so that
 *    the bin `[v, nextUp(v))` holds the atom alone.
 *
 * Computed once per reference version, stored, and never recomputed from current data: moving bins would make a
 * drift series incomparable.
 *
 * @param values reference values; NaN and infinities are left out
 * @param options.bins whole number ≥ 2, 20 unless said
 * @returns edges with the mean (`center`), standard deviation (ddof 0), minimum and maximum of the finite values
 * @throws RangeError when `bins` is not a whole number of at least 2
 *
 * Reference: Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566, for the quantiles. Cost: O(n log n), one copy.
 *
 * @example
 * numericBinning([0, 0, 1, 1, 1]).edges; // [0, 0.5, 1]
 */
export function numericBinning(values: ArrayLike<number>, options: { bins?: number } = {}): NumericBinning {
  const bins = options.bins ?? NUMERIC_BINS_DEFAULT;
  if (!Number.isInteger(bins) || bins < 2)
    throw new RangeError(`bins must be a whole number of at least 2, got ${bins}`);
  const sorted = sortedFinite(values);
  const method = `reference_quantile_${bins}`;
  if (sorted.length === 0) return { kind: 'numeric', edges: [], center: 0, std: 0, min: 0, max: 0, method };
  const distinct = distinctUpTo(sorted, bins);
  const { mean, std } = locationAndSpread(sorted);
  return {
    kind: 'numeric',
    edges: distinct === null ? quantileEdges(sorted, bins) : edgesBetween(distinct),
    center: mean,
    std,
    min: sorted[0],
    max: sorted[sorted.length - 1],
    method,
  };
}
