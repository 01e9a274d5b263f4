import { kolmogorovSmirnovExactP } from '../../drift/kolmogorov-smirnov-p-value.ts';
import { kolmogorovSmirnovStatistic } from '../../drift/kolmogorov-smirnov.ts';
import { requireFiniteValue } from '../change-step.ts';
import type { ChangeStep } from '../change-step.ts';

/** The last values, oldest first; never more than the window holds. */
export type KswinState = { values: number[] };

export const kswinStart: KswinState = { values: [] };

export type KswinParameters = {
  /** Largest p that alarms; 0.0001 unless said. */
  alpha?: number;
  /** Values kept; 200 unless said. */
  window?: number;
  /** Newest values compared with all older ones; 100 unless said. */
  sample?: number;
};

const DISTANCE_MIN = 0.1;

/**
 * KSWIN: do the newest values have another distribution than the ones before, in any respect?
 *
 * Definition: two-sample Kolmogorov-Smirnov of the newest 100 against the older 100 of a sliding window of 200; drift
 * when p ≤ 0.0001 and D > 0.1, then the window is emptied. river draws as many older values at random as there are new
 * ones; here all of them take part, which is the same at window = 2·sample and needs no generator.
 *
 * @throws RangeError for NaN and the infinities, or when the sample leaves no older values
 *
 * Reference: Raab, Heusinger & Schleif 2020, doi:10.1016/j.neucom.2019.11.111. Cost: two sorts and up to 10⁴ steps.
 */
export function kswinStep(state: KswinState, x: number, parameters: KswinParameters = {}): ChangeStep<KswinState> {
  const { alpha = 0.0001, window = 200, sample = 100 } = parameters;
  if (!(sample > 0 && sample < window)) throw new RangeError('the sample must be smaller than the window');
  const values = [...state.values, requireFiniteValue(x)].slice(-window);
  if (values.length < window) return { state: { values }, level: 'stable' };
  const older = Float64Array.from(values.slice(0, window - sample)).sort();
  const newer = Float64Array.from(values.slice(window - sample)).sort();
  const distance = kolmogorovSmirnovStatistic(older, newer);
  const isDrift = distance > DISTANCE_MIN && kolmogorovSmirnovExactP(distance, older.length, newer.length) <= alpha;
  return isDrift ? { state: kswinStart, level: 'drift' } : { state: { values }, level: 'stable' };
}
