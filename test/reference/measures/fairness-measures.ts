import { accuracyDifference, accuracyRatio } from '../../../server/metrics/fairness/accuracy-parity.ts';
import { averageOddsDifference } from '../../../server/metrics/fairness/average-odds-difference.ts';
import { averagePredictiveValueDifference } from '../../../server/metrics/fairness/average-predictive-value-difference.ts';
import {
  demographicParityDifference,
  demographicParityRatio,
} from '../../../server/metrics/fairness/demographic-parity.ts';
import { disparateImpactRatio } from '../../../server/metrics/fairness/disparate-impact-ratio.ts';
import {
  disparityToReferenceGroup,
  predictedPositiveShare,
} from '../../../server/metrics/fairness/disparity-to-reference-group.ts';
import {
  equalOpportunityDifference,
  equalOpportunityRatio,
} from '../../../server/metrics/fairness/equal-opportunity.ts';
import { equalizedOddsDifference, equalizedOddsRatio } from '../../../server/metrics/fairness/equalized-odds.ts';
import {
  falseDiscoveryRateDifference,
  falseDiscoveryRateRatio,
} from '../../../server/metrics/fairness/false-discovery-rate-parity.ts';
import {
  falseNegativeRateDifference,
  falseNegativeRateRatio,
} from '../../../server/metrics/fairness/false-negative-rate-parity.ts';
import {
  falseOmissionRateDifference,
  falseOmissionRateRatio,
} from '../../../server/metrics/fairness/false-omission-rate-parity.ts';
import {
  falsePositiveRateDifference,
  falsePositiveRateRatio,
} from '../../../server/metrics/fairness/false-positive-rate-parity.ts';
import { fairnessRules } from '../../../server/metrics/fairness/fairness-options.ts';
import { generalizedEntropyIndex, theilIndex } from '../../../server/metrics/fairness/generalized-entropy-index.ts';
import type { GroupComparison } from '../../../server/metrics/fairness/group-comparison.ts';
import { groupRateResult } from '../../../server/metrics/fairness/group-rates.ts';
import { ll144SelectionTable } from '../../../server/metrics/fairness/ll144-impact-ratio.ts';
import {
  predictiveParityDifference,
  predictiveParityRatio,
} from '../../../server/metrics/fairness/predictive-parity.ts';
import type { GroupTallies, ParityOptions } from '../../../server/metrics/fairness/rate-parity.ts';
import { statisticalParityDifference } from '../../../server/metrics/fairness/statistical-parity-difference.ts';
import { treatmentEqualityDifference } from '../../../server/metrics/fairness/treatment-equality-difference.ts';
import type { BinaryTally } from '../../../server/domain/outcome-tally.ts';
import { groupsOfRows } from '../../server/metrics/fairness/group-tallies.ts';
import type { Groups } from '../../server/metrics/fairness/group-tallies.ts';
import type { Answer, Inputs, Measure, MeasureOf } from '../measure.ts';
import { bareFairness, valueOf } from './plain-value.ts';

type Parity = (groups: GroupTallies, overall: BinaryTally, options: ParityOptions) => GroupComparison;

const groupsOf = ({ labels, decisions, groups }: Inputs['groups']): Groups =>
  groupsOfRows({ labels, predictions: decisions, groups });

const ofGroups = (
  key: string,
  metric: string,
  library: string,
  ours: (groups: Groups) => Answer,
): MeasureOf<'groups'> => ({
  key,
  kind: 'groups',
  metric,
  library,
  ours: (input) => ours(groupsOf(input)),
});

/** Two catalogued metrics at once: difference and ratio, between groups and to the overall rate. */
function parities(name: string, library: string, difference: Parity, ratio: Parity): MeasureOf<'groups'>[] {
  const values = ({ groups, overall }: Groups): Answer =>
    (['groups', 'overall'] as const).flatMap((against) =>
      [difference, ratio].map((metric) => valueOf(metric(groups, overall, { ...bareFairness, against }))),
    );
  return ['difference', 'ratio'].map((form) => ofGroups(name, `${name}_${form}`, library, values));
}

const sorted = (groups: GroupTallies): [string, BinaryTally][] => [...groups].sort(([a], [b]) => (a < b ? -1 : 1));

const parityMeasures: Measure[] = [
  ...parities(
    'demographic_parity',
    'fairlearn.metrics.demographic_parity_*',
    demographicParityDifference,
    demographicParityRatio,
  ),
  ...parities('equalized_odds', 'fairlearn.metrics.equalized_odds_*', equalizedOddsDifference, equalizedOddsRatio),
  ...parities(
    'equal_opportunity',
    'fairlearn.metrics.equal_opportunity_*',
    equalOpportunityDifference,
    equalOpportunityRatio,
  ),
  ...parities(
    'false_positive_rate',
    'fairlearn.metrics.MetricFrame',
    falsePositiveRateDifference,
    falsePositiveRateRatio,
  ),
  ...parities(
    'false_negative_rate',
    'fairlearn.metrics.MetricFrame',
    falseNegativeRateDifference,
    falseNegativeRateRatio,
  ),
  ...parities('predictive_parity', 'fairlearn.metrics.MetricFrame', predictiveParityDifference, predictiveParityRatio),
  ...parities('accuracy', 'fairlearn.metrics.MetricFrame', accuracyDifference, accuracyRatio),
  ...parities(
    'false_omission_rate',
    'fairlearn.metrics.MetricFrame',
    falseOmissionRateDifference,
    falseOmissionRateRatio,
  ),
  ...parities(
    'false_discovery_rate',
    'fairlearn.metrics.MetricFrame',
    falseDiscoveryRateDifference,
    falseDiscoveryRateRatio,
  ),
];

const signedIds = [
  'statistical_parity_difference',
  'disparate_impact_ratio',
  'average_odds_difference',
  'average_predictive_value_difference',
];
const signedValues = ({ groups, overall }: Groups): Answer => {
  const options = { ...bareFairness, privileged: 'a', unprivileged: 'b' };
  return [
    statisticalParityDifference,
    disparateImpactRatio,
    averageOddsDifference,
    averagePredictiveValueDifference,
  ].map((metric) => valueOf(metric(groups, overall, options)));
};

const otherMeasures: Measure[] = [
  ofGroups('selection_rate', 'selection_rate', 'fairlearn.metrics.selection_rate', ({ groups }) =>
    sorted(groups).map(([, tally]) => valueOf(groupRateResult('selection_rate', tally, fairnessRules(bareFairness)))),
  ),
  ofGroups('true_positive_rate', 'true_positive_rate', 'fairlearn.metrics.true_positive_rate', ({ groups }) =>
    sorted(groups).map(([, tally]) =>
      valueOf(groupRateResult('true_positive_rate', tally, fairnessRules(bareFairness))),
    ),
  ),
  ...signedIds.map((id) => ofGroups('signed', id, 'fairlearn.metrics.MetricFrame', signedValues)),
  ofGroups('disparity', 'disparity_to_reference_group', 'fairlearn.metrics.MetricFrame', ({ groups, overall }) => {
    const disparities = disparityToReferenceGroup('false_positive_rate', groups, overall, {
      ...bareFairness,
      reference: 'a',
    });
    return valueOf(disparities.find(({ group }) => group === 'b')?.result);
  }),
  ofGroups(
    'treatment_equality',
    'treatment_equality_difference',
    'fairlearn.metrics.MetricFrame',
    ({ groups, overall }) => valueOf(treatmentEqualityDifference(groups, overall, bareFairness)),
  ),
  ofGroups('predicted_positive_share', 'predicted_positive_share', 'numpy', ({ groups, overall }) => {
    const shares = predictedPositiveShare(groups, overall, bareFairness);
    return sorted(groups).map(([group]) => valueOf(shares.get(group)));
  }),
  ofGroups('impact_ratio', 'll144_impact_ratio', 'fairlearn.metrics.selection_rate', ({ groups }) => {
    const categories = sorted(groups).map(([category, tally]) => ({
      category,
      applicants: tally.decided,
      selected: tally.decidedPositive,
    }));
    const { rows } = ll144SelectionTable(categories);
    return categories.map(({ category }) => rows.find((row) => row.category === category)?.impactRatio ?? null);
  }),
  ofGroups('generalized_entropy_index', 'generalized_entropy_index', 'numpy', ({ overall }) =>
    valueOf(generalizedEntropyIndex(overall, bareFairness)),
  ),
  ofGroups('theil_index', 'theil_index', 'numpy', ({ overall }) => valueOf(theilIndex(overall, bareFairness))),
];

export const fairnessMeasures: readonly Measure[] = [...parityMeasures, ...otherMeasures];
