import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import type { VerdictStatus } from '../support/verdict/verdict.ts';

/**
 * Share of drifted features: how many of the features that could be judged have drifted?
 *
 * Reading: 0 = none, 1 = all; Evidently calls a data set drifted from 0.5 on. Worse is up.
 *
 * Definition: breached / (breached + ok); features without evidence count on neither side. n is the number of features
 * judged, not of rows.
 *
 * @param statuses verdict of each feature
 * @returns share; `no_data` when no feature has a row, `n_below_minimum` when none could be judged
 *
 * Reference: Evidently, dataset drift. Cost: O(features).
 *
 * @example
 * driftedFeatureShare(['ok', 'breached', 'insufficient_evidence', 'ok']); // value 0.333, n 3
 */
export function driftedFeatureShare(statuses: readonly VerdictStatus[]): MetricResult {
  const breached = statuses.filter((status) => status === 'breached').length;
  const evaluated = breached + statuses.filter((status) => status === 'ok').length;
  if (evaluated > 0) {
    return metricValue(breached / evaluated, evaluated, 'drifted_feature_share/1 profile=plumbline');
  }
  return statuses.some((status) => status === 'insufficient_evidence')
    ? insufficientEvidence('n_below_minimum', 0, 1)
    : noData;
}
