import { metricValue } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import { aucPlacements } from '../../support/intervals/auc-placements.ts';
import type { ScoredRows } from '../../support/intervals/auc-placements.ts';
import { delongInterval } from '../../support/intervals/delong-interval.ts';
import { hanleyMcNeilInterval } from '../../support/intervals/hanley-mcneil-interval.ts';
import { momentsOfValues } from '../../support/intervals/sample-moments.ts';
import { classEvidenceGap, labelCoverage, labelEvidenceGap } from '../label-evidence.ts';
import { levelOf, minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { classTotals } from './score-groups.ts';

/**
 * ROC AUC: what is the chance that a positive is scored above a negative?
 *
 * Reading: 1 perfect ranking, 0.5 chance, below it the ranking is inverted. Says nothing about the threshold or about
 * calibration. Worse is down.
 * Definition: Σ over score bins of pos_i·(neg below i + ½neg_i)/(P·N), rows of one bin counting as ties.
 * The exact value differs by at most Σ pos_i·neg_i/(2P·N), given as `errorBound` (below 0.005 with 200 bins).
 * Interval Hanley-McNeil on the logit scale; null at 0 and 1.
 *
 * @param tally counts of one window
 * @returns a share in [0, 1]; needs 100 labelled rows and 30 of each class, `single_class` with one
 *
 * Reference: Fawcett 2006, doi:10.1016/j.patrec.2005.10.010. Cost: O(bins).
 *
 * @example
 * rocAuc(tally); // pos [0,1,2,2,4], neg [3,4,3,3,2]: 0.748 ± 0.089 for the binning
 */
export function rocAuc(tally: BinaryTally, options: PerformanceOptions = {}): MetricResult {
  const { positives, negatives } = classTotals(tally);
  const minimum = minimumEvidence(options);
  const gap =
    labelEvidenceGap(tally, positives + negatives, minimum.n, options) ??
    classEvidenceGap(positives, negatives, minimum.denominator);
  if (gap) return gap;
  const { value, errorBound } = rocAucOfGroups(tally);
  const definition = `roc_auc/1 source=score_bins bins=${tally.positives.length} ties=half`;
  return metricValue(value, positives + negatives, definition, {
    interval: hanleyMcNeilInterval(value, positives, negatives, levelOf(options)),
    labelCoverage: labelCoverage(tally),
    errorBound,
  });
}

/**
 * ROC AUC of rows in hand: exact, with DeLong's interval.
 *
 * @param rows finite scores and 0/1 labels of labelled rows
 *
 * Reference: DeLong, DeLong & Clarke-Pearson 1988, doi:10.2307/2531595. Cost: O(n log n).
 *
 * @example
 * rocAucOfRows({ scores: [0.9, 0.4, 0.6], labels: [1, 0, 1] }, { minimum: { n: 0, denominator: 0 } }); // 1
 */
export function rocAucOfRows(rows: ScoredRows, options: PerformanceOptions = {}): MetricResult {
  const n = rows.scores.length;
  const placements = aucPlacements(rows);
  const minimum = minimumEvidence(options);
  const gap =
    labelEvidenceGap({ total: n, labelled: n }, n, minimum.n, options) ??
    classEvidenceGap(placements.positive.length, placements.negative.length, minimum.denominator);
  if (gap) return gap;
  return metricValue(momentsOfValues(placements.positive).mean, n, 'roc_auc/1 source=rows ties=half', {
    interval: delongInterval(placements, levelOf(options)),
  });
}

/** The sum alone, over groups of tied rows in ascending order of score. Both classes must be present. */
export function rocAucOfGroups(groups: { positives: ArrayLike<number>; negatives: ArrayLike<number> }): {
  value: number;
  errorBound: number;
} {
  const totals = classTotals(groups);
  let negativesBelow = 0;
  let value = 0;
  let errorBound = 0;
  for (let group = 0; group < groups.positives.length; group += 1) {
    // Shares before products: P·N passes 2^53 from 10^8 rows on.
    const positiveShare = groups.positives[group] / totals.positives;
    const negativeShare = groups.negatives[group] / totals.negatives;
    value += positiveShare * (negativesBelow + negativeShare / 2);
    errorBound += (positiveShare * negativeShare) / 2;
    negativesBelow += negativeShare;
  }
  return { value: Math.min(1, value), errorBound };
}
