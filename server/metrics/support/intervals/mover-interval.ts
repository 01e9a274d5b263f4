import type { Interval } from '../../../domain/metric-result.ts';

/** An estimate with the ends of its own interval. */
export type Estimate = { value: number; lower: number; upper: number };

/**
 * MOVER difference (method of variance estimates recovery): how sure is a − b, when each has its own interval?
 *
 * Reading: 0 inside means that the two may be equal. Asymmetric intervals keep their asymmetry.
 * Definition: d − √((a−l_a)² + (u_b−b)²) to d + √((u_a−a)² + (b−l_b)²). With two Wilson intervals this is
 * Newcombe's method 10.
 *
 * @param a,b independent estimates whose intervals have the same level
 *
 * Reference: Zou & Donner 2008, doi:10.1002/sim.3095. Cost: nothing to speak of.
 *
 * @example
 * moverDifference({ value: 0.8, lower: 0.7, upper: 0.88 }, { value: 0.6, lower: 0.49, upper: 0.7 }, 0.95);
 */
export function moverDifference(a: Estimate, b: Estimate, level: number): Interval {
  const difference = a.value - b.value;
  return {
    lower: difference - Math.hypot(a.value - a.lower, b.upper - b.value),
    upper: difference + Math.hypot(a.upper - a.value, b.value - b.lower),
    level,
    method: 'mover',
  };
}

/**
 * MOVER mean of two: how sure is (a + b)/2, for example balanced accuracy from two recalls?
 *
 * Definition: m − ½√((a−l_a)² + (b−l_b)²) to m + ½√((u_a−a)² + (u_b−b)²).
 *
 * @param a,b independent estimates whose intervals have the same level
 *
 * Reference: Zou & Donner 2008, doi:10.1002/sim.3095.
 *
 * @example
 * moverMean({ value: 0.78, lower: 0.45, upper: 0.94 }, { value: 0.6, lower: 0.36, upper: 0.8 }, 0.95);
 */
export function moverMean(a: Estimate, b: Estimate, level: number): Interval {
  const mean = (a.value + b.value) / 2;
  return {
    lower: mean - Math.hypot(a.value - a.lower, b.value - b.lower) / 2,
    upper: mean + Math.hypot(a.upper - a.value, b.upper - b.value) / 2,
    level,
    method: 'mover',
  };
}
