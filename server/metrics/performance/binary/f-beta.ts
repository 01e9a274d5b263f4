import { insufficientEvidence, metricValue } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally, ConfusionCounts } from '../../../domain/outcome-tally.ts';
import { labelCoverage, labelEvidenceGap } from '../label-evidence.ts';
import { minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { bootstrapDefinition, cellBootstrapInterval } from './cell-bootstrap.ts';
import { confusionOf, confusionTotal } from './confusion-counts.ts';
import { confusionDefinition } from './confusion-rate.ts';

/**
 * F-beta: precision and recall together, with recall weighing β times as much.
 *
 * Reading: 1 perfect, 0 no true positive; β = 2 when a miss is worse than a false alarm, β = 0.5 the other way.
 * Worse is down.
 * Definition: (1+β²)TP/((1+β²)TP + β²FN + FP); interval by count bootstrap of the four cells.
 *
 * @param tally counts of one window; the logged decision, or `options.threshold` at a score-bin edge
 * @param options also `beta`, above 0, 1 unless said
 * @returns a share in [0, 1]; needs 100 labelled rows and TP + FP + FN ≥ 30
 * @throws RangeError when β is not above 0
 *
 * Reference: Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002. Cost: O(draws).
 *
 * @example
 * fBeta(tally, { beta: 2 }); // TP 7, FP 6, FN 2: 0.714
 */
export function fBeta(tally: BinaryTally, options: PerformanceOptions & { beta?: number } = {}): MetricResult {
  const beta = options.beta ?? 1;
  if (!(beta > 0)) throw new RangeError(`beta must be above 0, for example 2 to weigh recall double; got ${beta}`);
  const cells = confusionOf(tally, options.threshold);
  const minimum = minimumEvidence(options);
  const n = confusionTotal(cells);
  const gap = labelEvidenceGap(tally, n, minimum.n, options);
  if (gap) return gap;
  const value = fBetaOfCells(cells, beta);
  if (value === null) return insufficientEvidence('zero_denominator', n);
  const touched = n - cells.trueNegative;
  if (touched < minimum.denominator) return insufficientEvidence('n_below_minimum', touched, minimum.denominator);
  const definition = confusionDefinition('f_beta', options, ` beta=${beta}${bootstrapDefinition(options)}`);
  return metricValue(value, n, definition, {
    interval: cellBootstrapInterval(cells, (redrawn) => fBetaOfCells(redrawn, beta), options),
    labelCoverage: labelCoverage(tally),
  });
}

/** The formula alone; null when nothing is positive on either side. */
export function fBetaOfCells(cells: ConfusionCounts, beta: number): number | null {
  const weight = beta * beta;
  const hits = (1 + weight) * cells.truePositive;
  const denominator = hits + weight * cells.falseNegative + cells.falsePositive;
  return denominator > 0 ? hits / denominator : null;
}
