import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { confusionRate } from './confusion-rate.ts';
import type { ConfusionRate } from './confusion-rate.ts';

const rate: ConfusionRate = {
  id: 'specificity',
  numerator: (c) => c.trueNegative,
  denominator: (c) => c.falsePositive + c.trueNegative,
};

/**
 * Specificity (true negative rate): of the false cases, how many were left alone?
 *
 * Reading: 1 nobody bothered without cause. Free of the class balance. Worse is down.
 * Definition: TN/(FP + TN), Wilson interval with n = N.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @returns a share in [0, 1]; needs 100 labelled rows and 30 in the denominator
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002. Cost: O(1), O(bins) with a threshold.
 *
 * @example
 * specificity(tally); // TN 9, FP 6: 0.6
 */
export function specificity(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  return confusionRate(tally, rate, options);
}
