import { requireFiniteValue } from './change-step.ts';
import type { ChangeLevel, ChangeStep } from './change-step.ts';

/** `level` is the smoothed value, `t` the values since the start or the last alarm. */
export type EwmaState = { mean0: number; std0: number; level: number; t: number };

export type EwmaParameters = {
  /** Weight of the newest value; 0.2 unless said. */
  lambda?: number;
  /** L, limit in standard deviations of the smoothed value; 2.962 unless said. */
  limit?: number;
};

/** Share of the limit from which a warning is given. */
const WARNING_SHARE = 2 / 3;

/** @throws RangeError when the spread is not above 0: take `referenceLevel` */
export function ewmaStart({ mean0, std0 }: { mean0: number; std0: number }): EwmaState {
  if (!(std0 > 0) || !Number.isFinite(mean0)) {
    throw new RangeError(`a control chart needs a finite level and a spread above 0, got ${mean0} and ${std0}`);
  }
  return { mean0, std0, level: mean0, t: 0 };
}

/**
 * EWMA chart: has a metric left its known level, after smoothing?
 *
 * Reading: the smoothed value within its two limits is fine; the line to draw for people, as sensitive to small shifts as
 * CUSUM. λ 0.2 and L 2.962 give a false alarm every 500 windows on average (`ewmaAverageRunLength`).
 *
 * Definition: level = λx + (1−λ)·level from mean0, t+1; half-width L·std0·√(λ/(2−λ)·(1 − (1−λ)^(2t))), which is narrow at
 * first; drift when |level − mean0| is above it, then level = mean0 and t = 0; warning above two thirds of it.
 *
 * @param state from `ewmaStart`, then the stored one
 * @param x value of the newest closed window
 * @returns next state, level, and the smoothed value and half-width before a restart, for the chart
 * @throws RangeError for NaN and the infinities
 *
 * Reference: Roberts 1959, doi:10.1080/00401706.1959.10489860; Lucas & Saccucci 1990,
 * doi:10.1080/00401706.1990.10484583. Cost: O(1).
 *
 * @example
 * ewmaStep(ewmaStart({ mean0: 0, std0: 1 }), 0.2); // smoothed 0.04, halfWidth 0.592
 */
export function ewmaStep(
  state: EwmaState,
  x: number,
  parameters: EwmaParameters = {},
): ChangeStep<EwmaState> & { smoothed: number; halfWidth: number } {
  const { lambda = 0.2, limit = 2.962 } = parameters;
  const { mean0, std0 } = state;
  const smoothed = lambda * requireFiniteValue(x) + (1 - lambda) * state.level;
  const t = state.t + 1;
  const halfWidth = limit * std0 * Math.sqrt((lambda / (2 - lambda)) * (1 - (1 - lambda) ** (2 * t)));
  const distance = Math.abs(smoothed - mean0);
  if (distance > halfWidth) return { state: ewmaStart(state), level: 'drift', smoothed, halfWidth };
  const level: ChangeLevel = distance > WARNING_SHARE * halfWidth ? 'warning' : 'stable';
  return { state: { mean0, std0, level: smoothed, t }, level, smoothed, halfWidth };
}
