import { metricValue, insufficientEvidence, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { LEVEL_DEFAULT } from '../support/intervals/two-sided-z.ts';
import { wilsonInterval } from '../support/intervals/wilson-interval.ts';

export type QualityOptions = {
  /** Rows below which a rate is `insufficient_evidence`; 100 unless said. */
  nMin?: number;
  level?: number;
};

/** Cases of a kind and all rows that could have been of that kind. */
export type QualityCounts = { cases: number; n: number };

export const qualityNMin = 100;

/**
 * A quality rate as a metric: cases/n with its Wilson interval.
 *
 * @param rows all rows of the window: with none there is no data, while `counts.n` may be 0 for another reason
 */
export function qualityRate(
  definition: string,
  counts: QualityCounts,
  rows: number,
  options: QualityOptions = {},
): MetricResult {
  const { nMin = qualityNMin, level = LEVEL_DEFAULT } = options;
  if (!(rows > 0)) return noData;
  if (!(counts.n > 0)) return insufficientEvidence('zero_denominator', 0);
  if (counts.n < nMin) return insufficientEvidence('n_below_minimum', counts.n, nMin);
  return metricValue(counts.cases / counts.n, counts.n, definition, {
    interval: wilsonInterval(counts.cases, counts.n, level),
  });
}
