import { insufficientEvidence } from '../../domain/metric-result.ts';
import type { MetricInsufficient } from '../../domain/metric-result.ts';
import { locationAndSpread } from '../support/binning/location-and-spread.ts';
import { sortedFinite } from '../support/numerics/sorted-finite.ts';

/** Level and spread of a metric while all was well; frozen, so that a slow change cannot move its own limit. */
export type ReferenceLevel = { kind: 'level'; mean0: number; std0: number };

const WINDOWS_MIN = 30;

/**
 * The level that control charts compare with, from the values of reference windows.
 *
 * @param values one per reference window; only finite ones count
 * @returns mean and standard deviation (ddof 0), `too_few_reference_windows` below 30, `zero_variance` without spread
 *
 * Reference: Montgomery, *Introduction to Statistical Quality Control*, phase I. Cost: O(n).
 *
 * @example
 * referenceLevel(valuesOfReferenceWindows); // { kind: 'level', mean0: 0.12, std0: 0.01 }
 */
export function referenceLevel(
  values: ArrayLike<number>,
  options: { windowsMin?: number } = {},
): ReferenceLevel | MetricInsufficient {
  const windowsMin = Math.max(2, options.windowsMin ?? WINDOWS_MIN);
  const finite = sortedFinite(values);
  if (finite.length < windowsMin) return insufficientEvidence('too_few_reference_windows', finite.length, windowsMin);
  const { mean, std } = locationAndSpread(finite);
  return std > 0 ? { kind: 'level', mean0: mean, std0: std } : insufficientEvidence('zero_variance', finite.length);
}
