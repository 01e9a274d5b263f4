import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { confusionRate } from './confusion-rate.ts';
import type { ConfusionRate } from './confusion-rate.ts';

const rate: ConfusionRate = {
  id: 'negative_predictive_value',
  numerator: (c) => c.trueNegative,
  denominator: (c) => c.trueNegative + c.falseNegative,
};

/**
 * Negative predictive value: of the cases left alone, how many were rightly so?
 *
 * Reading: 1 a "no" can be trusted. Rises when the positive class gets rarer. Worse is down.
 * Definition: TN/(TN + FN), Wilson interval with n = TN + FN.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @returns a share in [0, 1]; needs 100 labelled rows and 30 in the denominator
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002. Cost: O(1), O(bins) with a threshold.
 *
 * @example
 * negativePredictiveValue(tally); // TN 9, FN 2: 0.818
 */
export function negativePredictiveValue(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  return confusionRate(tally, rate, options);
}
