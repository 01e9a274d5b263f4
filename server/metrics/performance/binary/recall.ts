import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { confusionRate } from './confusion-rate.ts';
import type { ConfusionRate } from './confusion-rate.ts';

const rate: ConfusionRate = {
  id: 'recall',
  numerator: (c) => c.truePositive,
  denominator: (c) => c.truePositive + c.falseNegative,
};

/**
 * Recall (true positive rate, sensitivity): of the true cases, how many were found?
 *
 * Reading: 1 all found. Free of the class balance; buys itself with false alarms, so read it with precision. Worse is down.
 * Definition: TP/(TP + FN), Wilson interval with n = P; no positive label is `zero_denominator`.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @returns a share in [0, 1]; needs 100 labelled rows and 30 in the denominator
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002. Cost: O(1), O(bins) with a threshold.
 *
 * @example
 * recall(tally); // TP 7, FN 2: 0.778
 */
export function recall(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  return confusionRate(tally, rate, options);
}
