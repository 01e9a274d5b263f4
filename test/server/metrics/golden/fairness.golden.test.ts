import type { BinaryTally } from '../../../../server/domain/outcome-tally.ts';
import { accuracyDifference, accuracyRatio } from '../../../../server/metrics/fairness/accuracy-parity.ts';
import { averageOddsDifference } from '../../../../server/metrics/fairness/average-odds-difference.ts';
import { averagePredictiveValueDifference } from '../../../../server/metrics/fairness/average-predictive-value-difference.ts';
import { calibrationOfScoreBins } from '../../../../server/metrics/fairness/calibration-within-groups.ts';
import {
  demographicParityDifference,
  demographicParityRatio,
} from '../../../../server/metrics/fairness/demographic-parity.ts';
import {
  disparateImpactRatio,
  isWithinImpactBand,
} from '../../../../server/metrics/fairness/disparate-impact-ratio.ts';
import { disparityToReferenceGroup } from '../../../../server/metrics/fairness/disparity-to-reference-group.ts';
import type { DisparityRate } from '../../../../server/metrics/fairness/disparity-to-reference-group.ts';
import {
  equalOpportunityDifference,
  equalOpportunityRatio,
} from '../../../../server/metrics/fairness/equal-opportunity.ts';
import { equalizedOddsDifference, equalizedOddsRatio } from '../../../../server/metrics/fairness/equalized-odds.ts';
import { fairnessReport } from '../../../../server/metrics/fairness/fairness-report.ts';
import {
  falseNegativeRateDifference,
  falseNegativeRateRatio,
} from '../../../../server/metrics/fairness/false-negative-rate-parity.ts';
import {
  falsePositiveRateDifference,
  falsePositiveRateRatio,
} from '../../../../server/metrics/fairness/false-positive-rate-parity.ts';
import { generalizedEntropyIndex, theilIndex } from '../../../../server/metrics/fairness/generalized-entropy-index.ts';
import type { GroupComparison } from '../../../../server/metrics/fairness/group-comparison.ts';
import { groupThresholdWhatIf } from '../../../../server/metrics/fairness/group-threshold-what-if.ts';
import type { WhatIfRates, WhatIfTarget } from '../../../../server/metrics/fairness/group-threshold-what-if.ts';
import { ll144ScoringTable, ll144SelectionTable } from '../../../../server/metrics/fairness/ll144-impact-ratio.ts';
import type { Ll144Table } from '../../../../server/metrics/fairness/ll144-impact-ratio.ts';
import {
  predictiveParityDifference,
  predictiveParityRatio,
} from '../../../../server/metrics/fairness/predictive-parity.ts';
import type { GroupTallies, ParityOptions } from '../../../../server/metrics/fairness/rate-parity.ts';
import { selectionRateOfRows } from '../../../../server/metrics/fairness/selection-rate.ts';
import { statisticalParityDifference } from '../../../../server/metrics/fairness/statistical-parity-difference.ts';
import { treatmentEqualityDifference } from '../../../../server/metrics/fairness/treatment-equality-difference.ts';
import { twoSidedZ } from '../../../../server/metrics/support/intervals/two-sided-z.ts';
import { groupsOfCells, groupsOfRows, groupsOfSelected } from '../fairness/group-tallies.ts';
import type { Cells } from '../performance/tally-of-rows.ts';
import { emptyBinaryTally } from '../performance/tally-of-rows.ts';
import { valueOf, valueOrReason } from './evidence-off.ts';
import { describeGoldenFamily } from './golden-family.ts';

type Compare = (groups: GroupTallies, overall: BinaryTally, options: ParityOptions) => GroupComparison;
type LabelledRows = { labels: number[]; predictions: number[]; groups: string[] };
type CellsByGroup = { confusion_by_group: Record<string, Cells> };
type Selected = { n: number; favourable: number };

const differencesAndRatios: Record<string, Compare> = {
  demographic_parity_difference: demographicParityDifference,
  demographic_parity_ratio: demographicParityRatio,
  equal_opportunity_difference: equalOpportunityDifference,
  equal_opportunity_ratio: equalOpportunityRatio,
  false_positive_rate_difference: falsePositiveRateDifference,
  false_positive_rate_ratio: falsePositiveRateRatio,
  false_negative_rate_difference: falseNegativeRateDifference,
  false_negative_rate_ratio: falseNegativeRateRatio,
  predictive_parity_difference: predictiveParityDifference,
  predictive_parity_ratio: predictiveParityRatio,
  accuracy_difference: accuracyDifference,
  accuracy_ratio: accuracyRatio,
  equalized_odds_difference: equalizedOddsDifference,
  equalized_odds_ratio: equalizedOddsRatio,
};

/** Every difference and ratio, between groups and to overall. */
function allComparisons(groups: GroupTallies, overall: BinaryTally, options: ParityOptions) {
  const entries = Object.entries(differencesAndRatios).flatMap(([id, compare]) => [
    [id, valueOf(compare(groups, overall, options).result)],
    [`${id}_to_overall`, valueOf(compare(groups, overall, { ...options, against: 'overall' }).result)],
  ]);
  return Object.fromEntries(entries) as Record<string, number | null>;
}

const anyGroup = { groupNMin: 1 };
const shortNames = { selection_rate: 'selection_rate', true_positive_rate: 'tpr', false_positive_rate: 'fpr' } as const;

function ratesByShortName(rates: ReturnType<typeof fairnessReport>['overall']) {
  return Object.fromEntries(
    Object.entries(shortNames).map(([id, name]) => [name, valueOf(rates[id as keyof typeof shortNames])]),
  );
}

function whatIfRates(rates: Map<string, WhatIfRates>) {
  return Object.fromEntries(
    [...rates].map(([group, one]) => [
      group,
      {
        selection_rate: one.selectionRate,
        tpr: one.truePositiveRate,
        fpr: one.falsePositiveRate,
        accuracy: one.accuracy,
      },
    ]),
  );
}

function ll144Columns(table: Ll144Table, rateName: string) {
  const column = <T>(of: (row: Ll144Table['rows'][number]) => T) =>
    Object.fromEntries(table.rows.map((row) => [row.category, of(row)]));
  return {
    median: table.median,
    [rateName]: column((row) => row.rate),
    impact_ratio: column((row) => row.impactRatio),
    displayed: column((row) => Number(row.displayed)),
  };
}

describeGoldenFamily('fairness', {
  'group-rates-eighteen-rows': (input: LabelledRows) => {
    const { groups, overall } = groupsOfRows(input);
    const report = fairnessReport(groups, overall, anyGroup);
    return {
      groups: Object.fromEntries(report.groups.map((one) => [one.group, { n: one.n, ...ratesByShortName(one.rates) }])),
      overall: ratesByShortName(report.overall),
    };
  },
  'parity-eighteen-rows': (input: LabelledRows) => {
    const { groups, overall } = groupsOfRows(input);
    const mean = equalizedOddsDifference(groups, overall, { ...anyGroup, combine: 'mean' });
    return {
      ...allComparisons(groups, overall, anyGroup),
      equalized_odds_difference_mean: valueOf(mean.result),
    };
  },
  'sign-cancellation-ten-rows': (input: LabelledRows & { privileged: string }) => {
    const { groups, overall } = groupsOfRows(input);
    const options = { ...anyGroup, privileged: input.privileged };
    return {
      ...allComparisons(groups, overall, anyGroup),
      average_odds_difference: valueOf(averageOddsDifference(groups, overall, options).result),
      average_predictive_value_difference: valueOf(averagePredictiveValueDifference(groups, overall, options).result),
    };
  },
  'statistical-parity-census-counts': (input: { privileged: Selected; unprivileged: Selected }) => {
    const { groups, overall } = groupsOfSelected(input);
    const options = { privileged: 'privileged' };
    return {
      statistical_parity_difference: valueOf(statisticalParityDifference(groups, overall, options).result),
      disparate_impact_ratio: valueOf(disparateImpactRatio(groups, overall, options).result),
    };
  },
  'disparate-impact-without-privileged-favourables': (input: { cases: Record<string, Selected>[] }) => ({
    results: input.cases.map((one) => {
      const { groups, overall } = groupsOfSelected(one);
      return valueOrReason(disparateImpactRatio(groups, overall, { ...anyGroup, privileged: 'privileged' }).result);
    }),
  }),
  'selection-rate-plain-and-weighted': (input: { cases: { predictions: number[]; weights?: number[] }[] }) => ({
    values: input.cases.map((one) => valueOf(selectionRateOfRows(one.predictions, one.weights, anyGroup))),
  }),
  'fairness-four-groups-one-too-small': (input: CellsByGroup & { min_group_n: number }) => {
    const { groups, overall } = groupsOfCells(input.confusion_by_group);
    const options = { groupNMin: input.min_group_n };
    const parity = demographicParityDifference(groups, overall, options);
    return {
      ...allComparisons(groups, overall, options),
      treatment_equality_difference: valueOf(treatmentEqualityDifference(groups, overall, options).result),
      insufficient_groups: parity.leftOut.map((one) => one.group),
    };
  },
  'worst-case-interval-three-groups': (input: { selected: Record<string, number>; n: Record<string, number> }) => {
    const counts = Object.keys(input.n).map((group) => [
      group,
      { n: input.n[group], favourable: input.selected[group] },
    ]);
    const { groups, overall } = groupsOfSelected(Object.fromEntries(counts) as Record<string, Selected>);
    const difference = demographicParityDifference(groups, overall).result;
    const ratio = demographicParityRatio(groups, overall).result;
    if (difference.kind !== 'value' || ratio.kind !== 'value') return null;
    return {
      difference: difference.value,
      lower: difference.interval?.lower,
      upper: difference.interval?.upper,
      ratio: ratio.value,
      ratio_lower: ratio.interval?.lower,
      ratio_upper: ratio.interval?.upper,
      z: twoSidedZ(difference.interval?.level ?? 0.5),
    };
  },
  'four-fifths-band': (input: { ratios: number[]; bands: [number, number][] }) => ({
    within_band: input.bands.map(([lower, upper]) =>
      input.ratios.map((one) => isWithinImpactBand(one, { lower, upper })),
    ),
  }),
  'll144-selection-impact-ratio': (input: { applicants: Record<string, number>; selected: Record<string, number> }) =>
    ll144Columns(
      ll144SelectionTable(
        Object.entries(input.applicants).map(([category, applicants]) => ({
          category,
          applicants,
          selected: input.selected[category],
        })),
      ),
      'selection_rate',
    ),
  'll144-scoring-impact-ratio': (input: { scores: Record<string, number[]> }) =>
    ll144Columns(ll144ScoringTable(new Map(Object.entries(input.scores))), 'scoring_rate'),
  'generalized-entropy-and-theil': (input: Omit<LabelledRows, 'groups'>) => {
    const { overall } = groupsOfRows({ ...input, groups: input.labels.map(() => 'all') });
    const index = valueOf(generalizedEntropyIndex(overall, anyGroup)) ?? Number.NaN;
    return {
      generalized_entropy_2: index,
      theil: valueOf(theilIndex(overall, anyGroup)),
      generalized_entropy_05: valueOf(generalizedEntropyIndex(overall, { ...anyGroup, alpha: 0.5 })),
      coefficient_of_variation: Math.sqrt(2 * index),
    };
  },
  'intersectional-selection-rates': (input: {
    selected: Record<string, number>;
    n: Record<string, number>;
    min_group_n: number;
  }) => {
    const counts = Object.keys(input.n).map((group) => [
      group,
      { n: input.n[group], favourable: input.selected[group] },
    ]);
    const { groups, overall } = groupsOfSelected(Object.fromEntries(counts) as Record<string, Selected>);
    const options = { groupNMin: input.min_group_n };
    const difference = demographicParityDifference(groups, overall, options);
    const report = fairnessReport(groups, overall, options);
    return {
      rates: Object.fromEntries(report.groups.map((one) => [one.group, valueOf(one.rates.selection_rate)])),
      ratio: valueOf(demographicParityRatio(groups, overall, options).result),
      difference: valueOf(difference.result),
      insufficient_groups: difference.leftOut.map((one) => one.group),
    };
  },
  'group-threshold-what-if': (input: {
    edges: number[];
    tallies: Record<string, { pos: number[]; neg: number[] }>;
    common_threshold: number;
  }) => {
    const groups = new Map(
      Object.entries(input.tallies).map(([group, { pos, neg }]) => [
        group,
        {
          ...emptyBinaryTally(Float64Array.from(input.edges)),
          positives: Float64Array.from(pos),
          negatives: Float64Array.from(neg),
          predictions: Float64Array.from(pos, (count, bin) => count + neg[bin]),
        },
      ]),
    );
    const simulate = (target: WhatIfTarget) =>
      groupThresholdWhatIf(groups, { commonThreshold: input.common_threshold, target });
    const thresholds = (rates: Map<string, WhatIfRates>) =>
      Object.fromEntries([...rates].map(([group, one]) => [group, one.threshold]));
    const selection = simulate('selection_rate');
    const recall = simulate('true_positive_rate');
    return {
      target_selection_rate: selection.targetRate,
      before: whatIfRates(selection.before),
      thresholds_for_selection_rate: thresholds(selection.after),
      after_selection_rate: whatIfRates(selection.after),
      thresholds_for_tpr: thresholds(recall.after),
      after_tpr: whatIfRates(recall.after),
    };
  },
  'calibration-within-groups': (input: {
    score_bins_by_group: Record<string, { n: number[]; score_sum: number[]; positives: number[] }>;
  }) => {
    const sums = Object.entries(input.score_bins_by_group).map(
      ([group, one]) => [group, { n: one.n, scoreSum: one.score_sum, positives: one.positives }] as const,
    );
    const result = calibrationOfScoreBins(new Map(sums));
    const entries = [...result.groups];
    return {
      expected_calibration_error: Object.fromEntries(entries.map(([group, one]) => [group, one.calibrationError])),
      mean_gap: Object.fromEntries(entries.map(([group, one]) => [group, one.meanGap])),
      calibration_error_difference: valueOf(result.calibrationErrorDifference.result),
      mean_gap_difference: valueOf(result.meanGapDifference.result),
    };
  },
  'signed-differences-two-groups': (input: CellsByGroup & { privileged: string }) => {
    const { groups, overall } = groupsOfCells(input.confusion_by_group);
    const options = { privileged: input.privileged };
    const recall = equalOpportunityDifference(groups, overall);
    const sign = recall.pair?.low === input.privileged ? 1 : -1;
    return {
      statistical_parity_difference: valueOf(statisticalParityDifference(groups, overall, options).result),
      disparate_impact_ratio: valueOf(disparateImpactRatio(groups, overall, options).result),
      average_odds_difference: valueOf(averageOddsDifference(groups, overall, options).result),
      average_predictive_value_difference: valueOf(averagePredictiveValueDifference(groups, overall, options).result),
      true_positive_rate_difference: sign * (valueOf(recall.result) ?? Number.NaN),
    };
  },
  'disparities-to-reference-group': (
    input: CellsByGroup & { reference_group: string; tau: number; min_group_n: number },
  ) => {
    const { groups, overall } = groupsOfCells(input.confusion_by_group);
    const options = { reference: input.reference_group, tau: input.tau, groupNMin: input.min_group_n };
    const rates: Record<string, DisparityRate> = {
      false_positive_rate: 'false_positive_rate',
      false_negative_rate: 'false_negative_rate',
      false_omission_rate: 'false_omission_rate',
      false_discovery_rate: 'false_discovery_rate',
      predicted_prevalence: 'selection_rate',
      predicted_positive_share: 'predicted_positive_share',
    };
    const disparity: Record<string, Record<string, number | null>> = {};
    const parity: Record<string, Record<string, boolean | null>> = {};
    for (const [name, rate] of Object.entries(rates)) {
      for (const { group, result, isParity } of disparityToReferenceGroup(rate, groups, overall, options)) {
        disparity[group] = { ...disparity[group], [name]: valueOf(result) };
        parity[group] = { ...parity[group], [name]: isParity };
      }
    }
    return { disparity, parity };
  },
});
