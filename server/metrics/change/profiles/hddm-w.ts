import { requireFiniteValue } from '../change-step.ts';
import type { ChangeStep } from '../change-step.ts';
import type { HddmParameters } from './hddm-a.ts';

/** An exponentially weighted mean and the sum of its squared weights; null: no value yet. */
export type WeightedMean = { mean: number; squares: number } | null;

/** The mean over all values, over those up to the cut, and over those since. */
export type HddmWState = { all: WeightedMean; before: WeightedMean; after: WeightedMean; cutPoint: number | null };

export const hddmWStart: HddmWState = { all: null, before: null, after: null, cutPoint: null };

function added(sample: WeightedMean, x: number, lambda: number): { mean: number; squares: number } {
  if (sample === null) return { mean: x, squares: 1 };
  const kept = 1 - lambda;
  return { mean: lambda * x + kept * sample.mean, squares: lambda * lambda + kept * kept * sample.squares };
}

function hasRisen({ before, after }: HddmWState, confidence: number): boolean {
  if (before === null || after === null) return false;
  return after.mean - before.mean > Math.sqrt(((before.squares + after.squares) * Math.log(1 / confidence)) / 2);
}

/**
 * HDDM_W: has the mean of values in [0, 1] risen, by McDiarmid's bound on exponentially weighted averages?
 *
 * Definition (river, one-sided increase): weights fade with λ 0.05; the cut point is where mean + bound is smallest;
 * drift when the weighted mean since exceeds the one before by √(½·(Σw² + Σw²)·ln(1/δ)), δ 0.001, warning 0.005; reset.
 *
 * @param x value in [0, 1], an error or an error rate
 * @throws RangeError for NaN and the infinities
 *
 * Reference: Frías-Blanco et al. 2015, doi:10.1109/TKDE.2014.2345382. Cost: O(1).
 */
export function hddmWStep(
  state: HddmWState,
  x: number,
  parameters: HddmParameters & { lambda?: number } = {},
): ChangeStep<HddmWState> {
  const { driftConfidence = 0.001, warningConfidence = 0.005, lambda = 0.05 } = parameters;
  const all = added(state.all, requireFiniteValue(x), lambda);
  const cutPoint = all.mean + Math.sqrt((all.squares * Math.log(1 / driftConfidence)) / 2);
  const isNewCut = state.cutPoint === null || cutPoint < state.cutPoint;
  const next: HddmWState = isNewCut
    ? { all, before: all, after: null, cutPoint }
    : { ...state, all, after: added(state.after, x, lambda) };
  if (hasRisen(next, driftConfidence)) return { state: hddmWStart, level: 'drift' };
  return { state: next, level: hasRisen(next, warningConfidence) ? 'warning' : 'stable' };
}
