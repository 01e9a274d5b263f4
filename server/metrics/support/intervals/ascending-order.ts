/**
 * Row numbers by ascending score.
 *
 * NaN has no place in an order: it would break the sort and never equal itself, so it is refused instead of skipped.
 *
 * @param scores no NaN; infinities are in order like any number
 * @throws RangeError naming the first row whose score is NaN
 *
 * Cost: O(n log n).
 */
export function ascendingOrder(scores: ArrayLike<number>): Uint32Array {
  for (let row = 0; row < scores.length; row += 1) {
    if (Number.isNaN(scores[row])) {
      throw new RangeError(
        `row ${row} has the score NaN; leave rows without a score out before asking for this metric`,
      );
    }
  }
  return Uint32Array.from({ length: scores.length }, (_, row) => row).sort((a, b) =>
    scores[a] < scores[b] ? -1 : scores[a] > scores[b] ? 1 : a - b,
  );
}
