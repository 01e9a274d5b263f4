import { insufficientEvidence, metricValue } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import { labelEvidenceGap } from '../label-evidence.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { regressionMinimum } from './regression-minimum.ts';
import { requireFiniteRows } from './regression-rows.ts';
import type { RegressionRows } from './regression-rows.ts';

/**
 * Max error: what is the worst single miss of the window?
 *
 * Reading: 0 perfect; in the unit of y. Grows with n by itself, so compare windows of equal n only. Worse is up.
 * Definition: max |ŷ − y|. No interval: the largest of a sample has no honest one without a model of the tail.
 *
 * @param rows labelled rows in hand
 * @returns a number in the unit of y; needs 30 rows
 *
 * Reference: Coles, *An Introduction to Statistical Modeling of Extreme Values*, 2001, chapter 1. Cost: O(n).
 *
 * @example
 * maxError({ actual: [3, 5], predicted: [4, 3] }); // 2
 */
export function maxError(rows: RegressionRows, options: PerformanceOptions = {}): MetricResult {
  requireFiniteRows(rows);
  const n = rows.actual.length;
  const gap = labelEvidenceGap({ total: n, labelled: n }, n, regressionMinimum(options), options);
  if (gap) return gap;
  if (n === 0) return insufficientEvidence('zero_denominator', 0);
  let largest = 0;
  for (let row = 0; row < n; row += 1) largest = Math.max(largest, Math.abs(rows.predicted[row] - rows.actual[row]));
  return metricValue(largest, n, 'max_error/1');
}
