import {
  demographicParityDifference,
  demographicParityRatio,
} from '../../../../../server/metrics/fairness/demographic-parity.ts';
import {
  equalOpportunityDifference,
  equalOpportunityRatio,
} from '../../../../../server/metrics/fairness/equal-opportunity.ts';
import { equalizedOddsDifference, equalizedOddsRatio } from '../../../../../server/metrics/fairness/equalized-odds.ts';
import {
  falsePositiveRateDifference,
  falsePositiveRateRatio,
} from '../../../../../server/metrics/fairness/false-positive-rate-parity.ts';
import {
  falseNegativeRateDifference,
  falseNegativeRateRatio,
} from '../../../../../server/metrics/fairness/false-negative-rate-parity.ts';
import {
  predictiveParityDifference,
  predictiveParityRatio,
} from '../../../../../server/metrics/fairness/predictive-parity.ts';
import {
  falseOmissionRateDifference,
  falseOmissionRateRatio,
} from '../../../../../server/metrics/fairness/false-omission-rate-parity.ts';
import {
  falseDiscoveryRateDifference,
  falseDiscoveryRateRatio,
} from '../../../../../server/metrics/fairness/false-discovery-rate-parity.ts';
import { accuracyDifference, accuracyRatio } from '../../../../../server/metrics/fairness/accuracy-parity.ts';
import { averageOddsDifference } from '../../../../../server/metrics/fairness/average-odds-difference.ts';
import { averagePredictiveValueDifference } from '../../../../../server/metrics/fairness/average-predictive-value-difference.ts';
import { calibrationWithinGroups } from '../../../../../server/metrics/fairness/calibration-within-groups.ts';
import { disparateImpactRatio } from '../../../../../server/metrics/fairness/disparate-impact-ratio.ts';
import { groupThresholdWhatIf } from '../../../../../server/metrics/fairness/group-threshold-what-if.ts';
import { selectionRate } from '../../../../../server/metrics/fairness/selection-rate.ts';
import { statisticalParityDifference } from '../../../../../server/metrics/fairness/statistical-parity-difference.ts';
import { treatmentEqualityDifference } from '../../../../../server/metrics/fairness/treatment-equality-difference.ts';
import {
  disparityToReferenceGroup,
  predictedPositiveShare,
} from '../../../../../server/metrics/fairness/disparity-to-reference-group.ts';
import { fairnessRules } from '../../../../../server/metrics/fairness/fairness-options.ts';
import {
  generalizedEntropyIndex,
  theilIndex,
} from '../../../../../server/metrics/fairness/generalized-entropy-index.ts';
import { groupRateResult } from '../../../../../server/metrics/fairness/group-rates.ts';
import { ll144SelectionTable } from '../../../../../server/metrics/fairness/ll144-impact-ratio.ts';
import { everybody, groups, outcomesOfB, tallyOfScores } from './sample-data.ts';

/** Worked examples of fairness by metric id: the page prints the body and what it returns. */
export const fairnessExamples: Record<string, () => unknown> = {
  selection_rate() {
    return selectionRate(tallyOfScores(outcomesOfB));
  },
  true_positive_rate() {
    return groupRateResult('true_positive_rate', tallyOfScores(outcomesOfB), fairnessRules());
  },
  demographic_parity_difference() {
    return demographicParityDifference(groups, everybody);
  },
  demographic_parity_ratio() {
    return demographicParityRatio(groups, everybody);
  },
  equal_opportunity_difference() {
    return equalOpportunityDifference(groups, everybody);
  },
  equal_opportunity_ratio() {
    return equalOpportunityRatio(groups, everybody);
  },
  equalized_odds_difference() {
    return equalizedOddsDifference(groups, everybody);
  },
  equalized_odds_ratio() {
    return equalizedOddsRatio(groups, everybody);
  },
  false_positive_rate_difference() {
    return falsePositiveRateDifference(groups, everybody);
  },
  false_positive_rate_ratio() {
    return falsePositiveRateRatio(groups, everybody);
  },
  false_negative_rate_difference() {
    return falseNegativeRateDifference(groups, everybody);
  },
  false_negative_rate_ratio() {
    return falseNegativeRateRatio(groups, everybody);
  },
  predictive_parity_difference() {
    return predictiveParityDifference(groups, everybody);
  },
  predictive_parity_ratio() {
    return predictiveParityRatio(groups, everybody);
  },
  false_omission_rate_difference() {
    return falseOmissionRateDifference(groups, everybody);
  },
  false_omission_rate_ratio() {
    return falseOmissionRateRatio(groups, everybody);
  },
  false_discovery_rate_difference() {
    return falseDiscoveryRateDifference(groups, everybody);
  },
  false_discovery_rate_ratio() {
    return falseDiscoveryRateRatio(groups, everybody);
  },
  accuracy_difference() {
    return accuracyDifference(groups, everybody);
  },
  accuracy_ratio() {
    return accuracyRatio(groups, everybody);
  },
  statistical_parity_difference() {
    return statisticalParityDifference(groups, everybody, { privileged: 'a' });
  },
  disparate_impact_ratio() {
    return disparateImpactRatio(groups, everybody, { privileged: 'a' });
  },
  average_odds_difference() {
    return averageOddsDifference(groups, everybody, { privileged: 'a' });
  },
  average_predictive_value_difference() {
    return averagePredictiveValueDifference(groups, everybody, { privileged: 'a' });
  },
  treatment_equality_difference() {
    return treatmentEqualityDifference(groups, everybody);
  },
  predicted_positive_share() {
    return predictedPositiveShare(groups, everybody);
  },
  disparity_to_reference_group() {
    return disparityToReferenceGroup('false_positive_rate', groups, everybody, { reference: 'a' });
  },
  calibration_within_groups() {
    return calibrationWithinGroups(groups, everybody);
  },
  generalized_entropy_index() {
    return generalizedEntropyIndex(everybody);
  },
  theil_index() {
    return theilIndex(everybody);
  },
  ll144_impact_ratio() {
    return ll144SelectionTable([
      { category: 'female', applicants: 408, selected: 204 },
      { category: 'male', applicants: 797, selected: 412 },
    ]);
  },
  group_threshold_what_if() {
    const applicants = new Map([
      [
        'a',
        tallyOfScores([
          { score: 0.3, positives: 10, negatives: 90 },
          { score: 0.6, positives: 30, negatives: 30 },
          { score: 0.8, positives: 60, negatives: 20 },
        ]),
      ],
      [
        'b',
        tallyOfScores([
          { score: 0.3, positives: 20, negatives: 80 },
          { score: 0.45, positives: 40, negatives: 40 },
          { score: 0.8, positives: 20, negatives: 10 },
        ]),
      ],
    ]);
    return groupThresholdWhatIf(applicants, { commonThreshold: 0.5, target: 'selection_rate' });
  },
};
