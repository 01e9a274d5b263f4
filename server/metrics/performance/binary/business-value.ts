import { insufficientEvidence, metricValue } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally, ConfusionCounts } from '../../../domain/outcome-tally.ts';
import { meanTInterval } from '../../support/intervals/mean-t-interval.ts';
import type { SampleMoments } from '../../support/intervals/sample-moments.ts';
import { labelCoverage, labelEvidenceGap } from '../label-evidence.ts';
import { levelOf, minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { confusionOf, confusionTotal } from './confusion-counts.ts';
import { confusionDefinition } from './confusion-rate.ts';

/** Currency per decision, [[TN, FP], [FN, TP]]; costs are negative. */
export type ValueMatrix = readonly [readonly [number, number], readonly [number, number]];

export type BusinessValueOptions = PerformanceOptions & {
  /** `window` (default): the sum over the labelled rows; `prediction`: the mean of one decision. */
  per?: 'window' | 'prediction';
};

/**
 * Business value: what did the decisions earn?
 *
 * Reading: in the currency of the matrix, more is better. The sum grows with traffic, so compare windows per
 * prediction. Worse is down.
 * Definition: Σ cell × value, matrix [[TN, FP], [FN, TP]]; interval t of the per-row value, times n for the sum.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @param matrix currency per decision
 * @returns the sum, or the mean with `per: 'prediction'`; needs 100 labelled rows
 *
 * Reference: Elkan, *The Foundations of Cost-Sensitive Learning*, IJCAI 2001. Cost: O(1), O(bins) with a threshold.
 *
 * @example
 * businessValue(tally, [[1, -4], [-20, 15]]); // TP 7, FP 6, FN 2, TN 9: 50
 */
export function businessValue(
  tally: BinaryTally,
  matrix: ValueMatrix,
  options: BusinessValueOptions = {},
): MetricResult {
  const cells = confusionOf(tally, options.threshold);
  const n = confusionTotal(cells);
  const gap = labelEvidenceGap(tally, n, minimumEvidence(options).n, options);
  if (gap) return gap;
  if (!(n > 0)) return insufficientEvidence('zero_denominator', 0);
  const per = options.per ?? 'window';
  const scale = per === 'window' ? n : 1;
  const moments = rowValueMoments(cells, matrix);
  const mean = meanTInterval(moments, levelOf(options));
  const interval = mean && { ...mean, lower: mean.lower * scale, upper: mean.upper * scale };
  const definition = confusionDefinition('business_value', options, ` per=${per} matrix=${JSON.stringify(matrix)}`);
  return metricValue(moments.mean * scale, n, definition, { interval, labelCoverage: labelCoverage(tally) });
}

/** Σ cell × value. */
export function valueOfCells(cells: ConfusionCounts, matrix: ValueMatrix): number {
  const [[trueNegative, falsePositive], [falseNegative, truePositive]] = matrix;
  return (
    cells.trueNegative * trueNegative +
    cells.falsePositive * falsePositive +
    cells.falseNegative * falseNegative +
    cells.truePositive * truePositive
  );
}

/** Mean and variance of the value of one row: four distinct values, weighted by their counts. */
function rowValueMoments(cells: ConfusionCounts, matrix: ValueMatrix): SampleMoments {
  const n = confusionTotal(cells);
  const mean = valueOfCells(cells, matrix) / n;
  const [[tn, fp], [fn, tp]] = matrix;
  const spread = valueOfCells(cells, [
    [(tn - mean) ** 2, (fp - mean) ** 2],
    [(fn - mean) ** 2, (tp - mean) ** 2],
  ]);
  return { n, mean, variance: n < 2 ? 0 : spread / (n - 1) };
}
