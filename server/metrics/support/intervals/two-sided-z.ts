import { normalQuantile } from '../special-functions/normal-quantile.ts';

/** Every interval is two-sided at this level unless a caller says otherwise. */
export const LEVEL_DEFAULT = 0.95;

/**
 * The normal multiplier of a two-sided interval: 1.959963984540054 at level 0.95.
 *
 * @param level share of repeated windows in which the interval covers the truth, in (0, 1)
 * @throws RangeError when the level is not strictly between 0 and 1
 */
export function twoSidedZ(level: number): number {
  if (!(level > 0 && level < 1)) {
    throw new RangeError(`an interval level must lie strictly between 0 and 1, for example 0.95; got ${level}`);
  }
  // The lower tail keeps the digits of a level near 1, where 1 - (1 - level) / 2 would round them away.
  return -normalQuantile((1 - level) / 2);
}
