import type { MetricResult } from '../../domain/metric-result.ts';
import type { BinaryTally } from '../../domain/outcome-tally.ts';
import { accuracyDifference, accuracyRatio } from './accuracy-parity.ts';
import { averageOddsDifference } from './average-odds-difference.ts';
import { averagePredictiveValueDifference } from './average-predictive-value-difference.ts';
import { demographicParityDifference, demographicParityRatio } from './demographic-parity.ts';
import { disparateImpactRatio } from './disparate-impact-ratio.ts';
import { equalOpportunityDifference, equalOpportunityRatio } from './equal-opportunity.ts';
import { equalizedOddsDifference, equalizedOddsRatio } from './equalized-odds.ts';
import { fairnessRules } from './fairness-options.ts';
import type { FairnessOptions } from './fairness-options.ts';
import { falseDiscoveryRateDifference, falseDiscoveryRateRatio } from './false-discovery-rate-parity.ts';
import { falseNegativeRateDifference, falseNegativeRateRatio } from './false-negative-rate-parity.ts';
import { falseOmissionRateDifference, falseOmissionRateRatio } from './false-omission-rate-parity.ts';
import { falsePositiveRateDifference, falsePositiveRateRatio } from './false-positive-rate-parity.ts';
import type { GroupComparison } from './group-comparison.ts';
import { groupRateResult } from './group-rates.ts';
import { predictiveParityDifference, predictiveParityRatio } from './predictive-parity.ts';
import { fairnessRates } from './rate-catalog.ts';
import type { FairnessRateId } from './rate-catalog.ts';
import type { GroupTallies, ParityOptions } from './rate-parity.ts';
import { statisticalParityDifference } from './statistical-parity-difference.ts';
import { treatmentEqualityDifference } from './treatment-equality-difference.ts';

export type FairnessReportOptions = ParityOptions & {
  /** Declared privileged group: adds the signed metrics. */
  privileged?: string;
  /** Comparison ids to compute; all unless said. */
  only?: readonly string[];
};

/** One group with its rates. A hidden group (under 10 rows) shows neither its size nor any rate. */
export type GroupSummary = {
  group: string;
  isHidden: boolean;
  /** Predictions and labelled predictions of the group; null when hidden. */
  n: number | null;
  labelled: number | null;
  rates: Record<FairnessRateId, MetricResult>;
};

export type FairnessReport = {
  groups: GroupSummary[];
  /** Rates of all rows, also those of groups that are too small to be compared. */
  overall: Record<FairnessRateId, MetricResult>;
  comparisons: GroupComparison[];
};

type Comparison = (groups: GroupTallies, overall: BinaryTally, options: ParityOptions) => GroupComparison;

const comparisons: Readonly<Record<string, Comparison>> = {
  demographic_parity_difference: demographicParityDifference,
  demographic_parity_ratio: demographicParityRatio,
  equal_opportunity_difference: equalOpportunityDifference,
  equal_opportunity_ratio: equalOpportunityRatio,
  equalized_odds_difference: equalizedOddsDifference,
  equalized_odds_ratio: equalizedOddsRatio,
  false_positive_rate_difference: falsePositiveRateDifference,
  false_positive_rate_ratio: falsePositiveRateRatio,
  false_negative_rate_difference: falseNegativeRateDifference,
  false_negative_rate_ratio: falseNegativeRateRatio,
  predictive_parity_difference: predictiveParityDifference,
  predictive_parity_ratio: predictiveParityRatio,
  false_omission_rate_difference: falseOmissionRateDifference,
  false_omission_rate_ratio: falseOmissionRateRatio,
  false_discovery_rate_difference: falseDiscoveryRateDifference,
  false_discovery_rate_ratio: falseDiscoveryRateRatio,
  accuracy_difference: accuracyDifference,
  accuracy_ratio: accuracyRatio,
  treatment_equality_difference: treatmentEqualityDifference,
};

const signedComparisons = {
  statistical_parity_difference: statisticalParityDifference,
  disparate_impact_ratio: disparateImpactRatio,
  average_odds_difference: averageOddsDifference,
  average_predictive_value_difference: averagePredictiveValueDifference,
} as const;

/**
 * Fairness of one window over one sensitive feature (or declared intersection): what every group gets, and how far the
 * groups are apart.
 *
 * Groups that are too small are named with a reason and left out of comparisons; they stay in the overall rates. The
 * signed metrics appear when the privileged group is declared and present.
 *
 * @param groups tally per group
 * @param overall tally of all rows of the window, also those without a known group
 *
 * @example
 * fairnessReport(groups, overall).comparisons.find(({ id }) => id === 'demographic_parity_difference');
 */
export function fairnessReport(
  groups: GroupTallies,
  overall: BinaryTally,
  options: FairnessReportOptions = {},
): FairnessReport {
  const { privileged, only } = options;
  const isWanted = ([id]: [string, unknown]): boolean => !only || only.includes(id);
  const worstCases = Object.entries(comparisons)
    .filter(isWanted)
    .map(([, compare]) => compare(groups, overall, options));
  const signed =
    privileged !== undefined && groups.has(privileged)
      ? Object.entries(signedComparisons)
          .filter(isWanted)
          .map(([, compare]) => compare(groups, overall, { ...options, privileged }))
      : [];
  return {
    groups: [...groups.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([group, tally]) => groupSummary(group, tally, options)),
    overall: ratesOf(overall, options),
    comparisons: [...worstCases, ...signed],
  };
}

function groupSummary(group: string, tally: BinaryTally, options: FairnessOptions): GroupSummary {
  const isHidden = tally.total < fairnessRules(options).hiddenBelowN;
  return {
    group,
    isHidden,
    n: isHidden ? null : tally.total,
    labelled: isHidden ? null : tally.labelled,
    rates: ratesOf(tally, options),
  };
}

function ratesOf(tally: BinaryTally, options: FairnessOptions): Record<FairnessRateId, MetricResult> {
  const rules = fairnessRules(options);
  const ids = Object.keys(fairnessRates) as FairnessRateId[];
  return Object.fromEntries(ids.map((id) => [id, groupRateResult(id, tally, rules)])) as Record<
    FairnessRateId,
    MetricResult
  >;
}
