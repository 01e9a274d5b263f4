import { insufficientEvidence, metricValue } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally, ConfusionCounts } from '../../../domain/outcome-tally.ts';
import { classEvidenceGap, labelCoverage, labelEvidenceGap } from '../label-evidence.ts';
import { minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { bootstrapDefinition, cellBootstrapInterval } from './cell-bootstrap.ts';
import { confusionOf, confusionTotal } from './confusion-counts.ts';
import { confusionDefinition } from './confusion-rate.ts';

/**
 * Matthews correlation coefficient: do decisions and truth go together, over all four cells?
 *
 * Reading: 1 perfect, 0 chance, −1 always wrong. High only when all four rates are good, so rare classes do not
 * flatter it. Worse is down.
 * Definition: (TP·TN − FP·FN)/√((TP+FP)(TP+FN)(TN+FP)(TN+FN)). The four roots are taken one by one and the products
 * as quotients of them, because products of counts pass 2⁵³ from 10⁸ rows on. Interval by count bootstrap.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @returns a number in [−1, 1]; `single_class` with one class of labels, `zero_denominator` with one kind of decision;
 *   needs 100 labelled rows and 30 of each class
 *
 * Reference: Matthews 1975, doi:10.1016/0005-2795(75)90109-9. Cost: O(draws).
 *
 * @example
 * matthewsCorrelation(tally); // TP 7, FP 6, FN 2, TN 9: 0.367
 */
export function matthewsCorrelation(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  const cells = confusionOf(tally, options.threshold);
  const minimum = minimumEvidence(options);
  const n = confusionTotal(cells);
  const positives = cells.truePositive + cells.falseNegative;
  const gap = labelEvidenceGap(tally, n, minimum.n, options) ?? classEvidenceGap(positives, n - positives, 0);
  if (gap) return gap;
  const value = matthewsOfCells(cells);
  if (value === null) return insufficientEvidence('zero_denominator', n);
  const tooFew = classEvidenceGap(positives, n - positives, minimum.denominator);
  if (tooFew) return tooFew;
  const definition = confusionDefinition('matthews_correlation', options, bootstrapDefinition(options));
  return metricValue(value, n, definition, {
    interval: cellBootstrapInterval(cells, matthewsOfCells, options),
    labelCoverage: labelCoverage(tally),
  });
}

/** The formula alone; null when a row or a column of the table is empty. */
export function matthewsOfCells(cells: ConfusionCounts): number | null {
  const { truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn } = cells;
  const predicted = Math.sqrt(tp + fp);
  const actual = Math.sqrt(tp + fn);
  const notPredicted = Math.sqrt(tn + fn);
  const notActual = Math.sqrt(tn + fp);
  if (predicted === 0 || actual === 0 || notPredicted === 0 || notActual === 0) return null;
  const agree = (tp / predicted / actual) * (tn / notPredicted / notActual);
  const disagree = (fp / predicted / notActual) * (fn / actual / notPredicted);
  return Math.min(1, Math.max(-1, agree - disagree));
}
