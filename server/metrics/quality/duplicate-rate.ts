import type { MetricResult } from '../../domain/metric-result.ts';
import { qualityRate } from './quality-options.ts';
import type { QualityOptions } from './quality-options.ts';

/**
 * Duplicate rate: how often does a prediction arrive whose id was accepted before?
 *
 * Reading: 0 none; warn when the Wilson lower end is above 0.01. Senders that retry make harmless ones, which are
 * counted once; the same id with another content is a conflict, counted apart, and should never happen. Worse is up.
 * Definition: rows with an id that was accepted before / received; interval Wilson.
 *
 * @param duplicates rows with a known id
 * @param received all rows received, before duplicates are dropped
 * @returns a share in [0, 1]; needs 100 rows
 *
 * Reference: Schelter et al. 2018, doi:10.14778/3229863.3229867 (uniqueness). Cost: O(1).
 *
 * @example
 * duplicateRate(3, 1000); // 0.003
 */
export function duplicateRate(duplicates: number, received: number, options: QualityOptions = {}): MetricResult {
  return qualityRate('duplicate_rate/1 of=received', { cases: duplicates, n: received }, received, options);
}
