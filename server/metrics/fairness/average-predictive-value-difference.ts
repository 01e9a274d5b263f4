import type { BinaryTally } from '../../domain/outcome-tally.ts';
import type { GroupComparison } from './group-comparison.ts';
import { meanSignedDifference, meanSignedInterval } from './mean-signed-difference.ts';
import type { GroupTallies } from './rate-parity.ts';
import { signedComparison } from './signed-comparison.ts';
import type { SignedOptions, SignedStatistic } from './signed-comparison.ts';

const statistic: SignedStatistic = {
  id: 'average_predictive_value_difference',
  rates: ['precision', 'false_omission_rate'],
  value: meanSignedDifference,
  interval: meanSignedInterval,
  distance: Math.abs,
};

/**
 * Average predictive value difference: do decisions mean something else for the unprivileged group?
 *
 * Reading: 0 may mean parity, and may mean that two differences cancel; read it beside predictive parity and false
 * omission rate parity. Worse is both ways.
 * Definition: ½(ΔPPV + ΔFOR), unprivileged − privileged; interval MOVER of the two Newcombe intervals, which rest on
 * different rows.
 *
 * @param groups tally per group; 30 labelled rows each and 20 of each decision
 * @param options the `privileged` group; with several others, the farthest from 0 is shown
 * @returns a difference in [−1, 1]
 * @throws RangeError when the privileged group is not in the window
 *
 * Reference: Bellamy et al. 2018, arXiv:1810.01943 (AIF360, same sign). Cost: O(groups).
 *
 * @example
 * averagePredictiveValueDifference(groups, overall, { privileged: 'a' }).result; // 0.0176
 */
export function averagePredictiveValueDifference(
  groups: GroupTallies,
  overall: BinaryTally,
  options: SignedOptions,
): GroupComparison {
  return signedComparison(statistic, groups, overall, options);
}
