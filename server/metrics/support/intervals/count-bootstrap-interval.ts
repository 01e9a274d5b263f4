import type { Interval } from '../../../domain/metric-result.ts';
import { countBootstrap } from '../resampling/count-bootstrap.ts';
import { percentileInterval } from './percentile-interval.ts';
import { LEVEL_DEFAULT } from './two-sided-z.ts';

/** Under this share of replicates with a value, the percentiles would describe the lucky draws only. */
const DEFINED_SHARE_MIN = 0.5;

/** How often to redraw and from which seed; both belong in the definition of the result. */
export type DrawPlan = { draws: number; seed: number };

/**
 * Count bootstrap interval: how sure is any statistic of counts (F-beta, MCC, macro averages, calibration error)?
 *
 * Definition: the counts are redrawn from a multinomial with their own shares and total; the interval is the type 7
 * percentiles of the statistic over the draws. Redrawing counts is the same as redrawing the rows behind them, at a
 * cost that does not grow with the rows.
 *
 * @param counts whole numbers ≥ 0, one per cell
 * @param statistic the metric of redrawn counts; null where it has no value (a zero denominator)
 * @param plan draws (2,000 by default in the catalogue) and seed
 * @returns the interval, or null when fewer than half of the draws have a value, or all the same
 *
 * Reference: Efron & Tibshirani, *An Introduction to the Bootstrap*, 1993, chapter 13. Cost: O(draws × occupied cells).
 *
 * @example
 * countBootstrapInterval([7, 6, 2, 9], (cells) => cells[0] / (cells[0] + cells[1]), { draws: 2000, seed: 1 });
 */
export function countBootstrapInterval(
  counts: ArrayLike<number>,
  statistic: (counts: Float64Array) => number | null,
  plan: DrawPlan,
  level = LEVEL_DEFAULT,
): Interval | null {
  const occupied: number[] = [];
  for (let cell = 0; cell < counts.length; cell += 1) if (counts[cell] > 0) occupied.push(cell);
  const masses = Float64Array.from(occupied, (cell) => counts[cell]);
  const cells = new Float64Array(counts.length);
  const ofDrawn = ([drawn]: readonly Float64Array[]): number => {
    for (let i = 0; i < occupied.length; i += 1) cells[occupied[i]] = drawn[i];
    return statistic(cells) ?? Number.NaN;
  };
  const replicates = countBootstrap([masses], ofDrawn, plan);
  if (replicates.length < plan.draws * DEFINED_SHARE_MIN) return null;
  return percentileInterval(replicates, 'count_bootstrap', level);
}
