import { NeumaierSum } from '../numerics/neumaier-sum.ts';

/** The power of two just below the largest magnitude: dividing by it is exact and keeps squares from overflowing. */
function scaleOf(values: ArrayLike<number>): number {
  let largest = 0;
  for (let i = 0; i < values.length; i += 1) largest = Math.max(largest, Math.abs(values[i]));
  if (largest === 0) return 1;
  return 2 ** Math.min(1023, Math.max(-1022, Math.floor(Math.log2(largest))));
}

/**
 * Mean and standard deviation (ddof 0) of finite values in two passes, safe from cancellation near 10⁹ and from
 * overflow near 10³⁰⁸. No value gives 0 and 0.
 *
 * @example
 * locationAndSpread([1, 3]); // { mean: 2, std: 1 }
 */
export function locationAndSpread(values: ArrayLike<number>): { mean: number; std: number } {
  const n = values.length;
  if (n === 0) return { mean: 0, std: 0 };
  const scale = scaleOf(values);
  const sum = new NeumaierSum();
  for (let i = 0; i < n; i += 1) sum.add(values[i] / scale);
  const mean = sum.value / n;
  const squares = new NeumaierSum();
  for (let i = 0; i < n; i += 1) {
    const distance = values[i] / scale - mean;
    squares.add(distance * distance);
  }
  return { mean: mean * scale, std: Math.sqrt(squares.value / n) * scale };
}
