import type { MetricResult } from '../../../domain/metric-result.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { meanRowLoss } from './regression-rows.ts';
import type { RegressionRows } from './regression-rows.ts';

/**
 * Symmetric MAPE: how far off are predictions, relative to the size of both y and ŷ?
 *
 * Reading: 0 perfect, 2 the largest possible (opposite signs, or one of them 0). Worse is up.
 * Definition: mean of 2|ŷ − y|/(|ŷ| + |y|); a row with 0 predicted and 0 actual is right and counts 0. Interval t.
 *
 * @param rows labelled rows in hand
 * @returns a number in [0, 2]; needs 30 rows
 *
 * Reference: Hyndman & Koehler 2006, doi:10.1016/j.ijforecast.2006.03.001. Cost: O(n).
 *
 * @example
 * symmetricMeanAbsolutePercentageError({ actual: [2, 4], predicted: [1, 5] }); // 0.444
 */
export function symmetricMeanAbsolutePercentageError(
  rows: RegressionRows,
  options: PerformanceOptions = {},
): MetricResult {
  const loss = (predicted: number, actual: number): number => {
    const size = Math.abs(predicted) + Math.abs(actual);
    return size === 0 ? 0 : (2 * Math.abs(predicted - actual)) / size;
  };
  return meanRowLoss(rows, loss, 'symmetric_mean_absolute_percentage_error/1 range=0..2', options).result;
}
