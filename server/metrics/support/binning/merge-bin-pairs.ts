/**
 * Merge neighbouring regular bins in pairs: 20 → 10 → 5, without reading a row again.
 *
 * A small window cannot fill 20 bins; half as many bins halve the noise floor. Bins 0+1, 2+3, … become one, an odd last
 * bin stays alone; everything behind the regular bins (underflow, overflow, missing, nonFinite, counters) is kept.
 *
 * @param counts count vector of a numeric feature
 * @param regular how many leading entries are regular bins
 * @returns a new vector of length ⌈regular/2⌉ + (counts.length − regular)
 *
 * Cost: O(bins).
 *
 * @example
 * mergeBinPairs([1, 2, 3, 9, 9], 3); // [3, 3, 9, 9]
 */
export function mergeBinPairs(counts: ArrayLike<number>, regular: number): Float64Array {
  const half = Math.ceil(regular / 2);
  const merged = new Float64Array(half + counts.length - regular);
  for (let i = 0; i < regular; i += 1) merged[i >> 1] += counts[i];
  for (let i = regular; i < counts.length; i += 1) merged[half + i - regular] = counts[i];
  return merged;
}

/**
 * The edges that belong to the merged bins: every second one, and always the last.
 *
 * @example
 * mergeEdgePairs([0, 1, 2, 3]); // [0, 2, 3]
 */
export function mergeEdgePairs(edges: readonly number[]): number[] {
  return edges.filter((_, i) => i % 2 === 0 || i === edges.length - 1);
}
