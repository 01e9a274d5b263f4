import { requireFiniteValue } from '../change-step.ts';
import type { ChangeStep } from '../change-step.ts';

/** All values, and the first `cut` of them, where mean + bound was smallest. */
export type HddmAState = { n: number; sum: number; cut: number; cutSum: number };

export const hddmAStart: HddmAState = { n: 0, sum: 0, cut: 0, cutSum: 0 };

export type HddmParameters = { driftConfidence?: number; warningConfidence?: number };

const hoeffding = (n: number, confidence: number): number => Math.sqrt(Math.log(1 / confidence) / (2 * n));

function hasRisen(state: HddmAState, confidence: number): boolean {
  const { n, sum, cut, cutSum } = state;
  if (cut === n) return false;
  const bound = Math.sqrt((((n - cut) / cut / n) * Math.log(2 / confidence)) / 2);
  return sum / n - cutSum / cut >= bound;
}

/**
 * HDDM_A: has the mean of values in [0, 1] risen, by Hoeffding's bound on averages?
 *
 * Definition (river, one-sided increase): the cut point is where mean + √(ln(1/δ)/(2n)) is smallest; drift when the
 * whole mean exceeds the mean up to the cut by √(½·(n−c)/(c·n)·ln(2/δ)), δ 0.001, warning with 0.005; full reset.
 *
 * @param x value in [0, 1], an error or an error rate
 * @throws RangeError for NaN and the infinities
 *
 * Reference: Frías-Blanco et al. 2015, doi:10.1109/TKDE.2014.2345382. Cost: O(1).
 */
export function hddmAStep(state: HddmAState, x: number, parameters: HddmParameters = {}): ChangeStep<HddmAState> {
  const { driftConfidence = 0.001, warningConfidence = 0.005 } = parameters;
  const n = state.n + 1;
  const sum = state.sum + requireFiniteValue(x);
  const isNewCut =
    state.cut === 0 ||
    state.cutSum / state.cut + hoeffding(state.cut, driftConfidence) >= sum / n + hoeffding(n, driftConfidence);
  const next = isNewCut ? { n, sum, cut: n, cutSum: sum } : { ...state, n, sum };
  if (hasRisen(next, driftConfidence)) return { state: hddmAStart, level: 'drift' };
  return { state: next, level: hasRisen(next, warningConfidence) ? 'warning' : 'stable' };
}
