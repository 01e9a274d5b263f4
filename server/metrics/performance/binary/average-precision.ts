import { insufficientEvidence, metricValue } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { ScoredRows } from '../../support/intervals/auc-placements.ts';
import { logitAveragePrecisionInterval } from '../../support/intervals/logit-average-precision-interval.ts';
import { labelCoverage, labelEvidenceGap } from '../label-evidence.ts';
import type { LabelCounts } from '../label-evidence.ts';
import { levelOf, minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { classTotals, scoreGroupsOfRows } from './score-groups.ts';

type ClassGroups = { positives: ArrayLike<number>; negatives: ArrayLike<number> };

/**
 * Average precision (area under the precision-recall curve): how clean are the top ranks, when positives are rare?
 *
 * Reading: 1 all positives on top; chance is P/n, so compare windows of like prevalence. Worse is down.
 * Definition: Σ (R_k − R_(k−1))·precision_k over thresholds descending; rows of one bin are one step, no
 * interpolation. `errorBound` is the largest distance to the value of the same rows unbinned. Interval logit.
 *
 * @param tally counts of one window
 * @returns a share in [0, 1]; needs 100 labelled rows and 30 positives, `single_class` with one class
 *
 * Reference: Davis & Goadrich 2006, doi:10.1145/1143844.1143874. Cost: O(bins).
 *
 * @example
 * averagePrecision(tally);
 */
export function averagePrecision(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  const source = `source=score_bins bins=${tally.positives.length}`;
  return fromGroups(tally, tally, source, options);
}

/**
 * Average precision of rows in hand: exact, tied scores one step.
 *
 * @param rows finite scores and 0/1 labels of labelled rows
 *
 * Cost: O(n log n).
 *
 * @example
 * averagePrecisionOfRows({ scores: [0.9, 0.4, 0.6], labels: [1, 0, 1] });
 */
export function averagePrecisionOfRows(rows: ScoredRows, options: PerformanceOptions = {}): MetricResult {
  const counts = { total: rows.scores.length, labelled: rows.scores.length };
  const result = fromGroups(scoreGroupsOfRows(rows), counts, 'source=rows', options);
  return result.kind === 'value' ? { ...result, errorBound: undefined, labelCoverage: undefined } : result;
}

function fromGroups(
  groups: ClassGroups,
  counts: LabelCounts,
  source: string,
  options: PerformanceOptions,
): MetricResult {
  const { positives, negatives } = classTotals(groups);
  const minimum = minimumEvidence(options);
  const gap = labelEvidenceGap(counts, positives + negatives, minimum.n, options);
  if (gap) return gap;
  if (positives === 0 || negatives === 0) return insufficientEvidence('single_class', positives + negatives);
  if (positives < minimum.denominator) {
    return insufficientEvidence('n_below_minimum', positives, minimum.denominator);
  }
  const { value, errorBound } = averagePrecisionOfGroups(groups);
  return metricValue(value, positives + negatives, `average_precision/1 ${source} ties=one_step`, {
    interval: logitAveragePrecisionInterval(value, positives, levelOf(options)),
    labelCoverage: labelCoverage(counts),
    errorBound,
  });
}

/**
 * The sum alone, over groups of tied rows in ascending order of score, with the bound of what their inner order hides:
 * with T positives and F negatives above, m and k inside, the j-th positive of a group has a precision between
 * (T+j)/(T+j+F+k) (negatives first) and (T+m)/(T+m+F) (tied above all negatives).
 */
export function averagePrecisionOfGroups(groups: ClassGroups): { value: number; errorBound: number } {
  const totals = classTotals(groups);
  let value = 0;
  let lowest = 0;
  let highest = 0;
  let truePositives = 0;
  let falsePositives = 0;
  for (let group = groups.positives.length - 1; group >= 0; group -= 1) {
    const m = groups.positives[group];
    const wrongAfter = falsePositives + groups.negatives[group];
    if (m > 0) {
      const share = m / totals.positives;
      value += (share * (truePositives + m)) / (truePositives + m + wrongAfter);
      highest += (share * (truePositives + m)) / (truePositives + m + falsePositives);
      lowest += sumOfWorstPrecisions(truePositives, m, wrongAfter) / totals.positives;
    }
    truePositives += m;
    falsePositives = wrongAfter;
  }
  return { value: Math.min(1, value), errorBound: Math.max(0, highest - value, value - lowest) };
}

/** A lower bound of Σ_(j=1..m) (T+j)/(T+j+C) = m − C·Σ 1/(T+C+j), through Σ 1/(a+j) ≤ ln((a+m)/a). */
function sumOfWorstPrecisions(truePositives: number, m: number, wrong: number): number {
  if (wrong === 0) return m;
  return m - wrong * Math.log1p(m / (truePositives + wrong));
}
