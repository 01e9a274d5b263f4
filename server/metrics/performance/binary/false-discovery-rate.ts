import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { confusionRate } from './confusion-rate.ts';
import type { ConfusionRate } from './confusion-rate.ts';

const rate: ConfusionRate = {
  id: 'false_discovery_rate',
  numerator: (c) => c.falsePositive,
  denominator: (c) => c.truePositive + c.falsePositive,
};

/**
 * False discovery rate: of the alarms, how many were false?
 *
 * Reading: 0 none; 1 − precision: the share of work wasted by those who follow the alarms. Worse is up.
 * Definition: FP/(TP + FP), Wilson interval with n = TP + FP.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @returns a share in [0, 1]; needs 100 labelled rows and 30 in the denominator
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002. Cost: O(1), O(bins) with a threshold.
 *
 * @example
 * falseDiscoveryRate(tally); // FP 6, TP 7: 0.462
 */
export function falseDiscoveryRate(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  return confusionRate(tally, rate, options);
}
