import type { BinaryTally } from '../../domain/outcome-tally.ts';
import { edgeIndex } from '../performance/binary/confusion-counts.ts';
import { thresholdCurve } from '../performance/binary/threshold-curve.ts';
import type { ThresholdPoint } from '../performance/binary/threshold-curve.ts';
import type { ValueMatrix } from '../performance/binary/business-value.ts';
import type { GroupTallies } from './rate-parity.ts';

/** What one group would see at one threshold; null where a denominator is 0. */
export type WhatIfRates = {
  threshold: number;
  selectionRate: number | null;
  truePositiveRate: number | null;
  falsePositiveRate: number | null;
  accuracy: number | null;
  value: number | null;
};

export type WhatIfTarget = 'selection_rate' | 'true_positive_rate';

export type GroupThresholdWhatIf = {
  target: WhatIfTarget;
  /** Rate of everybody at the common threshold, which each group is brought near to. */
  targetRate: number | null;
  before: Map<string, WhatIfRates>;
  after: Map<string, WhatIfRates>;
};

export type WhatIfOptions = { commonThreshold: number; target: WhatIfTarget; valueMatrix?: ValueMatrix };

/**
 * Group-threshold what-if: what would equal selection (or equal opportunity) cost with a threshold per group?
 *
 * Reading: compare selection, recall, false alarms, accuracy and value before and after, per group. A simulation that is
 * never applied: different cut-offs by protected class are unlawful in some uses (for example 42 U.S.C. 2000e-2(l)).
 * Definition: the target is everybody's selection rate (or true positive rate) at the common threshold; each group
 * takes the interior score-bin edge whose own rate is nearest to it, ties to the higher edge.
 *
 * @param groups tally per group on common score edges
 * @param options `commonThreshold` must be an edge
 * @throws RangeError when the common threshold is no edge of the score bins
 *
 * Reference: Hardt, Price & Srebro 2016, arXiv:1610.02413. Cost: O(groups × bins).
 *
 * @example
 * groupThresholdWhatIf(groups, { commonThreshold: 0.5, target: 'selection_rate' }).after.get('a')?.threshold; // 0.6
 */
export function groupThresholdWhatIf(groups: GroupTallies, options: WhatIfOptions): GroupThresholdWhatIf {
  const { commonThreshold, target, valueMatrix } = options;
  const curves = new Map([...groups].map(([group, tally]) => [group, thresholdCurve(tally, valueMatrix)]));
  const atCommon = new Map(
    [...groups].map(([group, tally]) => [group, pointAt(curves.get(group), tally, commonThreshold)]),
  );
  const targetRate = pooledRate([...atCommon.values()], [...groups.values()], target);
  const before = new Map([...atCommon].map(([group, point]) => [group, ratesAt(point)]));
  const after = new Map<string, WhatIfRates>();
  for (const [group, curve] of curves) {
    const nearest = targetRate === null ? null : nearestPoint(curve.slice(1, -1), target, targetRate);
    const chosen = nearest ?? atCommon.get(group);
    if (chosen) after.set(group, ratesAt(chosen));
  }
  return { target, targetRate, before, after };
}

function pointAt(curve: ThresholdPoint[] | undefined, tally: BinaryTally, threshold: number): ThresholdPoint {
  const points = curve ?? thresholdCurve(tally);
  return points[edgeIndex(tally.scoreEdges, threshold)];
}

function rateAt(point: ThresholdPoint, target: WhatIfTarget): number | null {
  return target === 'selection_rate' ? point.selectionRate : point.recall;
}

/** Ties go to the higher edge: fewer people are decided about differently from a stricter rule. */
function nearestPoint(points: ThresholdPoint[], target: WhatIfTarget, targetRate: number): ThresholdPoint | null {
  let nearest: ThresholdPoint | null = null;
  let distance = Number.POSITIVE_INFINITY;
  for (const point of points) {
    const rate = rateAt(point, target);
    if (rate === null || Math.abs(rate - targetRate) > distance) continue;
    nearest = point;
    distance = Math.abs(rate - targetRate);
  }
  return nearest;
}

function pooledRate(points: ThresholdPoint[], tallies: BinaryTally[], target: WhatIfTarget): number | null {
  let part = 0;
  let whole = 0;
  points.forEach((point, i) => {
    const { truePositive, falseNegative } = point.cells;
    const scored = tallies[i].predictions.reduce((sum, count) => sum + count, 0);
    part += target === 'selection_rate' ? (point.selectionRate ?? 0) * scored : truePositive;
    whole += target === 'selection_rate' ? scored : truePositive + falseNegative;
  });
  return whole > 0 ? part / whole : null;
}

function ratesAt(point: ThresholdPoint): WhatIfRates {
  const { truePositive, trueNegative, falsePositive, falseNegative } = point.cells;
  const n = truePositive + trueNegative + falsePositive + falseNegative;
  return {
    threshold: point.threshold,
    selectionRate: point.selectionRate,
    truePositiveRate: point.recall,
    falsePositiveRate: point.falsePositiveRate,
    accuracy: n > 0 ? (truePositive + trueNegative) / n : null,
    value: point.value,
  };
}
