import { insufficientEvidence, metricValue } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import { f1Interval } from '../../support/intervals/f1-interval.ts';
import { labelCoverage, labelEvidenceGap } from '../label-evidence.ts';
import { levelOf, minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { confusionOf, confusionTotal } from './confusion-counts.ts';
import { confusionDefinition } from './confusion-rate.ts';

/**
 * F1: how good are precision and recall together, when true negatives do not matter?
 *
 * Reading: 1 perfect, 0 no true positive. The harmonic mean: the worse of the two pulls. Worse is down.
 * Definition: 2TP/(2TP + FP + FN); interval Wilson on J = TP/(TP+FP+FN), mapped by 2J/(1+J); nothing positive on
 * either side is `zero_denominator`.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @returns a share in [0, 1]; needs 100 labelled rows and TP + FP + FN ≥ 30
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002. Cost: O(1), O(bins) with a threshold.
 *
 * @example
 * f1(tally); // TP 7, FP 6, FN 2: 0.636
 */
export function f1(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  const cells = confusionOf(tally, options.threshold);
  const minimum = minimumEvidence(options);
  const gap = labelEvidenceGap(tally, confusionTotal(cells), minimum.n, options);
  if (gap) return gap;
  const wrong = cells.falsePositive + cells.falseNegative;
  const touched = cells.truePositive + wrong;
  if (!(touched > 0)) return insufficientEvidence('zero_denominator', confusionTotal(cells));
  if (touched < minimum.denominator) return insufficientEvidence('n_below_minimum', touched, minimum.denominator);
  const value = (2 * cells.truePositive) / (2 * cells.truePositive + wrong);
  return metricValue(value, confusionTotal(cells), confusionDefinition('f1', options), {
    interval: f1Interval(cells.truePositive, wrong, levelOf(options)),
    labelCoverage: labelCoverage(tally),
  });
}
