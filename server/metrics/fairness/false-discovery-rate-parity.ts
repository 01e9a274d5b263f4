import type { BinaryTally } from '../../domain/outcome-tally.ts';
import type { GroupComparison } from './group-comparison.ts';
import { rateDifference, rateRatio } from './rate-parity.ts';
import type { GroupTallies, ParityOptions } from './rate-parity.ts';

/**
 * False discovery rate parity difference: is a positive decision wrong equally often in all groups?
 *
 * Reading: 0 the same rate in all groups; 0.1 = ten points between the extreme groups. Worse is up.
 * Definition: max − min over the groups (or max |m_g − m_all| with `against: 'overall'`) of the false discovery rate FP/(TP + FP).
 * Interval Newcombe of the extreme pair, Bonferroni over the pairs.
 *
 * @param groups tally per group; 30 labelled rows a group and 20 in its denominator, else it is named in `leftOut`
 * @param overall tally of all rows, also those of groups that are too small
 * @returns a difference in [0, 1] with the extreme pair
 *
 * Reference: Saleiro et al. 2018, arXiv:1811.05577. Cost: O(groups).
 *
 * @example
 * falseDiscoveryRateDifference(groups, overall).result; // FDR 0.18 to 0.27
 */
export function falseDiscoveryRateDifference(
  groups: GroupTallies,
  overall: BinaryTally,
  options: ParityOptions = {},
): GroupComparison {
  return rateDifference(
    { id: 'false_discovery_rate_difference', rate: 'false_discovery_rate' },
    groups,
    overall,
    options,
  );
}

/**
 * False discovery rate parity ratio: the same question as a share of the best-treated group's rate.
 *
 * Reading: 1 the same rate in all groups; 0.8 = the lowest group has four fifths of the highest. Worse is down.
 * Definition: min/max over the groups (or the smallest of m_g/m_all and m_all/m_g with `against: 'overall'`); a
 * largest rate of 0 is `zero_denominator`. Interval Katz of the extreme pair, Bonferroni over the pairs.
 *
 * @returns a ratio in [0, 1]; same parameters and minimum as the difference
 *
 * Reference: Saleiro et al. 2018, arXiv:1811.05577. Cost: O(groups).
 *
 * @example
 * falseDiscoveryRateRatio(groups, overall, { against: 'overall' }).result;
 */
export function falseDiscoveryRateRatio(
  groups: GroupTallies,
  overall: BinaryTally,
  options: ParityOptions = {},
): GroupComparison {
  return rateRatio({ id: 'false_discovery_rate_ratio', rate: 'false_discovery_rate' }, groups, overall, options);
}
