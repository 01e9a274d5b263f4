/**
 * Rows with a finite value in a numeric count vector: regular bins, underflow and overflow.
 *
 * @param counts vector in the order of `numericLayout`
 * @param regular number of regular bins
 * @throws RangeError when an entry is negative, NaN or infinite, or the vector is too short
 */
export function finiteTotal(counts: ArrayLike<number>, regular: number): number {
  if (counts.length < regular + 2) {
    throw new RangeError(`a numeric count vector with ${regular} regular bins has at least ${regular + 2} entries`);
  }
  let total = 0;
  for (let i = 0; i < regular + 2; i += 1) {
    if (!(counts[i] >= 0 && counts[i] < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`counts must be finite and not negative; bin ${i} holds ${counts[i]}`);
    }
    total += counts[i];
  }
  return total;
}
