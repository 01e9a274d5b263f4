import { insufficientEvidence, metricValue } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { ScoredRows } from '../../support/intervals/auc-placements.ts';
import { twoSidedZ } from '../../support/intervals/two-sided-z.ts';
import { classEvidenceGap, labelCoverage, labelEvidenceGap } from '../label-evidence.ts';
import { levelOf, minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { logisticRecalibration } from './logistic-recalibration.ts';
import { classTotals } from './score-groups.ts';
import { scoreSource } from './score-source.ts';

const CLASS_MIN = 100;

/**
 * Calibration slope: are the probabilities too extreme or too timid?
 *
 * Reading: 1 right; below 1 too extreme (overfitted: high ones too high, low ones too low), above 1 too timid. Alarm
 * when the interval excludes 1. Worse is both ways.
 * Definition: b of the unpenalised logistic fit logit P(y=1) = a + b·logit p, p cut to [10⁻⁶, 1−10⁻⁶]; from a tally p
 * is the mean score of each score bin. Interval Wald from the information matrix.
 *
 * @param data counts of one window, or labelled rows in hand; scores being probabilities
 * @returns needs 100 rows of each class; `zero_variance` when the fit has no maximum (one score only, or classes that
 *   the score separates without overlap)
 * @throws RangeError when the scores are no probabilities
 *
 * Reference: Cox 1958, doi:10.1093/biomet/45.3-4.562; Vergouwe et al. 2005 (100 of each class). Cost: O(score bins).
 *
 * @example
 * calibrationSlope(tally); // 0.78 ± 0.76
 */
export function calibrationSlope(data: BinaryTally | ScoredRows, options: PerformanceOptions = {}): MetricResult {
  return recalibrationResult(data, 'calibration_slope', options);
}

/**
 * Calibration intercept (calibration in the large): are the probabilities too high or too low overall?
 *
 * Reading: 0 right, above 0 the truth is more frequent than stated, below 0 less; on the logit scale. Alarm when the
 * interval excludes 0. Worse is both ways.
 * Definition: a of the logistic fit with logit p as offset (slope held at 1). Same data, minimum, interval and throws
 * as `calibrationSlope`.
 *
 * Reference: Cox 1958, doi:10.1093/biomet/45.3-4.562.
 *
 * @example
 * calibrationIntercept(tally); // -0.82: events are rarer than stated
 */
export function calibrationIntercept(data: BinaryTally | ScoredRows, options: PerformanceOptions = {}): MetricResult {
  return recalibrationResult(data, 'calibration_intercept', options);
}

function recalibrationResult(
  data: BinaryTally | ScoredRows,
  id: 'calibration_slope' | 'calibration_intercept',
  options: PerformanceOptions,
): MetricResult {
  const source = scoreSource(data, id);
  const { positives, negatives } = classTotals(source.groups);
  const n = positives + negatives;
  const minimum = minimumEvidence(options, { denominator: CLASS_MIN });
  const gap =
    labelEvidenceGap(source.counts, n, minimum.n, options) ??
    classEvidenceGap(positives, negatives, minimum.denominator);
  if (gap) return gap;
  const isSlope = id === 'calibration_slope';
  const fit = logisticRecalibration(source.groups, !isSlope);
  if (!fit) return insufficientEvidence('zero_variance', n);
  const value = isSlope ? fit.slope : fit.intercept;
  const level = levelOf(options);
  const halfWidth = twoSidedZ(level) * (isSlope ? fit.slopeError : fit.interceptError);
  return metricValue(value, n, `${id}/1 fit=logistic penalty=none cut=1e-6 ${source.definition}`, {
    interval: { lower: value - halfWidth, upper: value + halfWidth, level, method: 'wald' },
    labelCoverage: labelCoverage(source.counts),
  });
}
