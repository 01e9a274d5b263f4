import type { PerformanceOptions } from '../performance-options.ts';
import { meanRowLoss } from './regression-rows.ts';
import type { RegressionRows, RowLossResult } from './regression-rows.ts';

/**
 * Mean absolute percentage error: how far off are predictions, relative to the size of y?
 *
 * Reading: 0 perfect, 0.1 = ten per cent off on average. Punishes over-prediction more than under-prediction, and
 * explodes near y = 0. Worse is up.
 * Definition: mean of |ŷ − y|/|y| as a fraction; rows with y = 0 are left out and counted in `excluded`
 * (scikit-learn divides them by 2⁻⁵² instead). Interval t of the mean.
 *
 * @param rows labelled rows in hand
 * @returns the result and how many rows were left out; needs 30 rows with y ≠ 0
 *
 * Reference: Hyndman & Koehler 2006, doi:10.1016/j.ijforecast.2006.03.001. Cost: O(n).
 *
 * @example
 * meanAbsolutePercentageError({ actual: [2, 4, 0], predicted: [1, 5, 1] }); // 0.375 of two rows, one excluded
 */
export function meanAbsolutePercentageError(rows: RegressionRows, options: PerformanceOptions = {}): RowLossResult {
  return meanRowLoss(
    rows,
    (predicted, actual) => (actual === 0 ? null : Math.abs(predicted - actual) / Math.abs(actual)),
    'mean_absolute_percentage_error/1 unit=fraction zero_actual=excluded',
    options,
  );
}
