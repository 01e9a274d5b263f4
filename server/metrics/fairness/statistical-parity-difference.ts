import type { BinaryTally } from '../../domain/outcome-tally.ts';
import { newcombeInterval } from '../support/intervals/newcombe-interval.ts';
import type { GroupComparison } from './group-comparison.ts';
import type { GroupTallies } from './rate-parity.ts';
import { signedComparison } from './signed-comparison.ts';
import type { SignedOptions, SignedStatistic } from './signed-comparison.ts';
import { successes } from './worst-case-difference.ts';

const statistic: SignedStatistic = {
  id: 'statistical_parity_difference',
  rates: ['selection_rate'],
  value: ({ unprivileged, privileged }) => unprivileged[0].value - privileged[0].value,
  interval: ({ unprivileged, privileged }, level) =>
    newcombeInterval(successes(unprivileged[0]), successes(privileged[0]), level),
  distance: Math.abs,
};

/**
 * Statistical parity difference: is the unprivileged group selected less often than the privileged one?
 *
 * Reading: 0 the same rate, below 0 the privileged group is favoured, above 0 the other; ±0.1 is TrustyAI's bound.
 * Worse is both ways.
 * Definition: selection rate unprivileged − privileged; interval Newcombe.
 *
 * @param groups tally per group, 30 predictions each; labels are not needed
 * @param options the `privileged` group; with several others, the farthest from parity is shown
 * @returns a difference in [−1, 1]
 * @throws RangeError when the privileged group is not in the window
 *
 * Reference: Dwork et al. 2012, doi:10.1145/2090236.2090255. Cost: O(groups).
 *
 * @example
 * statisticalParityDifference(groups, overall, { privileged: 'a' }).result; // -0.0275
 */
export function statisticalParityDifference(
  groups: GroupTallies,
  overall: BinaryTally,
  options: SignedOptions,
): GroupComparison {
  return signedComparison(statistic, groups, overall, options);
}
