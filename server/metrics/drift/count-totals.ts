/**
 * Sum of a count vector, refusing what is no count.
 *
 * @throws RangeError when an entry is negative, NaN or infinite
 */
export function totalOf(counts: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < counts.length; i += 1) {
    if (!(counts[i] >= 0 && counts[i] < Number.POSITIVE_INFINITY)) {
      throw new RangeError(`counts must be finite and not negative; bin ${i} holds ${counts[i]}`);
    }
    total += counts[i];
  }
  return total;
}

/** K: bins with at least one row on either side. */
export function occupiedBins(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  let occupied = 0;
  for (let i = 0; i < reference.length; i += 1) if (reference[i] > 0 || current[i] > 0) occupied += 1;
  return occupied;
}

/** @throws RangeError when two count vectors do not belong to the same binning */
export function requireSameBins(reference: ArrayLike<number>, current: ArrayLike<number>): void {
  if (reference.length !== current.length) {
    throw new RangeError(
      `both count vectors must have the bins of one binning: the reference has ${reference.length}, the window ${current.length}`,
    );
  }
}
