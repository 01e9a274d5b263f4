import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { confusionRate } from './confusion-rate.ts';
import type { ConfusionRate } from './confusion-rate.ts';

const rate: ConfusionRate = {
  id: 'false_negative_rate',
  numerator: (c) => c.falseNegative,
  denominator: (c) => c.truePositive + c.falseNegative,
};

/**
 * False negative rate (miss rate): of the true cases, how many were missed?
 *
 * Reading: 0 none; 1 − recall. Worse is up.
 * Definition: FN/(TP + FN), Wilson interval with n = P.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @returns a share in [0, 1]; needs 100 labelled rows and 30 in the denominator
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002. Cost: O(1), O(bins) with a threshold.
 *
 * @example
 * falseNegativeRate(tally); // FN 2, TP 7: 0.222
 */
export function falseNegativeRate(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  return confusionRate(tally, rate, options);
}
