import type { MetricResult } from '../../domain/metric-result.ts';
import { qualityRate } from './quality-options.ts';
import type { QualityOptions } from './quality-options.ts';

/** What can happen to a received row other than being stored and joined in time. */
export type IngestionLoss = 'unpaired' | 'late' | 'rejected' | 'dropped' | 'conflicting';

/**
 * Ingestion share: which part of what was received is unpaired, late, rejected, dropped or in conflict?
 *
 * Reading: each should stay under 0.01; any conflict (same id, another content) and any drop is worth a look. Worse is
 * up.
 * Definition: count of the ingestion accounts / received rows; interval Wilson.
 *
 * @param kind which account
 * @param count rows of that account
 * @param received all rows received
 * @returns a share in [0, 1]; needs 100 rows
 *
 * Reference: Schelter et al. 2018, doi:10.14778/3229863.3229867. Cost: O(1).
 *
 * @example
 * ingestionShare('late', 4, 1000); // 0.004
 */
export function ingestionShare(
  kind: IngestionLoss,
  count: number,
  received: number,
  options: QualityOptions = {},
): MetricResult {
  return qualityRate(`${kind}_rate/1 of=received`, { cases: count, n: received }, received, options);
}
