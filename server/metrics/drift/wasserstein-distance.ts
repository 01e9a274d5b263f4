import type { MetricResult } from '../../domain/metric-result.ts';
import { locationAndSpread } from '../support/binning/location-and-spread.ts';
import { ROWS_MIN_DEFAULT } from './drift-options.ts';
import { cdfDistanceIntegral, poolSorted } from './pooled-samples.ts';
import type { PooledSamples } from './pooled-samples.ts';
import { rowDistanceResult } from './row-distance.ts';
import type { RowDistanceOptions } from './row-distance.ts';

/**
 * The bare number ∫|F − G|dx of two sorted samples.
 *
 * @param reference ascending, at least one value
 * @param current ascending, at least one value
 */
export function wassersteinDistanceOf(reference: Float64Array, current: Float64Array): number {
  return cdfDistanceIntegral(poolSorted(reference, current), 1);
}

/**
 * Wasserstein-1 distance on raw rows: how far did values move, in their own unit?
 *
 * Reading: 0 = the same; 3 = the average row would have to move by 3 units to make both samples equal. Heavy tails and
 * one outlier pull it. Worse is up; a limit depends on the unit, so alarm on the normed form.
 *
 * Definition: ∫|F − G|dx, F and G the empirical cdfs. p by permutation (999 draws), interval by bootstrap of rows, both
 * only when asked for.
 *
 * @param reference raw values in any order; only finite ones count
 * @param current raw values of the window
 * @returns distance in the unit of the feature with n; `no_data` without a finite value, `n_below_minimum` below 100
 *
 * Reference: Vallender 1974, doi:10.1137/1118101. Cost: two sorts; each draw O(n + m).
 *
 * @example
 * wassersteinDistance(referenceRows, currentRows, { permutation: { seed: 1 } }); // value 3.2, p 0.001
 */
export function wassersteinDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: RowDistanceOptions = {},
): MetricResult {
  const distance = {
    definition: 'wasserstein_distance/1 profile=plumbline input=rows',
    rowsMin: ROWS_MIN_DEFAULT,
    prepare: () => (samples: PooledSamples) => cdfDistanceIntegral(samples, 1),
  };
  return rowDistanceResult(distance, reference, current, options);
}

/**
 * Normed Wasserstein-1 distance: the same, divided by the standard deviation of the reference (ddof 0).
 *
 * Reading: 0.1 = the average row moved by a tenth of a standard deviation, whatever the unit. Worse is up; 0.1 is a
 * warning (Evidently), 0.25 critical. `zero_variance` when the reference does not vary.
 *
 * @example
 * wassersteinDistanceNormed(referenceRows, currentRows); // value 0.14
 */
export function wassersteinDistanceNormed(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: RowDistanceOptions = {},
): MetricResult {
  const distance = {
    definition: 'wasserstein_distance_normed/1 profile=plumbline input=rows norm=reference_std_ddof0',
    rowsMin: ROWS_MIN_DEFAULT,
    prepare: (sortedReference: Float64Array) => {
      const { std } = locationAndSpread(sortedReference);
      if (!(std > 0)) return null;
      return (samples: PooledSamples) => cdfDistanceIntegral(samples, 1) / std;
    },
  };
  return rowDistanceResult(distance, reference, current, options);
}
