import type { MetricResult } from '../../domain/metric-result.ts';
import { divergenceFromCounts } from './divergence-from-counts.ts';
import type { CountDriftOptions } from './drift-options.ts';

/** Contribution of bin i to PSI; all of them are 0 or more. */
export type StabilityTerm = { bin: number; term: number };

/**
 * The bare number, without minimum, evidence or interval: for tight loops. Allocates nothing.
 *
 * @param reference counts per bin, ≥ 0
 * @param current counts of the same bins
 * @returns PSI ≥ 0; 0 where both sides are empty
 */
export function populationStabilityIndexOf(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  let nReference = 0;
  let nCurrent = 0;
  let bins = 0;
  for (let i = 0; i < reference.length; i += 1) {
    nReference += reference[i];
    nCurrent += current[i];
    if (reference[i] > 0 || current[i] > 0) bins += 1;
  }
  const referenceMass = nReference + bins / 2;
  const currentMass = nCurrent + bins / 2;
  let sum = 0;
  for (let i = 0; i < reference.length; i += 1) {
    if (reference[i] > 0 || current[i] > 0) {
      const p = (reference[i] + 0.5) / referenceMass;
      const q = (current[i] + 0.5) / currentMass;
      sum += (q - p) * Math.log(q / p);
    }
  }
  return sum;
}

/**
 * Population stability index (PSI): has the share of rows per bin moved?
 *
 * Reading: 0 = the same shares. Below 0.1 little has moved, 0.1 to 0.25 is worth a look, above 0.25 is a different
 * population (Siddiqi's rule of thumb). Worse is up. Symmetric, unbounded, and a sum over bins: show the largest terms
 * (`populationStabilityTerms`). PSI 0.1 ≈ Hellinger 0.11 ≈ Jensen-Shannon 0.13.
 *
 * Definition: Σ (q_i − p_i)·ln(q_i/p_i) over the K bins with a row on either side, natural logarithm, in nats;
 * p_i = (r_i + ½)/(n_r + K/2), q_i = (c_i + ½)/(n_c + K/2). One half is added because a floor has no n in it: it jumps
 * when one row arrives and lets empty bins dominate. Missing, non-finite, underflow and overflow are bins like the rest.
 *
 * @param reference counts per bin, whole and ≥ 0, all bins and no counters behind them
 * @param current counts of the same bins in the window
 * @param options `regularBins` allows merging 20 → 10 → 5 in small windows; `interval` asks for the bootstrap
 * @returns value, n, p-value, noise floor; `no_data`, `n_below_minimum` (100) or `noise_above_threshold` otherwise
 * @throws RangeError when the vectors differ in length or hold something that is no count
 *
 * Reference: Siddiqi, *Credit Risk Scorecards*, Wiley 2006; Yurdakul & Naranjo, *J. Risk Model Validation* 14(4), 2020;
 * Krichevsky & Trofimov 1981, doi:10.1109/TIT.1981.1056331, for the half. Cost: O(bins), about 1 µs; the p 3 µs more.
 *
 * @example
 * populationStabilityIndex([500, 300, 200], [300, 300, 400]); // value 0.2401, p ≈ 10⁻²⁶
 */
export function populationStabilityIndex(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: CountDriftOptions = {},
): MetricResult {
  const spec = {
    id: 'population_stability_index',
    formula: 'zero=add_half log=e',
    threshold: 0.1,
    kernel: populationStabilityIndexOf,
  } as const;
  return divergenceFromCounts(spec, reference, current, options);
}

/**
 * The bins behind a PSI, largest contribution first; the terms sum to the value.
 *
 * @example
 * populationStabilityTerms([500, 300, 200], [300, 300, 400])[0]; // { bin: 2, term: 0.138 }
 */
export function populationStabilityTerms(reference: ArrayLike<number>, current: ArrayLike<number>): StabilityTerm[] {
  const indices = Array.from(reference, (_, i) => i).filter((i) => reference[i] > 0 || current[i] > 0);
  const half = indices.length / 2;
  const nReference = indices.reduce((sum, i) => sum + reference[i], half);
  const nCurrent = indices.reduce((sum, i) => sum + current[i], half);
  return indices
    .map((bin) => {
      const p = (reference[bin] + 0.5) / nReference;
      const q = (current[bin] + 0.5) / nCurrent;
      return { bin, term: (q - p) * Math.log(q / p) };
    })
    .sort((a, b) => b.term - a.term || a.bin - b.bin);
}
