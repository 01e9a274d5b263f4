import type { Interval } from '../../../domain/metric-result.ts';
import { moverDifference } from './mover-interval.ts';
import { LEVEL_DEFAULT } from './two-sided-z.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** A proportion as counts: `successes` of `n`. */
export type Proportion = { successes: number; n: number };

/**
 * Newcombe's hybrid score interval: how sure is the difference p1 − p2 of two independent proportions?
 *
 * Reading: 0 inside means that the rates may be equal. Holds its level for small groups and rates near 0 or 1,
 * where p1 − p2 ± z·se does not.
 * Definition: square-and-add of the distances to the two Wilson intervals (Newcombe's method 10).
 *
 * @returns the interval of p1 − p2, or null when a side has no case
 *
 * Reference: Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
 *
 * @example
 * newcombeInterval({ successes: 56, n: 70 }, { successes: 48, n: 80 }); // 0.0524 to 0.3339 around 0.2
 */
export function newcombeInterval(first: Proportion, second: Proportion, level = LEVEL_DEFAULT): Interval | null {
  const wilsonFirst = wilsonInterval(first.successes, first.n, level);
  const wilsonSecond = wilsonInterval(second.successes, second.n, level);
  if (!wilsonFirst || !wilsonSecond) return null;
  const interval = moverDifference(
    { value: first.successes / first.n, lower: wilsonFirst.lower, upper: wilsonFirst.upper },
    { value: second.successes / second.n, lower: wilsonSecond.lower, upper: wilsonSecond.upper },
    level,
  );
  return { ...interval, method: 'newcombe' };
}
