import type { BinaryTally } from '../../domain/outcome-tally.ts';
import type { GroupComparison } from './group-comparison.ts';
import { rateDifference, rateRatio } from './rate-parity.ts';
import type { GroupTallies, ParityOptions } from './rate-parity.ts';

/**
 * Demographic parity difference: are groups selected equally often, whatever the truth?
 *
 * Reading: 0 the same rate in all groups; 0.1 = ten points between the extreme groups. Worse is up.
 * Definition: max − min over the groups (or max |m_g − m_all| with `against: 'overall'`) of the selection rate (TP + FP)/n; needs no label and counts every prediction.
 * Interval Newcombe of the extreme pair, Bonferroni over the pairs.
 *
 * @param groups tally per group; 30 rows a group, else it is named in `leftOut`
 * @param overall tally of all rows, also those of groups that are too small
 * @returns a difference in [0, 1] with the extreme pair
 *
 * Reference: Dwork et al. 2012, doi:10.1145/2090236.2090255. Cost: O(groups).
 *
 * @example
 * demographicParityDifference(groups, overall).result; // selected 39 % to 44 %
 */
export function demographicParityDifference(
  groups: GroupTallies,
  overall: BinaryTally,
  options: ParityOptions = {},
): GroupComparison {
  return rateDifference({ id: 'demographic_parity_difference', rate: 'selection_rate' }, groups, overall, options);
}

/**
 * Demographic parity ratio: the same question as a share of the best-treated group's rate.
 *
 * Reading: 1 the same rate in all groups; 0.8 = the lowest group has four fifths of the highest. Worse is down.
 * Definition: min/max over the groups (or the smallest of m_g/m_all and m_all/m_g with `against: 'overall'`); a
 * largest rate of 0 is `zero_denominator`. Interval Katz of the extreme pair, Bonferroni over the pairs.
 *
 * @returns a ratio in [0, 1]; same parameters and minimum as the difference
 *
 * Reference: Dwork et al. 2012, doi:10.1145/2090236.2090255. Cost: O(groups).
 *
 * @example
 * demographicParityRatio(groups, overall, { against: 'overall' }).result;
 */
export function demographicParityRatio(
  groups: GroupTallies,
  overall: BinaryTally,
  options: ParityOptions = {},
): GroupComparison {
  return rateRatio({ id: 'demographic_parity_ratio', rate: 'selection_rate' }, groups, overall, options);
}
