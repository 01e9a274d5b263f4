import type { ChangeStep } from './change-step.ts';

/** null: the warm-up has not ended and there is no best yet. */
export type DdmState = { n: number; p: number; pMin: number | null; sMin: number | null };

export type DdmParameters = {
  /** Outcomes before anything is said; 30 unless said. */
  warmUp?: number;
  /** 2 and 3 standard deviations unless said. */
  warningSigma?: number;
  driftSigma?: number;
};

/** Outcomes of one closed window. */
export type ErrorCount = { errors: number; outcomes: number };

export const ddmStart: DdmState = { n: 0, p: 0, pMin: null, sMin: null };

/**
 * DDM, drift detection method: does an error rate rise from its best?
 *
 * Reading: `warning` is the time to collect labels, `drift` the time to retrain. Sees no improvement, and a slow decay
 * only late. A warm-up without any error makes the best 0 ± 0 and the next error an alarm.
 *
 * Definition: p += (errors − outcomes·p)/n, the running error rate; s = √(p(1−p)/n); once n > 30: if p + s is at most its
 * smallest so far keep both; warning when p + s > p_min + 2·s_min, drift when > p_min + 3·s_min; full reset after drift.
 *
 * @param state so far; `ddmStart` at the start
 * @param count errors and labelled outcomes of the window; `{ errors: x, outcomes: 1 }` row by row
 * @returns next state and level; a window without outcomes changes nothing
 * @throws RangeError when errors are not in 0 … outcomes
 *
 * Reference: Gama et al. 2004, doi:10.1007/978-3-540-28645-5_29. Cost: O(1).
 *
 * @example
 * ddmStep(ddmStart, { errors: 12, outcomes: 100 }).state.p; // 0.12
 */
export function ddmStep(state: DdmState, count: ErrorCount, parameters: DdmParameters = {}): ChangeStep<DdmState> {
  const { warmUp = 30, warningSigma = 2, driftSigma = 3 } = parameters;
  const { errors, outcomes } = count;
  if (!(errors >= 0 && errors <= outcomes && Number.isFinite(outcomes))) {
    throw new RangeError(`errors must lie in 0 to the number of outcomes, got ${errors} of ${outcomes}`);
  }
  if (outcomes === 0) return { state, level: 'stable' };
  const n = state.n + outcomes;
  const p = state.p + (errors - outcomes * state.p) / n;
  // Rounding can leave p just outside its range, where the root has no value.
  const s = Math.sqrt(Math.max(0, p * (1 - p)) / n);
  if (n <= warmUp) return { state: { ...state, n, p }, level: 'stable' };
  const isBest = state.pMin === null || state.sMin === null || p + s <= state.pMin + state.sMin;
  const pMin = isBest ? p : (state.pMin ?? p);
  const sMin = isBest ? s : (state.sMin ?? s);
  if (p + s > pMin + driftSigma * sMin) return { state: ddmStart, level: 'drift' };
  const level = p + s > pMin + warningSigma * sMin ? 'warning' : 'stable';
  return { state: { n, p, pMin, sMin }, level };
}
