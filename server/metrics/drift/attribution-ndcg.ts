import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { Interval, MetricResult } from '../../domain/metric-result.ts';
import { compareUtf8 } from '../support/binning/compare-utf8.ts';
import { percentileInterval } from '../support/intervals/percentile-interval.ts';
import { GENERATOR, seededRandom } from '../support/numerics/seeded-random.ts';
import { ROWS_MIN_DEFAULT } from './drift-options.ts';
import type { DrawPlan } from './drift-options.ts';

/** Mean |attribution| of each feature over n explained rows. Mergeable: keep n and the sums. */
export type MeanAttributions = { n: number; byFeature: ReadonlyMap<string, number> };

export type AttributionOptions = {
  rowsMin?: number;
  /** Attributions of each explained row of the window, for the bootstrap; features in the order of `features`. */
  rows?: { features: readonly string[]; attributions: readonly ArrayLike<number>[] };
  /** Redraws of the rows; 1,000 unless said. */
  interval?: DrawPlan;
};

function discountedGain(gains: readonly number[]): number {
  return gains.reduce((sum, gain, i) => sum + gain / Math.log2(i + 2), 0);
}

/** Features by falling mean |attribution|, ties by name, so that the order of input cannot matter. */
function ranked(attributions: ReadonlyMap<string, number>, features: readonly string[]): string[] {
  const sizeOf = (feature: string): number => attributions.get(feature) ?? 0;
  return features.toSorted((a, b) => sizeOf(b) - sizeOf(a) || compareUtf8(a, b));
}

/**
 * The bare number; null when the reference gives weight to no feature.
 *
 * @param reference mean |attribution| per feature
 * @param current the same for the window; a feature that is absent has 0
 */
export function attributionNdcgOf(
  reference: ReadonlyMap<string, number>,
  current: ReadonlyMap<string, number>,
): number | null {
  const features = [...new Set([...reference.keys(), ...current.keys()])];
  const gainOf = (feature: string): number => reference.get(feature) ?? 0;
  const ideal = discountedGain(ranked(reference, features).map(gainOf));
  if (!(ideal > 0)) return null;
  return Math.min(1, discountedGain(ranked(current, features).map(gainOf)) / ideal);
}

function bootstrapInterval(
  reference: ReadonlyMap<string, number>,
  rows: NonNullable<AttributionOptions['rows']>,
  plan: Required<DrawPlan>,
): Interval | null {
  const { features, attributions } = rows;
  const uniform = seededRandom(plan.seed);
  const replicates = new Float64Array(plan.draws).map(() => {
    const sums = new Float64Array(features.length);
    for (let drawn = 0; drawn < attributions.length; drawn += 1) {
      const row = attributions[Math.floor(uniform() * attributions.length)];
      for (let f = 0; f < sums.length; f += 1) sums[f] += Math.abs(row[f]);
    }
    return attributionNdcgOf(reference, new Map(features.map((feature, f) => [feature, sums[f]]))) ?? Number.NaN;
  });
  return percentileInterval(replicates.filter(Number.isFinite), 'bootstrap');
}

/**
 * Feature-attribution drift: does the model still lean on the same features?
 *
 * Reading: 1 = the same order of importance; swaps at the top cost most. Worse is **down**, alarm below 0.90. Features
 * may all keep their distributions while the model comes to lean on another one: only this shows it.
 *
 * Definition: a_f = mean |attribution| in the reference; rank features by the current mean |attribution| (ties by name);
 * Σ a_(f at rank k)/log2(k+1) divided by the same sum in the reference's own order. Natural gains, no cut-off rank.
 *
 * @param reference mean |attribution| per feature and explained rows
 * @param current the same for the window
 * @param options `rows` and `interval` for a bootstrap of the window's rows
 * @returns share of the ideal in [0, 1]; `no_data`, `n_below_minimum` (100 explained rows), `zero_denominator` when the
 * reference gives weight to no feature
 *
 * Reference: Nigenda et al. 2022, doi:10.1145/3534678.3539145; AWS SageMaker developer guide, feature attribution drift.
 * Cost: O(features log features); the interval draws × rows × features.
 *
 * @example
 * // income 0.42, age 0.31, tenure 0.17, region 0.1; now age leads: 0.9389
 * attributionNdcg({ n: 500, byFeature: reference }, { n: 200, byFeature: current });
 */
export function attributionNdcg(
  reference: MeanAttributions,
  current: MeanAttributions,
  options: AttributionOptions = {},
): MetricResult {
  if (current.n === 0) return noData;
  const { rowsMin = ROWS_MIN_DEFAULT, rows, interval } = options;
  const fewer = Math.min(reference.n, current.n);
  if (fewer < rowsMin) return insufficientEvidence('n_below_minimum', fewer, rowsMin);
  const value = attributionNdcgOf(reference.byFeature, current.byFeature);
  if (value === null) return insufficientEvidence('zero_denominator', current.n);
  const definition = 'attribution_ndcg/1 profile=plumbline gain=linear ties=name';
  if (rows === undefined || interval === undefined || rows.attributions.length === 0) {
    return metricValue(value, current.n, definition, { nReference: reference.n });
  }
  const plan = { draws: 1000, ...interval };
  const drawn = `${definition} interval=bootstrap draws=${plan.draws} seed=${plan.seed} generator=${GENERATOR}`;
  return metricValue(value, current.n, drawn, {
    nReference: reference.n,
    interval: bootstrapInterval(reference.byFeature, rows, plan),
  });
}
