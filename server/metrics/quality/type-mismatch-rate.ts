import type { MetricResult } from '../../domain/metric-result.ts';
import { presentRows } from './feature-quality-counts.ts';
import type { FeatureQualityCounts } from './feature-quality-counts.ts';
import { qualityRate } from './quality-options.ts';
import type { QualityOptions } from './quality-options.ts';

/**
 * Type-mismatch rate: how often does a value arrive that is not of the schema's type?
 *
 * Reading: 0 always right; warn when the Wilson lower end is above 0.001. Numbers as text are mismatches: a model
 * service that sends "47" has changed. Worse is up.
 * Definition: present but of another type / present; interval Wilson.
 *
 * @param counts of one feature in one window
 * @returns a share in [0, 1]; needs 100 values
 *
 * Reference: Breck et al. 2019, *Data Validation for Machine Learning*, SysML. Cost: O(1).
 *
 * @example
 * typeMismatchRate({ n: 1000, missing: 0, typeMismatch: 2, outOfRange: 0, unseen: 0 }); // 0.002
 */
export function typeMismatchRate(counts: FeatureQualityCounts, options: QualityOptions = {}): MetricResult {
  return qualityRate('type_mismatch_rate/1', { cases: counts.typeMismatch, n: presentRows(counts) }, counts.n, options);
}
