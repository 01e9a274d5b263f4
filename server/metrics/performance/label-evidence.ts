import { insufficientEvidence, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import type { PerformanceOptions } from './performance-options.ts';

/** All predictions of a window and the labelled ones. */
export type LabelCounts = { total: number; labelled: number };

/** Labelled / all predictions, 0 to 1; undefined for an empty window. */
export function labelCoverage(counts: LabelCounts): number | undefined {
  return counts.total > 0 ? Math.min(1, Math.max(0, counts.labelled / counts.total)) : undefined;
}

/**
 * Is there enough truth in the window to speak at all? null when yes, else the result that says why not.
 *
 * @param counts the window
 * @param n rows that the metric would rest on
 * @param nMin its minimum
 */
export function labelEvidenceGap(
  counts: LabelCounts,
  n: number,
  nMin: number,
  options: PerformanceOptions,
): MetricResult | null {
  if (!(counts.total > 0)) return noData;
  if (n < nMin) return insufficientEvidence('n_below_minimum', n, nMin);
  if ((labelCoverage(counts) ?? 0) < (options.labelCoverageMin ?? 0)) {
    return insufficientEvidence('labels_below_coverage', n);
  }
  return null;
}

/** Are both classes present often enough? null when yes. */
export function classEvidenceGap(positives: number, negatives: number, classMin: number): MetricResult | null {
  const smaller = Math.min(positives, negatives);
  if (smaller <= 0) return insufficientEvidence('single_class', positives + negatives);
  return smaller < classMin ? insufficientEvidence('n_below_minimum', smaller, classMin) : null;
}
