import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { Interval, MetricResult } from '../../domain/metric-result.ts';
import { percentileInterval } from '../support/intervals/percentile-interval.ts';
import { GENERATOR, seededRandom } from '../support/numerics/seeded-random.ts';
import { sortedFinite } from '../support/numerics/sorted-finite.ts';
import { permutationPValue } from '../support/resampling/permutation-p-value.ts';
import type { DrawPlan } from './drift-options.ts';
import { dealAgain, poolSorted, redrawRows } from './pooled-samples.ts';
import type { PooledSamples } from './pooled-samples.ts';

export type RowDistanceOptions = {
  /** Rows needed on both sides; each distance has its own default. */
  rowsMin?: number;
  /** Ask for a permutation p: 999 draws unless said. */
  permutation?: DrawPlan;
  /** Ask for a bootstrap interval: 1,000 draws unless said. */
  interval?: DrawPlan;
};

/** A distance of two samples that reads only their pooled cdfs. */
export type RowDistance = {
  definition: string;
  rowsMin: number;
  /** Fixes the statistic for one pair of samples (its norm, for example); null: the reference does not vary. */
  prepare: (reference: Float64Array) => ((samples: PooledSamples) => number) | null;
};

type Statistic = (samples: PooledSamples) => number;

function permutationP(samples: PooledSamples, statistic: Statistic, value: number, plan: Required<DrawPlan>): number {
  const uniform = seededRandom(plan.seed);
  const order = Uint32Array.from(samples.values, (_, i) => i);
  return permutationPValue(value, plan.draws, () => statistic(dealAgain(samples, order, uniform)));
}

function bootstrapInterval(samples: PooledSamples, statistic: Statistic, plan: Required<DrawPlan>): Interval | null {
  const uniform = seededRandom(plan.seed);
  const replicates = Float64Array.from({ length: plan.draws }, () => statistic(redrawRows(samples, uniform)));
  return percentileInterval(replicates, 'bootstrap');
}

/**
 * From raw rows to a distance with its evidence: what Wasserstein and energy distance share.
 *
 * Only finite values count. p by permutation and interval by bootstrap of rows, each only when asked for, each with its
 * own seed in the definition. Both redraw weights over the pooled sorted values, so that nothing is sorted twice.
 *
 * @throws RangeError when two finite values are further apart than the largest double
 */
export function rowDistanceResult(
  distance: RowDistance,
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: RowDistanceOptions,
): MetricResult {
  const rowsMin = Math.max(1, options.rowsMin ?? distance.rowsMin);
  const sortedReference = sortedFinite(reference);
  const sortedCurrent = sortedFinite(current);
  if (sortedCurrent.length === 0) return noData;
  const fewer = Math.min(sortedReference.length, sortedCurrent.length);
  if (fewer < rowsMin) return insufficientEvidence('n_below_minimum', fewer, rowsMin);
  const statistic = distance.prepare(sortedReference);
  if (statistic === null) return insufficientEvidence('zero_variance', sortedCurrent.length);
  const samples = poolSorted(sortedReference, sortedCurrent);
  const value = statistic(samples);
  if (!Number.isFinite(value)) throw new RangeError('the values span more than a double can hold; rescale the feature');
  const parts = [distance.definition];
  const extra: { pValue?: number; interval?: Interval | null } = {};
  if (options.permutation !== undefined) {
    const plan = { draws: 999, ...options.permutation };
    extra.pValue = permutationP(samples, statistic, value, plan);
    parts.push(`p=permutation draws=${plan.draws} seed=${plan.seed} generator=${GENERATOR}`);
  }
  if (options.interval !== undefined) {
    const plan = { draws: 1000, ...options.interval };
    extra.interval = bootstrapInterval(samples, statistic, plan);
    parts.push(`interval=bootstrap draws=${plan.draws} seed=${plan.seed} generator=${GENERATOR}`);
  }
  return metricValue(value, samples.nCurrent, parts.join(' '), { nReference: samples.nReference, ...extra });
}
