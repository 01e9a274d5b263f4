import { insufficientEvidence } from '../../../domain/metric-result.ts';
import type { MetricInsufficient } from '../../../domain/metric-result.ts';
import { momentsOf } from '../moments/moments.ts';
import { quantileType7 } from '../numerics/quantile-type-7.ts';
import { sortedFinite } from '../numerics/sorted-finite.ts';

export type ThresholdCentre = 'mean' | 'median' | 'minimum' | 'maximum';

export type ThresholdLimits = { kind: 'limits'; lower: number; upper: number; centre: number; definition: string };

export type StandardDeviationOptions = {
  /** `mean` unless said. */
  centre?: ThresholdCentre;
  /** Standard deviations on each side; 3 unless said. */
  multiplier?: number;
  /** Range of the metric, for example [0, 1]: limits are cut to it. */
  range?: { lower: number; upper: number };
  /** Reference windows needed; 10 unless said. */
  windowsMin?: number;
};

function centreOf(values: Float64Array, centre: ThresholdCentre): number {
  switch (centre) {
    case 'mean':
      return momentsOf(values).mean;
    case 'median':
      return quantileType7(values, 0.5);
    case 'minimum':
      return values[0];
    case 'maximum':
      return values[values.length - 1];
  }
}

/**
 * Limits from history: between which values did this metric live while all was well?
 *
 * Reading: a current value outside is unlike every reference window. Worth more than a fixed number wherever a metric
 * has its own natural level (PCA error, realised accuracy, volume).
 * Definition: centre ± m·std (ddof 0) of the metric over the reference cut into windows of monitoring length, each
 * computed against the reference **without** that window; otherwise the limits come out too tight. Cut to the range.
 *
 * @param values the metric of each left-out reference window, finite ones count
 * @returns limits, or `too_few_reference_windows` with fewer than 10 values
 * @throws RangeError when the multiplier is not above 0
 *
 * Reference: NannyML, `thresholds.py`, and NannyML/nannyml#426 for the left-out window. Cost: O(n log n).
 *
 * @example
 * standardDeviationThreshold([0.02, 0.03, 0.025, 0.04, 0.035], { windowsMin: 5 }); // 0.0088 … 0.0512
 */
export function standardDeviationThreshold(
  values: ArrayLike<number>,
  options: StandardDeviationOptions = {},
): ThresholdLimits | MetricInsufficient {
  const { centre = 'mean', multiplier = 3, range, windowsMin = 10 } = options;
  if (!(multiplier > 0)) throw new RangeError(`the multiplier must be above 0, got ${multiplier}`);
  const sorted = sortedFinite(values);
  if (sorted.length < Math.max(1, windowsMin)) {
    return insufficientEvidence('too_few_reference_windows', sorted.length, windowsMin);
  }
  const middle = centreOf(sorted, centre);
  const spread = multiplier * Math.sqrt(momentsOf(sorted).m2 / sorted.length);
  return {
    kind: 'limits',
    lower: Math.max(range?.lower ?? Number.NEGATIVE_INFINITY, middle - spread),
    upper: Math.min(range?.upper ?? Number.POSITIVE_INFINITY, middle + spread),
    centre: middle,
    definition: `standard_deviation_threshold/1 centre=${centre} multiplier=${multiplier} ddof=0 windows=${sorted.length}`,
  };
}
