import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { confusionRate } from './confusion-rate.ts';
import type { ConfusionRate } from './confusion-rate.ts';

const rate: ConfusionRate = {
  id: 'precision',
  numerator: (c) => c.truePositive,
  denominator: (c) => c.truePositive + c.falsePositive,
};

/**
 * Precision (positive predictive value): of the alarms, how many were true?
 *
 * Reading: 1 no false alarm. Falls when the positive class gets rarer, even if the model is unchanged. Worse is down.
 * Definition: TP/(TP + FP), Wilson interval with n = TP + FP; no alarm at all is `zero_denominator`.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @returns a share in [0, 1]; needs 100 labelled rows and 30 in the denominator
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002. Cost: O(1), O(bins) with a threshold.
 *
 * @example
 * precision(tally); // TP 7, FP 6: 0.538
 */
export function precision(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  return confusionRate(tally, rate, options);
}
