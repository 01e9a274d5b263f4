import { requireFiniteValue } from '../change-step.ts';
import type { ChangeStep } from '../change-step.ts';

/** "The current stretch began `length` values ago": its log probability and the posterior of its mean. */
export type Run = { length: number; logMass: number; mean: number; precision: number };

/** Hypotheses about the current stretch, shortest first; the last is always "no change yet". */
export type BocdState = { runs: Run[] };

export type BocdParameters = {
  priorMean?: number;
  priorVariance?: number;
  /** Known variance of the values inside a stretch. */
  dataVariance: number;
  /** Probability of a change at any value; 0.01 unless said. */
  hazard?: number;
  /** Values before the first alarm; 1 unless said. */
  valuesMin?: number;
};

/** Hypotheses this much less likely than the best are dropped, which keeps the state small. */
const LOG_MASS_DROP = 40;

export function bocdStart(parameters: BocdParameters): BocdState {
  const { priorMean = 0, priorVariance = 1 } = parameters;
  return { runs: [{ length: 0, logMass: 0, mean: priorMean, precision: 1 / priorVariance }] };
}

function logPredictive(run: Run, x: number, dataVariance: number): number {
  const variance = 1 / run.precision + dataVariance;
  return -0.5 * (Math.log(2 * Math.PI * variance) + (x - run.mean) ** 2 / variance);
}

function logSumOfExponentials(terms: readonly number[]): number {
  const largest = Math.max(...terms);
  return largest + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - largest), 0));
}

/**
 * Bayesian online change detection: how long has the current stretch lasted, with what probability?
 *
 * Reading: drift is the moment at which "it began later" becomes more probable than "no change yet". Needs the variance
 * of the values inside a stretch.
 *
 * Definition (Frouros): Gaussian values with unknown mean, prior N(0, 1), constant hazard 0.01; each value updates the
 * probability of every run length; alarm when the most probable one is not the longest, then full reset.
 *
 * @throws RangeError for NaN and the infinities
 *
 * Reference: Adams & MacKay, arXiv:0710.3742. Cost: O(hypotheses), a few dozen.
 */
export function bayesianOnlineChangeStep(
  state: BocdState,
  x: number,
  parameters: BocdParameters,
): ChangeStep<BocdState> {
  const { dataVariance, hazard = 0.01, valuesMin = 1 } = parameters;
  requireFiniteValue(x);
  const logMasses = state.runs.map((run) => run.logMass + logPredictive(run, x, dataVariance));
  const grown = state.runs.map((run, i) => {
    const precision = run.precision + 1 / dataVariance;
    const mean = (run.mean * run.precision + x / dataVariance) / precision;
    return { length: run.length + 1, logMass: logMasses[i] + Math.log1p(-hazard), mean, precision };
  });
  const [fresh] = bocdStart(parameters).runs;
  const runs = [{ ...fresh, logMass: logSumOfExponentials(logMasses) + Math.log(hazard) }, ...grown];
  const total = logSumOfExponentials(runs.map((run) => run.logMass));
  const longest = runs[runs.length - 1];
  const best = runs.reduce((a, b) => (b.logMass > a.logMass ? b : a));
  if (longest.length >= valuesMin && best !== longest) return { state: bocdStart(parameters), level: 'drift' };
  const kept = runs.filter((run) => run === longest || run.logMass > best.logMass - LOG_MASS_DROP);
  return { state: { runs: kept.map((run) => ({ ...run, logMass: run.logMass - total })) }, level: 'stable' };
}
