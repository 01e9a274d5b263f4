import { requireFiniteValue } from './change-step.ts';
import type { ChangeStep } from './change-step.ts';

/** Level and spread are frozen in the state, so that a stored state goes on by itself. */
export type CusumState = { mean0: number; std0: number; high: number; low: number };

export type CusumParameters = {
  /** Slack in standard deviations: half the shift to be found; 0.5 unless said. */
  k?: number;
  /** Limit in standard deviations; 5 unless said. */
  h?: number;
};

/** @throws RangeError when the spread is not above 0: take `referenceLevel` */
export function cusumStart({ mean0, std0 }: { mean0: number; std0: number }): CusumState {
  if (!(std0 > 0) || !Number.isFinite(mean0)) {
    throw new RangeError(`a control chart needs a finite level and a spread above 0, got ${mean0} and ${std0}`);
  }
  return { mean0, std0, high: 0, low: 0 };
}

/**
 * Tabular CUSUM: has a metric left its known level by a little, but for good?
 *
 * Reading: `high` and `low` add up how far values lie above or below the level, in its standard deviations. With k 0.5
 * and h 5 a false alarm comes every 465 windows on average (`cusumAverageRunLength`), a shift of one standard deviation
 * is found in about 10.
 *
 * Definition: z = (x − mean0)/std0; high = max(0, high + z − k), low = max(0, low − z − k); drift when either > h, then
 * both restart at 0. mean0 and std0 come from at least 30 reference windows (`referenceLevel`) and stay frozen.
 *
 * @param state from `cusumStart`, then the stored one
 * @param x value of the newest closed window
 * @returns next state, level, and the two sums before a restart, for the chart
 * @throws RangeError for NaN and the infinities
 *
 * Reference: Montgomery, *Introduction to Statistical Quality Control*, chapter 9; Brook & Evans 1972,
 * doi:10.1093/biomet/59.3.539. Cost: O(1).
 *
 * @example
 * cusumStep(cusumStart({ mean0: 0, std0: 1 }), 1.1); // high 0.6, low 0, level 'stable'
 */
export function cusumStep(
  state: CusumState,
  x: number,
  parameters: CusumParameters = {},
): ChangeStep<CusumState> & { high: number; low: number } {
  const { k = 0.5, h = 5 } = parameters;
  const z = (requireFiniteValue(x) - state.mean0) / state.std0;
  const high = Math.max(0, state.high + z - k);
  const low = Math.max(0, state.low - z - k);
  const isDrift = high > h || low > h;
  const next = isDrift ? { ...state, high: 0, low: 0 } : { ...state, high, low };
  return { state: next, level: isDrift ? 'drift' : 'stable', high, low };
}
