import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { confusionTotal } from './confusion-counts.ts';
import { confusionRate } from './confusion-rate.ts';
import type { ConfusionRate } from './confusion-rate.ts';

const rate: ConfusionRate = {
  id: 'accuracy',
  numerator: (c) => c.truePositive + c.trueNegative,
  denominator: confusionTotal,
};

/**
 * Accuracy: what share of decisions is right?
 *
 * Reading: 1 all right. Useless when classes are rare: with 1 % positives, "never" is 99 % right; read it beside balanced accuracy. Worse is down.
 * Definition: (TP + TN)/n, Wilson interval.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @returns a share in [0, 1]; needs 100 labelled rows and 30 in the denominator
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002. Cost: O(1), O(bins) with a threshold.
 *
 * @example
 * accuracy(tally); // 0.6667 of 24 rows: 7 TP, 9 TN
 */
export function accuracy(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  return confusionRate(tally, rate, options);
}
