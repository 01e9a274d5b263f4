import type { MetricResult } from '../../domain/metric-result.ts';
import { typedRows } from './feature-quality-counts.ts';
import type { FeatureQualityCounts } from './feature-quality-counts.ts';
import { qualityRate } from './quality-options.ts';
import type { QualityOptions } from './quality-options.ts';

export type OutOfRangeOptions = QualityOptions & {
  /** Where the range comes from: the schema's closed one, or the reference's smallest and largest value. */
  range?: 'schema' | 'reference';
};

/**
 * Out-of-range rate: how often is a number outside what is possible, or outside what was ever seen?
 *
 * Reading: 0 always inside; warn when the Wilson lower end is above 0.01. Outside the reference's range the model
 * extrapolates. Worse is up.
 * Definition: values outside the closed range / numeric values; mismatches and missing ones are out of both. Interval
 * Wilson.
 *
 * @param counts of one numeric feature in one window
 * @returns a share in [0, 1]; needs 100 numeric values
 *
 * Reference: Breck et al. 2019, *Data Validation for Machine Learning*, SysML. Cost: O(1).
 *
 * @example
 * outOfRangeRate({ n: 500, missing: 0, typeMismatch: 0, outOfRange: 5, unseen: 0 }); // 0.01
 */
export function outOfRangeRate(counts: FeatureQualityCounts, options: OutOfRangeOptions = {}): MetricResult {
  const definition = `out_of_range_rate/1 range=${options.range ?? 'reference'}`;
  return qualityRate(definition, { cases: counts.outOfRange, n: typedRows(counts) }, counts.n, options);
}
