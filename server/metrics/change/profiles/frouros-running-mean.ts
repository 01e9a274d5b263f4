import { requireFiniteValue } from '../change-step.ts';
import type { ChangeStep } from '../change-step.ts';

/** Running mean that includes the newest value, and the sum that is compared with the limit. */
export type RunningMeanState = { n: number; mean: number; sum: number };

export const runningMeanStart: RunningMeanState = { n: 0, mean: 0, sum: 0 };

export type RunningMeanParameters = { delta?: number; alpha?: number; limit: number; valuesMin?: number };

type NextSum = (sum: number, distance: number) => number;

function step(
  state: RunningMeanState,
  x: number,
  parameters: RunningMeanParameters,
  next: NextSum,
): ChangeStep<RunningMeanState> {
  const n = state.n + 1;
  const mean = state.mean + (requireFiniteValue(x) - state.mean) / n;
  const sum = next(state.sum, x - mean);
  if (n >= (parameters.valuesMin ?? 30) && sum > parameters.limit) return { state: runningMeanStart, level: 'drift' };
  return { state: { n, mean, sum }, level: 'stable' };
}

/** CUSUM of Frouros: sum = max(0, sum + x − mean − δ), full reset at an alarm. δ 0.005 unless said. */
export function frourosCusumStep(
  state: RunningMeanState,
  x: number,
  parameters: RunningMeanParameters,
): ChangeStep<RunningMeanState> {
  const { delta = 0.005 } = parameters;
  return step(state, x, parameters, (sum, distance) => Math.max(0, sum + distance - delta));
}

/** Page-Hinkley of Frouros: sum = α·sum + x − mean − δ without a minimum, full reset. α 0.9999, δ 0.005 unless said. */
export function frourosPageHinkleyStep(
  state: RunningMeanState,
  x: number,
  parameters: RunningMeanParameters,
): ChangeStep<RunningMeanState> {
  const { delta = 0.005, alpha = 0.9999 } = parameters;
  return step(state, x, parameters, (sum, distance) => alpha * sum + distance - delta);
}

/**
 * Geometric moving average of Frouros: sum = α·sum + (1 − α)(x − mean), full reset. α 0.99 unless said.
 *
 * Reference: Roberts 1959, doi:10.1080/00401706.1959.10489860.
 */
export function geometricMovingAverageStep(
  state: RunningMeanState,
  x: number,
  parameters: RunningMeanParameters,
): ChangeStep<RunningMeanState> {
  const { alpha = 0.99 } = parameters;
  return step(state, x, parameters, (sum, distance) => alpha * sum + (1 - alpha) * distance);
}
