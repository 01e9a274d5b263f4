import { insufficientEvidence, metricValue } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { meanTInterval } from '../support/intervals/mean-t-interval.ts';
import type { SampleMoments } from '../support/intervals/sample-moments.ts';
import { labelCoverage, labelEvidenceGap } from './label-evidence.ts';
import type { LabelCounts } from './label-evidence.ts';
import { levelOf } from './performance-options.ts';
import type { PerformanceOptions } from './performance-options.ts';

/** A mean over labelled rows as a metric, with its t interval. */
export function meanOfLosses(
  counts: LabelCounts,
  moments: SampleMoments,
  named: { definition: string; nMin: number },
  options: PerformanceOptions,
): MetricResult {
  const gap = labelEvidenceGap(counts, moments.n, named.nMin, options);
  if (gap) return gap;
  if (!(moments.n > 0)) return insufficientEvidence('zero_denominator', 0);
  // Squares of errors near 1e160 pass the largest double; no number is better than Infinity.
  if (!Number.isFinite(moments.mean)) return insufficientEvidence('noise_above_threshold', moments.n);
  return metricValue(moments.mean, moments.n, named.definition, {
    interval: meanTInterval(moments, levelOf(options)),
    labelCoverage: labelCoverage(counts),
  });
}
