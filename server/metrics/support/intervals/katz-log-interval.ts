import type { Interval } from '../../../domain/metric-result.ts';
import type { Proportion } from './newcombe-interval.ts';
import { LEVEL_DEFAULT, twoSidedZ } from './two-sided-z.ts';

/**
 * Katz log interval: how sure is the ratio p1/p2 of two independent proportions?
 *
 * Reading: 1 inside means that the rates may be equal. Works on the log, so it is asymmetric around the ratio.
 * Definition: exp(ln(p1/p2) ± z·√((1−p1)/x1 + (1−p2)/x2)); if x1 or x2 is 0, ½ is added to both counts and both
 * totals, for the interval only.
 *
 * @returns the interval of p1/p2, or null when a side has no case
 *
 * Reference: Katz et al. 1978, doi:10.2307/2530610.
 *
 * @example
 * katzLogInterval({ successes: 56, n: 70 }, { successes: 48, n: 80 }); // 1.0766 to 1.6512 around 1.3333
 */
export function katzLogInterval(first: Proportion, second: Proportion, level = LEVEL_DEFAULT): Interval | null {
  if (!(first.n > 0) || !(second.n > 0)) return null;
  const z = twoSidedZ(level);
  const continuity = first.successes === 0 || second.successes === 0 ? 0.5 : 0;
  const x1 = first.successes + continuity;
  const x2 = second.successes + continuity;
  const share1 = x1 / (first.n + continuity);
  const share2 = x2 / (second.n + continuity);
  const centre = Math.log(share1 / share2);
  const halfWidth = z * Math.sqrt((1 - share1) / x1 + (1 - share2) / x2);
  // Two certain rates have no spread left: a width of 0 would claim certainty that no sample gives.
  if (halfWidth === 0) return null;
  return { lower: Math.exp(centre - halfWidth), upper: Math.exp(centre + halfWidth), level, method: 'katz_log' };
}
