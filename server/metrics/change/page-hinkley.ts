import { requireFiniteValue } from './change-step.ts';
import type { ChangeStep } from './change-step.ts';

export type PageHinkleyState = { n: number; mean: number; up: number; down: number };

export type PageHinkleyParameters = {
  /** Change that is tolerated, in the unit of x; 0.005 unless said. */
  delta?: number;
  /** λ, alarm above it, in the unit of x; 50 unless said. */
  limit?: number;
  /** Fading of the sums; 0.9999 unless said. */
  alpha?: number;
  /** Values before the first alarm; 30 unless said. */
  valuesMin?: number;
  /** `up` unless said. */
  direction?: 'up' | 'down' | 'both';
};

export const pageHinkleyStart: PageHinkleyState = { n: 0, mean: 0, up: 0, down: 0 };

/**
 * Page-Hinkley test: has the mean risen for good?
 *
 * Reading: adds up what lies above the running mean; one odd value cannot pass the limit, a lasting rise must. δ and λ are
 * in units of x, so scale x first (a loss divided by its reference standard deviation).
 *
 * Definition: n+1; mean += (x − mean)/n, x included; up = max(0, α·up + x − mean − δ); down = max(0, α·down + mean − x − δ).
 * Drift when n ≥ 30 and up > λ (`up`), down > λ (`down`) or either (`both`); full reset after drift.
 *
 * @param state so far; `pageHinkleyStart` at the start. Plain numbers: store it with every step
 * @param x value of the newest closed window
 * @returns next state and level (`stable` or `drift`); the argument is not changed
 * @throws RangeError for NaN and the infinities
 *
 * Reference: Page 1954, doi:10.1093/biomet/41.1-2.100; Hinkley 1971, doi:10.1093/biomet/58.3.509; defaults of
 * online-ml/river. Cost: O(1).
 *
 * @example
 * pageHinkleyStep(pageHinkleyStart, 0.3).level; // 'stable'
 */
export function pageHinkleyStep(
  state: PageHinkleyState,
  x: number,
  parameters: PageHinkleyParameters = {},
): ChangeStep<PageHinkleyState> {
  const { delta = 0.005, limit = 50, alpha = 0.9999, valuesMin = 30, direction = 'up' } = parameters;
  requireFiniteValue(x);
  const n = state.n + 1;
  const mean = state.mean + (x - state.mean) / n;
  const up = Math.max(0, alpha * state.up + x - mean - delta);
  const down = Math.max(0, alpha * state.down + mean - x - delta);
  const isBeyond = (direction !== 'down' && up > limit) || (direction !== 'up' && down > limit);
  if (n >= valuesMin && isBeyond) return { state: pageHinkleyStart, level: 'drift' };
  return { state: { n, mean, up, down }, level: 'stable' };
}
