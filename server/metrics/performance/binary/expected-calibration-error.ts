import { insufficientEvidence, metricValue } from '../../../domain/metric-result.ts';
import type { Interval, MetricResult } from '../../../domain/metric-result.ts';
import type { BinaryTally } from '../../../domain/outcome-tally.ts';
import type { ScoredRows } from '../../support/intervals/auc-placements.ts';
import { countBootstrapInterval } from '../../support/intervals/count-bootstrap-interval.ts';
import { labelCoverage, labelEvidenceGap } from '../label-evidence.ts';
import { bootstrapPlan, levelOf, minimumEvidence } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { bootstrapDefinition } from './cell-bootstrap.ts';
import { equalMassBins } from './equal-mass-bins.ts';
import type { CalibrationBin } from './equal-mass-bins.ts';
import { classTotals } from './score-groups.ts';
import type { ScoreGroups } from './score-groups.ts';
import { scoreSource } from './score-source.ts';
import type { ScoreSource } from './score-source.ts';

export type CalibrationOptions = PerformanceOptions & {
  /** B, 10 unless said; fewer, but at least 5, when a bin would hold less than `minimum.denominator` rows (20). */
  bins?: number;
};

const BINS_DEFAULT = 10;
const BINS_MIN = 5;
const ROWS_PER_BIN_MIN = 20;
const DRAWS_DEFAULT = 1000;

/**
 * Expected calibration error: how far apart are stated and true rates, on average over the rows?
 *
 * Reading: 0 every stated probability comes true as often as it says; 0.05 = five points off on average. Biased up by
 * noise: a perfect model shows about 0.06 at n = 200, 0.03 at 1,000, 0.009 at 10,000. Worse is up.
 * Definition: B = 10 equal-mass bins on ascending scores, cuts at ⌊i·n/B⌋, tied scores all carry their mean label;
 * Σ (n_b/n)·|mean y − mean p|. From a tally the rows of a score bin count as tied, and `errorBound` says how much a
 * cut through one can hide. Interval: count bootstrap, 1,000 draws.
 *
 * @param data counts of one window, or labelled rows in hand; scores being probabilities
 * @returns 0..1; needs 100 labelled rows (5 bins of 20)
 * @throws RangeError when the scores are no probabilities
 *
 * Reference: Naeini, Cooper & Hauskrecht, AAAI 2015; Kumar, Liang & Ma, arXiv:1909.10155. Cost: O(draws × score bins).
 *
 * @example
 * expectedCalibrationError({ scores: [0.1, 0.9], labels: [0, 1] }, { bins: 2, minimum: { n: 0, denominator: 0 } }); // 0.1
 */
export function expectedCalibrationError(
  data: BinaryTally | ScoredRows,
  options: CalibrationOptions = {},
): MetricResult {
  return calibrationErrorResult(scoreSource(data, 'expected_calibration_error'), meanGap, options);
}

/**
 * Maximum calibration error: how far off is the worst bin of the expected calibration error?
 *
 * Reading: 0 perfect; the largest |mean y − mean p| of a tenth of the rows. Noisier and more biased up than the mean.
 * Worse is up. Same bins, minimum, interval and throws as `expectedCalibrationError`.
 *
 * Reference: Naeini, Cooper & Hauskrecht, AAAI 2015.
 *
 * @example
 * maximumCalibrationError(tally); // 0.233
 */
export function maximumCalibrationError(
  data: BinaryTally | ScoredRows,
  options: CalibrationOptions = {},
): MetricResult {
  return calibrationErrorResult(scoreSource(data, 'maximum_calibration_error'), largestGap, options);
}

type GapSummary = { id: string; of: (bins: CalibrationBin[]) => number; slack: (bins: CalibrationBin[]) => number };

const meanGap: GapSummary = {
  id: 'expected_calibration_error',
  of: (bins) => sum(bins, (bin) => Math.abs(bin.labelSum - bin.scoreSum)) / sum(bins, (bin) => bin.n),
  slack: (bins) => sum(bins, (bin) => bin.slack) / sum(bins, (bin) => bin.n),
};

const largestGap: GapSummary = {
  id: 'maximum_calibration_error',
  of: (bins) => largest(bins, (bin) => Math.abs(bin.labelSum - bin.scoreSum) / bin.n),
  slack: (bins) => largest(bins, (bin) => bin.slack / bin.n),
};

function calibrationErrorResult(source: ScoreSource, summary: GapSummary, options: CalibrationOptions): MetricResult {
  const minimum = minimumEvidence(options, { denominator: ROWS_PER_BIN_MIN });
  const { positives, negatives } = classTotals(source.groups);
  const n = positives + negatives;
  const gap = labelEvidenceGap(source.counts, n, minimum.n, options);
  if (gap) return gap;
  const wanted = options.bins ?? BINS_DEFAULT;
  const used = Math.min(wanted, Math.floor(n / Math.max(1, minimum.denominator)));
  const usedMin = Math.min(wanted, BINS_MIN);
  if (used < usedMin) return insufficientEvidence('n_below_minimum', n, usedMin * Math.max(1, minimum.denominator));
  const bins = equalMassBins(source.groups, used, source.groupWidth);
  const random = bootstrapDefinition(options, DRAWS_DEFAULT);
  return metricValue(summary.of(bins), n, `${summary.id}/1 binning=equal_mass_${used} ${source.definition}${random}`, {
    interval: gapInterval(source.groups, (redrawn) => summary.of(equalMassBins(redrawn, used, 0)), options),
    labelCoverage: labelCoverage(source.counts),
    errorBound: source.groupWidth > 0 ? summary.slack(bins) : undefined,
  });
}

function gapInterval(
  groups: ScoreGroups,
  statistic: (redrawn: ScoreGroups) => number,
  options: CalibrationOptions,
): Interval | null {
  const plan = bootstrapPlan(options, DRAWS_DEFAULT);
  if (!plan) return null;
  const size = groups.positives.length;
  const cells = [...groups.positives, ...groups.negatives];
  const ofCells = (drawn: Float64Array): number =>
    statistic({
      positives: drawn.subarray(0, size),
      negatives: drawn.subarray(size),
      meanScores: groups.meanScores,
    });
  return countBootstrapInterval(cells, ofCells, plan, levelOf(options));
}

function sum(bins: CalibrationBin[], of: (bin: CalibrationBin) => number): number {
  return bins.reduce((total, bin) => total + of(bin), 0);
}

function largest(bins: CalibrationBin[], of: (bin: CalibrationBin) => number): number {
  return bins.reduce((most, bin) => (bin.n > 0 ? Math.max(most, of(bin)) : most), 0);
}
