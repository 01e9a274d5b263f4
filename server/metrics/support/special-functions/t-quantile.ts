import quantile from '@stdlib/stats-base-dists-t-quantile';

/**
 * Student's t quantile: which t has probability p below it? The multiplier of every mean interval.
 *
 * @param probability in [0, 1]
 * @param degreesOfFreedom > 0, need not be whole
 * @returns t
 * @throws RangeError when the probability is outside [0, 1] or the degrees of freedom are not above 0
 *
 * Reference: Hill 1970, doi:10.1145/355598.355600. Accuracy 3·10⁻¹⁶ relative. Cost: about 10 µs.
 *
 * @example
 * tQuantile(0.975, 10); // 2.228
 */
export function tQuantile(probability: number, degreesOfFreedom: number): number {
  if (!(probability >= 0 && probability <= 1)) {
    throw new RangeError(`a probability must lie in [0, 1], got ${probability}`);
  }
  if (!(degreesOfFreedom > 0)) throw new RangeError(`degrees of freedom must be above 0, got ${degreesOfFreedom}`);
  return quantile(probability, degreesOfFreedom);
}
