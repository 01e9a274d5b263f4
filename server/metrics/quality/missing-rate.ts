import type { MetricResult } from '../../domain/metric-result.ts';
import type { FeatureQualityCounts } from './feature-quality-counts.ts';
import { qualityRate } from './quality-options.ts';
import type { QualityOptions } from './quality-options.ts';

/**
 * Missing rate: how often does the feature arrive without a value?
 *
 * Reading: 0 always there. Judge it by its change (`missing_rate_change`): a column that was always half empty is no
 * news. Worse is up.
 * Definition: null or absent / rows; the empty string is a value, and a value of the wrong type is a mismatch, not
 * missing. Interval Wilson.
 *
 * @param counts of one feature in one window
 * @returns a share in [0, 1]; needs 100 rows
 *
 * Reference: Schelter et al. 2018, doi:10.14778/3229863.3229867 (completeness). Cost: O(1).
 *
 * @example
 * missingRate({ n: 200, missing: 10, typeMismatch: 0, outOfRange: 0, unseen: 0 }); // 0.05
 */
export function missingRate(counts: FeatureQualityCounts, options: QualityOptions = {}): MetricResult {
  return qualityRate('missing_rate/1', { cases: counts.missing, n: counts.n }, counts.n, options);
}
