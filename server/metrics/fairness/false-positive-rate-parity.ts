import type { BinaryTally } from '../../domain/outcome-tally.ts';
import type { GroupComparison } from './group-comparison.ts';
import { rateDifference, rateRatio } from './rate-parity.ts';
import type { GroupTallies, ParityOptions } from './rate-parity.ts';

/**
 * False positive rate parity difference: which group bears the false alarms?
 *
 * Reading: 0 the same rate in all groups; 0.1 = ten points between the extreme groups. Worse is up.
 * Definition: max − min over the groups (or max |m_g − m_all| with `against: 'overall'`) of the false positive rate FP/(FP + TN).
 * Interval Newcombe of the extreme pair, Bonferroni over the pairs.
 *
 * @param groups tally per group; 30 labelled rows a group and 20 in its denominator, else it is named in `leftOut`
 * @param overall tally of all rows, also those of groups that are too small
 * @returns a difference in [0, 1] with the extreme pair
 *
 * Reference: Chouldechova 2017, arXiv:1610.07524. Cost: O(groups).
 *
 * @example
 * falsePositiveRateDifference(groups, overall).result; // FPR 0.15 to 0.225
 */
export function falsePositiveRateDifference(
  groups: GroupTallies,
  overall: BinaryTally,
  options: ParityOptions = {},
): GroupComparison {
  return rateDifference(
    { id: 'false_positive_rate_difference', rate: 'false_positive_rate' },
    groups,
    overall,
    options,
  );
}

/**
 * False positive rate parity ratio: the same question as a share of the best-treated group's rate.
 *
 * Reading: 1 the same rate in all groups; 0.8 = the lowest group has four fifths of the highest. Worse is down.
 * Definition: min/max over the groups (or the smallest of m_g/m_all and m_all/m_g with `against: 'overall'`); a
 * largest rate of 0 is `zero_denominator`. Interval Katz of the extreme pair, Bonferroni over the pairs.
 *
 * @returns a ratio in [0, 1]; same parameters and minimum as the difference
 *
 * Reference: Chouldechova 2017, arXiv:1610.07524. Cost: O(groups).
 *
 * @example
 * falsePositiveRateRatio(groups, overall, { against: 'overall' }).result;
 */
export function falsePositiveRateRatio(
  groups: GroupTallies,
  overall: BinaryTally,
  options: ParityOptions = {},
): GroupComparison {
  return rateRatio({ id: 'false_positive_rate_ratio', rate: 'false_positive_rate' }, groups, overall, options);
}
