import type { MetricResult } from '../../../domain/metric-result.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { meanRowLoss } from './regression-rows.ts';
import type { RegressionRows } from './regression-rows.ts';

/**
 * Quantile loss (pinball loss): how good is a model that predicts the τ quantile of y?
 *
 * Reading: 0 perfect; under-prediction costs τ a unit, over-prediction 1 − τ; at τ = ½ half the mean absolute error.
 * Worse is up.
 * Definition: mean of max(τ(y−ŷ), (τ−1)(y−ŷ)); interval t of the mean.
 *
 * @param rows labelled rows in hand
 * @param quantile τ in (0, 1), the one the model predicts
 * @returns a number in the unit of y; needs 30 rows
 * @throws RangeError when τ is not strictly between 0 and 1
 *
 * Reference: Koenker & Bassett 1978, doi:10.2307/1913643. Cost: O(n).
 *
 * @example
 * quantileLoss({ actual: [3, 5], predicted: [4, 6] }, 0.9); // 0.1
 */
export function quantileLoss(rows: RegressionRows, quantile: number, options: PerformanceOptions = {}): MetricResult {
  if (!(quantile > 0 && quantile < 1)) {
    throw new RangeError(`the quantile must lie strictly between 0 and 1, for example 0.9; got ${quantile}`);
  }
  const loss = (predicted: number, actual: number): number =>
    Math.max(quantile * (actual - predicted), (quantile - 1) * (actual - predicted));
  return meanRowLoss(rows, loss, `quantile_loss/1 quantile=${quantile}`, options).result;
}
