import type { BinaryTally } from '../../domain/outcome-tally.ts';
import type { GroupComparison } from './group-comparison.ts';
import { rateDifference, rateRatio } from './rate-parity.ts';
import type { GroupTallies, ParityOptions } from './rate-parity.ts';

/**
 * Predictive parity difference: does a positive decision mean the same in all groups?
 *
 * Reading: 0 the same rate in all groups; 0.1 = ten points between the extreme groups. Worse is up.
 * Definition: max − min over the groups (or max |m_g − m_all| with `against: 'overall'`) of the precision TP/(TP + FP). Cannot hold together with equal error rates when base rates differ.
 * Interval Newcombe of the extreme pair, Bonferroni over the pairs.
 *
 * @param groups tally per group; 30 labelled rows a group and 20 in its denominator, else it is named in `leftOut`
 * @param overall tally of all rows, also those of groups that are too small
 * @returns a difference in [0, 1] with the extreme pair
 *
 * Reference: Chouldechova 2017, arXiv:1610.07524. Cost: O(groups).
 *
 * @example
 * predictiveParityDifference(groups, overall).result; // precision 0.73 to 0.82
 */
export function predictiveParityDifference(
  groups: GroupTallies,
  overall: BinaryTally,
  options: ParityOptions = {},
): GroupComparison {
  return rateDifference({ id: 'predictive_parity_difference', rate: 'precision' }, groups, overall, options);
}

/**
 * Predictive parity ratio: the same question as a share of the best-treated group's rate.
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
 * predictiveParityRatio(groups, overall, { against: 'overall' }).result;
 */
export function predictiveParityRatio(
  groups: GroupTallies,
  overall: BinaryTally,
  options: ParityOptions = {},
): GroupComparison {
  return rateRatio({ id: 'predictive_parity_ratio', rate: 'precision' }, groups, overall, options);
}
