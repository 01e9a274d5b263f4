import { insufficientEvidence, metricValue } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { quantileType7 } from '../support/numerics/quantile-type-7.ts';

/** Makes the median absolute deviation estimate a standard deviation where the counts are normal: 1/Φ⁻¹(¾). */
const NORMAL_CONSISTENCY = 1.4826;

export type VolumeOptions = {
  /** Earlier weeks needed; 3 unless said. */
  weeksMin?: number;
};

/** Median and robust scale of the same hour in earlier weeks. */
export type VolumeBaseline = { median: number; scale: number };

/**
 * Volume anomaly: is there much more or much less traffic than at this hour in earlier weeks?
 *
 * Reading: 0 as usual, −8 far too little. Breached when |z| ≥ 4 *and* the change is 30 % or more: on large counts a
 * tiny change is many deviations away. Worse is both ways.
 * Definition: z = (x − median)/max(1.4826·MAD, √median, 1) over the same hour of the week in 4 to 8 earlier weeks;
 * √median is the least that chance makes of a count (Poisson). No interval: x is a count, not an estimate.
 *
 * @param count rows of the current hour
 * @param history rows of the same hour in earlier weeks, any order
 * @returns z; needs 3 earlier weeks, else `too_few_reference_windows`
 *
 * Reference: Iglewicz & Hoaglin, *How to Detect and Handle Outliers*, ASQC 1993. Cost: two sorts of at most 8.
 *
 * @example
 * volumeAnomaly(700, [980, 1010, 1025, 995]); // z below -9
 */
export function volumeAnomaly(count: number, history: ArrayLike<number>, options: VolumeOptions = {}): MetricResult {
  const weeksMin = Math.max(1, options.weeksMin ?? 3);
  if (history.length < weeksMin) return insufficientEvidence('too_few_reference_windows', history.length, weeksMin);
  const { median, scale } = volumeBaseline(history);
  const definition = `volume_anomaly/1 weeks=${history.length} scale=max(1.4826*mad,sqrt(median),1)`;
  return metricValue((count - median) / scale, count, definition);
}

/** @param history at least one count */
export function volumeBaseline(history: ArrayLike<number>): VolumeBaseline {
  const sorted = Float64Array.from(history).sort();
  const median = quantileType7(sorted, 0.5);
  const deviations = sorted.map((count) => Math.abs(count - median)).sort();
  const scale = Math.max(NORMAL_CONSISTENCY * quantileType7(deviations, 0.5), Math.sqrt(median), 1);
  return { median, scale };
}

/** Both limits: many deviations, and a change that matters. A baseline of 0 makes every traffic a change. */
export function isVolumeBreached(count: number, history: ArrayLike<number>, limits = { z: 4, change: 0.3 }): boolean {
  if (history.length === 0) return false;
  const { median, scale } = volumeBaseline(history);
  const distance = Math.abs(count - median);
  return distance / scale >= limits.z && distance >= limits.change * median;
}
