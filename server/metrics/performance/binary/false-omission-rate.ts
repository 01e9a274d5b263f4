import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { confusionRate } from './confusion-rate.ts';
import type { ConfusionRate } from './confusion-rate.ts';

const rate: ConfusionRate = {
  id: 'false_omission_rate',
  numerator: (c) => c.falseNegative,
  denominator: (c) => c.falseNegative + c.trueNegative,
};

/**
 * False omission rate: of the cases left alone, how many should not have been?
 *
 * Reading: 0 none; 1 − negative predictive value: the harm hidden among the "no". Worse is up.
 * Definition: FN/(FN + TN), Wilson interval with n = FN + TN.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @returns a share in [0, 1]; needs 100 labelled rows and 30 in the denominator
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002. Cost: O(1), O(bins) with a threshold.
 *
 * @example
 * falseOmissionRate(tally); // FN 2, TN 9: 0.182
 */
export function falseOmissionRate(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  return confusionRate(tally, rate, options);
}
