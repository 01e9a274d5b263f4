/**
 * The predicted class of a row of class scores: the largest, the lowest index on ties, so that two implementations
 * agree. A label that was logged takes precedence over this rule.
 *
 * @param scores one per class, no NaN
 * @returns index of the class
 * @throws RangeError when there is no class
 *
 * @example
 * argmaxLabel([0.3, 0.4, 0.4]); // 1
 */
export function argmaxLabel(scores: ArrayLike<number>): number {
  if (scores.length === 0) throw new RangeError('a prediction needs the score of at least one class');
  let best = 0;
  for (let label = 1; label < scores.length; label += 1) if (scores[label] > scores[best]) best = label;
  return best;
}
