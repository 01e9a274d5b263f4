import type { MetricResult } from '../../../domain/metric-result.ts';
import { insufficientEvidence, metricValue } from '../../../domain/metric-result.ts';
import { orderStatisticLimits } from '../../support/intervals/order-statistic-limits.ts';
import { quantileType7 } from '../../support/numerics/quantile-type-7.ts';
import { labelEvidenceGap } from '../label-evidence.ts';
import { levelOf } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { regressionMinimum } from './regression-minimum.ts';
import { requireFiniteRows } from './regression-rows.ts';
import type { RegressionRows } from './regression-rows.ts';

/**
 * Median absolute error: how far off is the middle prediction, whatever the worst ones do?
 *
 * Reading: 0 means that at least half of the predictions are exact; in the unit of y. A rising mean absolute error
 * beside a steady median says that a few rows went wrong, not all. Worse is up.
 * Definition: type 7 median of |ŷ − y|; interval from order statistics.
 *
 * @param rows labelled rows in hand
 * @returns a number in the unit of y; needs 30 rows
 *
 * Reference: Hyndman & Koehler 2006, doi:10.1016/j.ijforecast.2006.03.001. Cost: one sort.
 *
 * @example
 * medianAbsoluteError({ actual: [3, 5, 7], predicted: [4, 3, 7] }); // 1
 */
export function medianAbsoluteError(rows: RegressionRows, options: PerformanceOptions = {}): MetricResult {
  requireFiniteRows(rows);
  const n = rows.actual.length;
  const gap = labelEvidenceGap({ total: n, labelled: n }, n, regressionMinimum(options), options);
  if (gap) return gap;
  if (n === 0) return insufficientEvidence('zero_denominator', 0);
  const sizes = Float64Array.from({ length: n }, (_, row) => Math.abs(rows.predicted[row] - rows.actual[row])).sort();
  const level = levelOf(options);
  const { lower, upper } = orderStatisticLimits(sizes, 0.5, level);
  const interval = lower === null || upper === null ? null : { lower, upper, level, method: 'order_statistics' };
  return metricValue(quantileType7(sizes, 0.5), n, 'median_absolute_error/1 quantile=type_7', { interval });
}
