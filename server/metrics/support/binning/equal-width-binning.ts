import type { NumericBinning } from '../../../domain/binning.ts';
import { locationAndSpread } from './location-and-spread.ts';

/** Bins of a probability: fine enough that AUC and calibration from counts are off by 10⁻⁵ only. */
export const PROBABILITY_BINS_DEFAULT = 200;

export type EqualWidthOptions = {
  /** 200 unless said. */
  bins?: number;
  /** 0 unless said. */
  lower?: number;
  /** 1 unless said. */
  upper?: number;
  /** Reference values, for `center`, `std`, `min` and `max`; without them the middle of the range and its ends. */
  reference?: ArrayLike<number>;
};

/**
 * Equal-width binning: the same range for everybody, `bins` bins of the same width on [lower, upper].
 *
 * For probabilities, where thresholds and calibration need edges at round numbers: edge i is lower + i·width with one
 * rounding, so that 0.29 on [0, 1] is an edge of 200 bins and not its neighbour.
 *
 * @returns edges with the same meaning as those of `numericBinning`
 * @throws RangeError when `bins` is not a whole number ≥ 1 or the range is empty
 *
 * Cost: O(bins), plus O(n) for the reference.
 *
 * @example
 * equalWidthBinning({ bins: 4 }).edges; // [0, 0.25, 0.5, 0.75, 1]
 */
export function equalWidthBinning(options: EqualWidthOptions = {}): NumericBinning {
  const { bins = PROBABILITY_BINS_DEFAULT, lower = 0, upper = 1, reference } = options;
  if (!Number.isInteger(bins) || bins < 1)
    throw new RangeError(`bins must be a whole number of at least 1, got ${bins}`);
  if (!(Number.isFinite(lower) && Number.isFinite(upper) && lower < upper)) {
    throw new RangeError(`the range must be finite and not empty, got [${lower}, ${upper}]`);
  }
  const edges = Array.from({ length: bins + 1 }, (_, i) => (i === bins ? upper : lower + (i * (upper - lower)) / bins));
  const method = `equal_width_${bins}`;
  const finite = reference === undefined ? [] : Array.from(reference).filter((value) => Number.isFinite(value));
  if (finite.length === 0) {
    return { kind: 'numeric', edges, center: lower + (upper - lower) / 2, std: 0, min: lower, max: upper, method };
  }
  const { mean, std } = locationAndSpread(finite);
  let min = finite[0];
  let max = finite[0];
  for (const value of finite) {
    min = Math.min(min, value);
    max = Math.max(max, value);
  }
  return { kind: 'numeric', edges, center: mean, std, min, max, method };
}
