import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { quantileType7 } from '../support/numerics/quantile-type-7.ts';

const LIMIT_FLOOR_SECONDS = 60;
const GAP_FACTOR = 3;

/**
 * Freshness: how old is the newest prediction?
 *
 * Reading: in seconds; alarm above 3 × the 99th percentile of the reference's gaps between predictions, at least 60 s.
 * A model that nobody asks is stale by this measure too: read it with the throughput. Worse is up.
 * Definition: evaluation time − newest event time. No interval: it is one observation, not an estimate. A newest event
 * in the future (a sender's clock ahead) gives age 0.
 *
 * @param evaluatedAtMs time of evaluation, milliseconds since the epoch
 * @param newestEventMs event time of the newest prediction, or null when there is none
 * @param n predictions of the window
 * @returns seconds ≥ 0
 *
 * Reference: Breck et al. 2017, *The ML Test Score*, doi:10.1109/BigData.2017.8258038 (staleness). Cost: O(1).
 *
 * @example
 * freshness(65_000, 52_000, 5); // 13 s
 */
export function freshness(evaluatedAtMs: number, newestEventMs: number | null, n: number): MetricResult {
  if (newestEventMs === null) return noData;
  return metricValue(Math.max(0, evaluatedAtMs - newestEventMs) / 1000, n, 'freshness/1 unit=seconds');
}

/** The age above which a model is stale: 3 × p99 of the reference's gaps between predictions, at least 60 s. */
export function freshnessLimitSeconds(referenceGapsSeconds: ArrayLike<number>): number {
  if (referenceGapsSeconds.length === 0) return LIMIT_FLOOR_SECONDS;
  const sorted = Float64Array.from(referenceGapsSeconds).sort();
  return Math.max(LIMIT_FLOOR_SECONDS, GAP_FACTOR * quantileType7(sorted, 0.99));
}

/**
 * Arrival lag quantile: how long does a prediction take from its event to us?
 *
 * Reading: in milliseconds; p50 is the usual way, p95 the stragglers that make windows late. Worse is up.
 * Definition: type 7 quantile of received − event time per row.
 *
 * @param lagsMs per row, any order
 * @param quantile in [0, 1]
 *
 * Reference: Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566. Cost: one sort.
 *
 * @example
 * arrivalLag([120, 80, 450], 0.5); // 120 ms
 */
export function arrivalLag(lagsMs: ArrayLike<number>, quantile: number, nMin = 20): MetricResult {
  if (lagsMs.length === 0) return noData;
  if (lagsMs.length < nMin) return insufficientEvidence('n_below_minimum', lagsMs.length, nMin);
  const sorted = Float64Array.from(lagsMs).sort();
  const definition = `arrival_lag/1 quantile=${quantile} type=7 unit=ms`;
  return metricValue(quantileType7(sorted, quantile), lagsMs.length, definition);
}
