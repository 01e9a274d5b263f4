import type { Interval } from '../../../domain/metric-result.ts';
import type { ConfusionCounts } from '../../../domain/outcome-tally.ts';
import { countBootstrapInterval } from '../../support/intervals/count-bootstrap-interval.ts';
import { bootstrapPlan, levelOf } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';

/** A measure of the four cells; null where it has no value. */
export type CellMeasure = (cells: ConfusionCounts) => number | null;

/** Count bootstrap over the four cells; null when the caller asked for no bootstrap. */
export function cellBootstrapInterval(
  cells: ConfusionCounts,
  measure: CellMeasure,
  options: PerformanceOptions,
): Interval | null {
  const plan = bootstrapPlan(options);
  if (!plan) return null;
  const counts = [cells.truePositive, cells.falsePositive, cells.falseNegative, cells.trueNegative];
  const redrawn = ([truePositive, falsePositive, falseNegative, trueNegative]: Float64Array): number | null =>
    measure({ truePositive, falsePositive, falseNegative, trueNegative });
  return countBootstrapInterval(counts, redrawn, plan, levelOf(options));
}

/** ` bootstrap=2000 seed=1`: randomness is part of a definition. */
export function bootstrapDefinition(options: PerformanceOptions, drawsDefault?: number): string {
  const plan = bootstrapPlan(options, drawsDefault);
  return plan ? ` bootstrap=${plan.draws} seed=${plan.seed}` : '';
}
