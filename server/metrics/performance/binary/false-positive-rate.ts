import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { confusionRate } from './confusion-rate.ts';
import type { ConfusionRate } from './confusion-rate.ts';

const rate: ConfusionRate = {
  id: 'false_positive_rate',
  numerator: (c) => c.falsePositive,
  denominator: (c) => c.falsePositive + c.trueNegative,
};

/**
 * False positive rate (fall-out): of the false cases, how many raised an alarm?
 *
 * Reading: 0 none; 1 − specificity. The x axis of the ROC curve and one side of equalized odds. Worse is up.
 * Definition: FP/(FP + TN), Wilson interval with n = N.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @returns a share in [0, 1]; needs 100 labelled rows and 30 in the denominator
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002. Cost: O(1), O(bins) with a threshold.
 *
 * @example
 * falsePositiveRate(tally); // FP 6, TN 9: 0.4
 */
export function falsePositiveRate(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  return confusionRate(tally, rate, options);
}
