/**
 * The finite values of an array in ascending order, −0 made 0 so that both count as one value. A copy.
 *
 * @example
 * sortedFinite([3, Number.NaN, 1]); // Float64Array [1, 3]
 */
export function sortedFinite(values: ArrayLike<number>): Float64Array {
  const finite = new Float64Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i += 1) {
    if (Number.isFinite(values[i])) {
      finite[n] = values[i] + 0;
      n += 1;
    }
  }
  return finite.subarray(0, n).sort();
}
