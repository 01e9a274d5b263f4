import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally, ConfusionCounts } from '../../../domain/outcome-tally.ts';
import { labelCoverage, labelEvidenceGap } from '../label-evidence.ts';
import { levelOf, minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { rateOfCounts } from '../rate-of-counts.ts';
import { confusionOf, confusionTotal } from './confusion-counts.ts';

/** Which cells a rate is made of. */
export type ConfusionRate = {
  id: string;
  numerator: (cells: ConfusionCounts) => number;
  denominator: (cells: ConfusionCounts) => number;
};

/** `precision/1 positive=score>=threshold threshold=logged`: the measures of one decision differ only by id. */
export function confusionDefinition(id: string, options: PerformanceOptions, more = ''): string {
  return `${id}/1 positive=score>=threshold threshold=${options.threshold ?? 'logged'}${more}`;
}

/** A rate of confusion cells as a metric: the window's evidence first, then the denominator's, then the value. */
export function confusionRate(tally: BinaryTally, rate: ConfusionRate, options: PerformanceOptions): MetricResult {
  const cells = confusionOf(tally, options.threshold);
  const minimum = minimumEvidence(options);
  const gap = labelEvidenceGap(tally, confusionTotal(cells), minimum.n, options);
  if (gap) return gap;
  return rateOfCounts({
    numerator: rate.numerator(cells),
    denominator: rate.denominator(cells),
    denominatorMin: minimum.denominator,
    level: levelOf(options),
    definition: confusionDefinition(rate.id, options),
    labelCoverage: labelCoverage(tally),
  });
}
