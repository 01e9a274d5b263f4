import { shuffle } from './shuffle.ts';

/**
 * A random sample of row numbers without replacement, in ascending order; all rows when there are no more than `size`.
 *
 * @param n how many rows there are
 * @param size how many are wanted
 * @param uniform seeded source
 *
 * Cost: O(n) time and memory.
 *
 * @example
 * sampleIndices(1_000_000, 5000, seededRandom(7)).length; // 5000
 */
export function sampleIndices(n: number, size: number, uniform: () => number): Int32Array {
  const indices = Int32Array.from({ length: n }, (_, i) => i);
  if (n <= size) return indices;
  return shuffle(indices, uniform, size).slice(0, size).sort();
}
