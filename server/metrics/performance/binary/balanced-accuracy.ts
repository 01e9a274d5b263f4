import { metricValue } from '../../../domain/metric-result.ts';
import type { Interval, MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally, ConfusionCounts } from '../../../domain/outcome-tally.ts';
import { moverMean } from '../../support/intervals/mover-interval.ts';
import { wilsonInterval } from '../../support/intervals/wilson-interval.ts';
import { classEvidenceGap, labelCoverage, labelEvidenceGap } from '../label-evidence.ts';
import { levelOf, minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { confusionOf, confusionTotal } from './confusion-counts.ts';
import { confusionDefinition } from './confusion-rate.ts';

/**
 * Balanced accuracy: how good are the decisions when both classes count the same, however rare one is?
 *
 * Reading: 1 perfect, 0.5 guessing (also "always no"). Worse is down.
 * Definition: (TP/P + TN/N)/2; interval MOVER of the two Wilson intervals; one class only is `single_class`.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @returns a share in [0, 1]; needs 100 labelled rows and 30 of each class
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002; Zou & Donner 2008, doi:10.1002/sim.3095.
 *
 * @example
 * balancedAccuracy(tally); // TP 7, FN 2, TN 9, FP 6: 0.689
 */
export function balancedAccuracy(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  const cells = confusionOf(tally, options.threshold);
  const minimum = minimumEvidence(options);
  const n = confusionTotal(cells);
  const positives = cells.truePositive + cells.falseNegative;
  const gap =
    labelEvidenceGap(tally, n, minimum.n, options) ?? classEvidenceGap(positives, n - positives, minimum.denominator);
  if (gap) return gap;
  const value = (cells.truePositive / positives + cells.trueNegative / (n - positives)) / 2;
  return metricValue(value, n, confusionDefinition('balanced_accuracy', options), {
    interval: balancedAccuracyInterval(cells, levelOf(options)),
    labelCoverage: labelCoverage(tally),
  });
}

/** MOVER mean of the Wilson intervals of recall and specificity; null when a class is empty. */
export function balancedAccuracyInterval(cells: ConfusionCounts, level: number): Interval | null {
  const positives = cells.truePositive + cells.falseNegative;
  const negatives = cells.trueNegative + cells.falsePositive;
  const recall = wilsonInterval(cells.truePositive, positives, level);
  const specificity = wilsonInterval(cells.trueNegative, negatives, level);
  if (!recall || !specificity) return null;
  return moverMean(
    { value: cells.truePositive / positives, lower: recall.lower, upper: recall.upper },
    { value: cells.trueNegative / negatives, lower: specificity.lower, upper: specificity.upper },
    level,
  );
}
