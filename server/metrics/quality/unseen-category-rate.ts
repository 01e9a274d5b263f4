import type { MetricResult } from '../../domain/metric-result.ts';
import { typedRows } from './feature-quality-counts.ts';
import type { FeatureQualityCounts } from './feature-quality-counts.ts';
import { qualityRate } from './quality-options.ts';
import type { QualityOptions } from './quality-options.ts';

/**
 * Unseen-category rate: how often does a value arrive that the reference never had?
 *
 * Reading: 0 nothing new; warn when the Wilson lower end is above 0.01. A model has learned nothing about such values.
 * Known rare categories are in the bin `other` but not unseen. Worse is up.
 * Definition: unseen / non-missing values; interval Wilson.
 *
 * @param counts of one categorical feature in one window
 * @returns a share in [0, 1]; needs 100 values
 *
 * Reference: Breck et al. 2019, *Data Validation for Machine Learning*, SysML (schema domain). Cost: O(1).
 *
 * @example
 * unseenCategoryRate({ n: 90, missing: 0, typeMismatch: 0, outOfRange: 0, unseen: 7 }, { nMin: 1 }); // 0.078
 */
export function unseenCategoryRate(counts: FeatureQualityCounts, options: QualityOptions = {}): MetricResult {
  return qualityRate('unseen_category_rate/1', { cases: counts.unseen, n: typedRows(counts) }, counts.n, options);
}
