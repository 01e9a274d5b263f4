import type { BinaryTally } from '../../domain/outcome-tally.ts';
import type { GroupComparison } from './group-comparison.ts';
import { meanSignedDifference, meanSignedInterval } from './mean-signed-difference.ts';
import type { GroupTallies } from './rate-parity.ts';
import { signedComparison } from './signed-comparison.ts';
import type { SignedOptions, SignedStatistic } from './signed-comparison.ts';

const statistic: SignedStatistic = {
  id: 'average_odds_difference',
  rates: ['true_positive_rate', 'false_positive_rate'],
  value: meanSignedDifference,
  interval: meanSignedInterval,
  distance: Math.abs,
};

/**
 * Average odds difference: does the unprivileged group get more or fewer positive decisions within both classes?
 *
 * Reading: 0 may mean parity, and may mean that a lower true positive rate cancels a higher false positive rate: never
 * alarm on it alone, read it beside the equalized odds difference. Worse is both ways.
 * Definition: ½(ΔTPR + ΔFPR), unprivileged − privileged; interval MOVER of the two Newcombe intervals, which rest on
 * different rows.
 *
 * @param groups tally per group; 30 labelled rows each and 20 of each class
 * @param options the `privileged` group; with several others, the farthest from 0 is shown
 * @returns a difference in [−1, 1]
 * @throws RangeError when the privileged group is not in the window
 *
 * Reference: Bellamy et al. 2018, arXiv:1810.01943 (AIF360, same sign). Cost: O(groups).
 *
 * @example
 * averageOddsDifference(groups, overall, { privileged: 'a' }).result; // -0.0394
 */
export function averageOddsDifference(
  groups: GroupTallies,
  overall: BinaryTally,
  options: SignedOptions,
): GroupComparison {
  return signedComparison(statistic, groups, overall, options);
}
