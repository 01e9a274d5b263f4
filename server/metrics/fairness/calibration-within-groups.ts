import { metricValue } from '../../domain/metric-result.ts';
import type { BinaryTally } from '../../domain/outcome-tally.ts';
import { requireProbability } from '../performance/binary/require-probability.ts';
import { percentileInterval } from '../support/intervals/percentile-interval.ts';
import { countBootstrap } from '../support/resampling/count-bootstrap.ts';
import { fairnessRules } from './fairness-options.ts';
import type { FairnessOptions, FairnessRules } from './fairness-options.ts';
import { pairCount, tooFewGroups, worstCaseLevel } from './group-comparison.ts';
import type { GroupComparison } from './group-comparison.ts';
import { ruleDefinition } from './group-rates.ts';
import type { LeftOutGroup } from './group-rates.ts';
import type { GroupTallies } from './rate-parity.ts';

/** Labelled rows, Σ score and positives per common score bin. */
export type ScoreBinSums = { n: ArrayLike<number>; scoreSum: ArrayLike<number>; positives: ArrayLike<number> };

export type GroupCalibration = {
  /** Σ (n_b/n)·|positive rate − mean score| over the bins. */
  calibrationError: number;
  /** Positive rate − mean score over all rows: above 0 the group is under-scored. */
  meanGap: number;
};

export type CalibrationWithinGroups = {
  groups: Map<string, GroupCalibration>;
  /** max − min of the calibration errors, and of the mean gaps. */
  calibrationErrorDifference: GroupComparison;
  meanGapDifference: GroupComparison;
};

export type GroupCalibrationOptions = FairnessOptions & {
  /** Common score bins of about equal mass over everybody; 10 unless said. */
  bins?: number;
};

const BINS_DEFAULT = 10;

/**
 * Calibration within groups: does a score mean the same in all groups?
 *
 * Reading: mean gap 0 in all groups and the same small calibration error; a group with a positive gap is scored too
 * low. The calibration error is biased up in small groups, the gap is not. Worse is up.
 * Definition: per group the expected calibration error over score bins that are common to all groups (adjacent score
 * bins merged to about equal mass over everybody) and the mean gap (positive rate − mean score); difference = max − min
 * of each. Interval: count bootstrap of bin × label of the extreme pair, Bonferroni over the pairs.
 *
 * @param groups tally per group, 30 labelled rows each; scores being probabilities
 * @param overall tally of all rows
 * @throws RangeError when the scores are no probabilities
 *
 * Reference: Kleinberg, Mullainathan & Raghavan 2016, arXiv:1609.05807. Cost: O(score bins + draws × bins).
 *
 * @example
 * calibrationWithinGroups(groups, overall).meanGapDifference.result; // 0.068
 */
export function calibrationWithinGroups(
  groups: GroupTallies,
  overall: BinaryTally,
  options: GroupCalibrationOptions = {},
): CalibrationWithinGroups {
  requireProbability(overall, 'calibration_within_groups');
  const bounds = commonBinBounds(overall, options.bins ?? BINS_DEFAULT);
  const sums = new Map([...groups].map(([group, tally]) => [group, sumsWithin(tally, bounds)]));
  return calibrationOfScoreBins(sums, options);
}

/**
 * The same from sums per common score bin.
 *
 * @example
 * calibrationOfScoreBins(new Map([['a', { n: [100], scoreSum: [12], positives: [10] }]]));
 */
export function calibrationOfScoreBins(
  sums: ReadonlyMap<string, ScoreBinSums>,
  options: FairnessOptions = {},
): CalibrationWithinGroups {
  const rules = fairnessRules(options);
  const leftOut: LeftOutGroup[] = [];
  const compared = new Map<string, ScoreBinSums>();
  for (const group of [...sums.keys()].sort()) {
    const bins = sums.get(group);
    if (!bins) continue;
    const rows = total(bins.n);
    if (rows === 0) leftOut.push({ group, reason: 'group_empty', n: 0 });
    else if (rows < rules.groupNMin) {
      const n = rows < rules.hiddenBelowN ? null : rows;
      leftOut.push({ group, reason: 'n_below_minimum', n, nMin: rules.groupNMin });
    } else compared.set(group, bins);
  }
  const compare = (id: string, statistic: Statistic): GroupComparison =>
    worstPair(id, statistic, { compared, leftOut }, rules);
  return {
    groups: new Map(
      [...compared].map(([group, bins]) => [
        group,
        { calibrationError: calibrationError(bins), meanGap: meanGap(bins) },
      ]),
    ),
    calibrationErrorDifference: compare('calibration_error_difference', calibrationError),
    meanGapDifference: compare('mean_gap_difference', meanGap),
  };
}

type Statistic = (bins: ScoreBinSums) => number;

const calibrationError: Statistic = (bins) => {
  let sum = 0;
  for (let b = 0; b < bins.n.length; b += 1) sum += Math.abs(bins.positives[b] - bins.scoreSum[b]);
  return sum / total(bins.n);
};

const meanGap: Statistic = (bins) => (total(bins.positives) - total(bins.scoreSum)) / total(bins.n);

function worstPair(
  id: string,
  statistic: Statistic,
  { compared, leftOut }: { compared: Map<string, ScoreBinSums>; leftOut: LeftOutGroup[] },
  rules: FairnessRules,
): GroupComparison {
  const valued = [...compared].map(([group, bins]) => ({ group, bins, value: statistic(bins) }));
  const n = valued.reduce((sum, { bins }) => sum + total(bins.n), 0);
  if (valued.length < 2) return tooFewGroups(id, n, leftOut);
  const low = valued.reduce((a, b) => (b.value < a.value ? b : a));
  const high = valued.reduce((a, b) => (b.value > a.value ? b : a));
  const draws = rules.bootstrap;
  const replicates = draws
    ? countBootstrap(
        [labelCells(high.bins), labelCells(low.bins)],
        ([h, l]) => statistic(redrawn(high.bins, h)) - statistic(redrawn(low.bins, l)),
        draws,
      )
    : new Float64Array(0);
  const level = worstCaseLevel(rules.level, pairCount(valued.length));
  const random = draws ? ` bootstrap=${draws.draws} seed=${draws.seed}` : '';
  const definition = `calibration_within_groups/1 of=${id} bins=${low.bins.n.length} groups=${valued.length} ${ruleDefinition(rules)}${random}`;
  return {
    id,
    result: metricValue(high.value - low.value, n, definition, {
      interval: percentileInterval(replicates, 'count_bootstrap', level),
    }),
    pair: { low: low.group, high: high.group },
    leftOut,
  };
}

/** Positives of every bin, then negatives of every bin: whole rows to redraw. */
function labelCells(bins: ScoreBinSums): Float64Array {
  const size = bins.n.length;
  return Float64Array.from({ length: 2 * size }, (_, i) =>
    i < size ? bins.positives[i] : bins.n[i - size] - bins.positives[i - size],
  );
}

/** Redrawn rows keep the mean score of their bin. */
function redrawn(bins: ScoreBinSums, cells: Float64Array): ScoreBinSums {
  const size = bins.n.length;
  const n = Float64Array.from({ length: size }, (_, b) => cells[b] + cells[size + b]);
  return {
    n,
    scoreSum: n.map((count, b) => (bins.n[b] > 0 ? (count * bins.scoreSum[b]) / bins.n[b] : 0)),
    positives: cells.subarray(0, size),
  };
}

/** First score bin of each common bin: a new one starts where another share 1/B of the labelled rows is full. */
function commonBinBounds(overall: BinaryTally, bins: number): number[] {
  const labelled = overall.positives.map((count, bin) => count + overall.negatives[bin]);
  const n = total(labelled);
  const bounds = [0];
  let before = 0;
  labelled.forEach((count, bin) => {
    if (before >= (bounds.length * n) / bins && count > 0 && bin > 0) bounds.push(bin);
    before += count;
  });
  return bounds;
}

function sumsWithin(tally: BinaryTally, bounds: number[]): ScoreBinSums {
  const sumOf = (values: (bin: number) => number): number[] =>
    bounds.map((first, b) => {
      let sum = 0;
      for (let bin = first; bin < (bounds[b + 1] ?? tally.positives.length); bin += 1) sum += values(bin);
      return sum;
    });
  return {
    n: sumOf((bin) => tally.positives[bin] + tally.negatives[bin]),
    scoreSum: sumOf((bin) => tally.labelledScoreSums[bin]),
    positives: sumOf((bin) => tally.positives[bin]),
  };
}

function total(values: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < values.length; i += 1) sum += values[i];
  return sum;
}
