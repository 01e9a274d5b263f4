import { insufficientEvidence, metricValue } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { wilsonInterval } from '../support/intervals/wilson-interval.ts';

/** One proportion with the evidence it needs. `n` of the result is the denominator: what the rate rests on. */
export type RateCounts = {
  numerator: number;
  denominator: number;
  denominatorMin: number;
  level: number;
  definition: string;
  labelCoverage?: number;
};

/**
 * A proportion as a metric: numerator/denominator with its Wilson interval.
 *
 * A denominator of 0 is `zero_denominator` (other tools return 0, 1 or NaN here); a small one is `n_below_minimum`.
 */
export function rateOfCounts(counts: RateCounts): MetricResult {
  const { numerator, denominator, denominatorMin, level, definition, labelCoverage } = counts;
  if (!(denominator > 0)) return insufficientEvidence('zero_denominator', 0);
  if (denominator < denominatorMin) return insufficientEvidence('n_below_minimum', denominator, denominatorMin);
  const interval = wilsonInterval(numerator, denominator, level);
  return metricValue(numerator / denominator, denominator, definition, { interval, labelCoverage });
}
