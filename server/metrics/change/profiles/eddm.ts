import type { ChangeStep } from '../change-step.ts';

/** Distances between errors: their number, mean and sum of squared deviations; place of the last error. */
export type EddmState = { n: number; errors: number; lastError: number; mean: number; m2: number; largest: number };

export const eddmStart: EddmState = { n: 0, errors: 0, lastError: 0, mean: 0, m2: 0, largest: 0 };

export type EddmParameters = { warmUp?: number; warning?: number; drift?: number };

/**
 * EDDM, early drift detection: do errors come closer together?
 *
 * Reading: for slow decay, which DDM sees late; noisier than DDM.
 *
 * Definition (river): the distance of each error from the one before, in values, the first from 0; running mean m and
 * standard deviation s (ddof 0); ratio (m + 2s)/max(m + 2s) after 30 values; and once there are more than 30 errors: warning below
 * 0.95, drift below 0.9, then full reset.
 *
 * @param isError whether the newest prediction was wrong
 *
 * Reference: Baena-García et al. 2006, "Early drift detection method", 4th ECML PKDD workshop on knowledge discovery
 * from data streams. Cost: O(1).
 */
export function eddmStep(state: EddmState, isError: boolean, parameters: EddmParameters = {}): ChangeStep<EddmState> {
  const { warmUp = 30, warning = 0.95, drift = 0.9 } = parameters;
  const n = state.n + 1;
  if (!isError) return { state: { ...state, n }, level: 'stable' };
  const errors = state.errors + 1;
  const distance = n - state.lastError;
  const mean = state.mean + (distance - state.mean) / errors;
  const m2 = state.m2 + (distance - mean) * (distance - state.mean);
  const spread = mean + 2 * Math.sqrt(m2 / errors);
  const next = { n, errors, lastError: n, mean, m2, largest: state.largest };
  if (n <= warmUp) return { state: next, level: 'stable' };
  if (spread > state.largest) return { state: { ...next, largest: spread }, level: 'stable' };
  const ratio = spread / state.largest;
  if (errors > warmUp && ratio < drift) return { state: eddmStart, level: 'drift' };
  return { state: next, level: errors > warmUp && ratio < warning ? 'warning' : 'stable' };
}
