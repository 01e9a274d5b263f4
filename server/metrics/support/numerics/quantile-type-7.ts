/**
 * Quantile, type 7: the value below which a share p of a sorted sample lies.
 *
 * Definition: h = (n−1)p, x[⌊h⌋] + (h−⌊h⌋)(x[⌊h⌋+1] − x[⌊h⌋]). NumPy's and R's default and ClickHouse's
 * `quantileExactInclusive`; plain `quantileExact` is another one.
 *
 * @param sorted ascending, finite, at least one value
 * @param probability in [0, 1]
 * @returns a value between the smallest and the largest of the sample
 * @throws RangeError when the sample is empty or the probability is outside [0, 1]
 *
 * Reference: Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566. Cost: O(1).
 *
 * @example
 * quantileType7([1, 2, 3, 4], 0.5); // 2.5
 */
export function quantileType7(sorted: ArrayLike<number>, probability: number): number {
  if (sorted.length === 0) throw new RangeError('a quantile needs at least one value');
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`a probability must lie in [0, 1], got ${probability}`);
  }
  const h = (sorted.length - 1) * probability;
  const index = Math.floor(h);
  const low = sorted[index];
  if (index === h) return low;
  const fraction = h - index;
  const high = sorted[index + 1];
  const step = high - low;
  // The span of two finite doubles can be infinite; the weighted form cannot.
  const value = Number.isFinite(step) ? low + fraction * step : low * (1 - fraction) + high * fraction;
  return Math.min(Math.max(value, low), high);
}
