import type { Interval, MetricResult } from '../../../domain/metric-result.ts';
import { moverDifference } from './mover-interval.ts';

/** current − reference, and how sure that is; `interval` null where one side has none or the levels differ. */
export type MetricDifference = { value: number; interval: Interval | null };

/**
 * Difference of one metric between two windows: is the change more than chance?
 *
 * Reading: an interval that excludes 0 is a change that the two windows' own uncertainty does not explain. Worth a page
 * only if it is also large enough to matter.
 * Definition: value difference with the MOVER interval of both, which works for any metric that carries an interval
 * (for two Wilson intervals it is Newcombe's). The windows must not share rows.
 *
 * @param current,reference the same metric under the same definition
 * @returns null when a side has no value
 *
 * Reference: Zou & Donner 2008, doi:10.1002/sim.3095. Cost: O(1).
 *
 * @example
 * differenceOfMetrics(recall(currentTally), recall(referenceTally))?.interval;
 */
export function differenceOfMetrics(current: MetricResult, reference: MetricResult): MetricDifference | null {
  if (current.kind !== 'value' || reference.kind !== 'value') return null;
  const value = current.value - reference.value;
  const [first, second] = [current.interval, reference.interval];
  if (!first || !second || first.level !== second.level) return { value, interval: null };
  const interval = moverDifference(
    { value: current.value, lower: first.lower, upper: first.upper },
    { value: reference.value, lower: second.lower, upper: second.upper },
    first.level,
  );
  return { value, interval };
}
