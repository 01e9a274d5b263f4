import type { MetricResult } from '../../domain/metric-result.ts';
import { cdfDistanceIntegral, poolSorted } from './pooled-samples.ts';
import type { PooledSamples } from './pooled-samples.ts';
import { rowDistanceResult } from './row-distance.ts';
import type { RowDistanceOptions } from './row-distance.ts';

const ROWS_MIN = 30;

/** The bare number √(2∫(F − G)²dx) of two sorted samples. */
export function energyDistanceOf(reference: Float64Array, current: Float64Array): number {
  return Math.sqrt(2 * cdfDistanceIntegral(poolSorted(reference, current), 2));
}

/**
 * Energy distance on raw rows: is there any difference, with an eye on the tails?
 *
 * Reading: 0 = the same; the unit is the square root of the unit of the feature, so no limit fits all features: alarm
 * on the permutation p ≤ 0.05. Worse is up.
 *
 * Definition: √(2∫(F − G)²dx), the root form of SciPy's `energy_distance`; equal to √(2E|X−Y| − E|X−X'| − E|Y−Y'|).
 *
 * @param reference raw values in any order; only finite ones count
 * @param current raw values of the window
 * @param options `permutation` for the p that decides, `interval` for a bootstrap of rows
 * @returns distance with n; `no_data` without a finite value, `n_below_minimum` below 30 on a side
 *
 * Reference: Székely & Rizzo 2013, doi:10.1016/j.jspi.2013.03.018. Cost: two sorts; each draw O(n + m).
 *
 * @example
 * energyDistance(referenceRows, currentRows, { permutation: { seed: 1 } }); // value 0.41, p 0.004
 */
export function energyDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: RowDistanceOptions = {},
): MetricResult {
  const distance = {
    definition: 'energy_distance/1 profile=plumbline input=rows form=root',
    rowsMin: ROWS_MIN,
    prepare: () => (samples: PooledSamples) => Math.sqrt(2 * cdfDistanceIntegral(samples, 2)),
  };
  return rowDistanceResult(distance, reference, current, options);
}
