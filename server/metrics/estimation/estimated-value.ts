import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { LEVEL_DEFAULT, twoSidedZ } from '../support/intervals/two-sided-z.ts';

export type EstimationOptions = {
  /** 300 rows unless said. */
  nMin?: number;
  level?: number;
};

/** An estimated metric: its value, its sampling error and where its band is cut. */
export type Estimate = {
  value: number | null;
  standardError: number | null;
  range: { lower: number; upper: number };
  definition: string;
};

export const unitRange = { lower: 0, upper: 1 };
export const lossRange = { lower: 0, upper: Number.POSITIVE_INFINITY };

const ESTIMATION_N_MIN = 300;

/** Estimate ± z·SE, cut to the metric's range; no band where the reference gives no sampling error. */
export function estimatedValue(estimate: Estimate, n: number, options: EstimationOptions = {}): MetricResult {
  const { nMin = ESTIMATION_N_MIN, level = LEVEL_DEFAULT } = options;
  if (!(n > 0)) return noData;
  if (n < nMin) return insufficientEvidence('n_below_minimum', n, nMin);
  const { value, standardError, range, definition } = estimate;
  if (value === null || !Number.isFinite(value)) return insufficientEvidence('zero_denominator', n);
  const halfWidth = standardError === null ? 0 : twoSidedZ(level) * standardError;
  const interval =
    halfWidth > 0
      ? {
          lower: Math.max(range.lower, value - halfWidth),
          upper: Math.min(range.upper, value + halfWidth),
          level,
          method: 'sampling_error',
        }
      : null;
  return metricValue(value, n, definition, { interval });
}

/**
 * Do the estimator and the truth that arrived later disagree? |estimated − realised| > 3 sampling errors.
 *
 * Outside three in one window is chance once in 370; a monitor asks for 3 of 5. It means that the estimator no longer
 * holds: concept drift, which it cannot see by itself.
 */
export function estimatorDisagrees(estimated: number, realised: number, standardError: number): boolean {
  return Math.abs(estimated - realised) > 3 * standardError;
}
