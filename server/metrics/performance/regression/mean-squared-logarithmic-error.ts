import type { PerformanceOptions } from '../performance-options.ts';
import { meanRowLoss } from './regression-rows.ts';
import type { RegressionRows, RowLossResult } from './regression-rows.ts';

/**
 * Mean squared logarithmic error: how far off are predictions by factor rather than by amount?
 *
 * Reading: 0 perfect; 0.01 ≈ ten per cent off for large y. Punishes under-prediction more. Worse is up.
 * Definition: mean of (ln(1+ŷ) − ln(1+y))²; rows with y or ŷ ≤ −1 have no logarithm, are left out and counted in
 * `excluded`. Interval t of the mean.
 *
 * @param rows labelled rows in hand
 * @returns the result and how many rows were left out; needs 30 rows
 *
 * Reference: Hyndman & Koehler 2006, doi:10.1016/j.ijforecast.2006.03.001 (errors on transformed scales). Cost: O(n).
 *
 * @example
 * meanSquaredLogarithmicError({ actual: [3, 5], predicted: [2.5, 5] });
 */
export function meanSquaredLogarithmicError(rows: RegressionRows, options: PerformanceOptions = {}): RowLossResult {
  return meanRowLoss(
    rows,
    (predicted, actual) => (predicted <= -1 || actual <= -1 ? null : (Math.log1p(predicted) - Math.log1p(actual)) ** 2),
    'mean_squared_logarithmic_error/1 log=log1p at_or_below_minus_one=excluded',
    options,
  );
}
