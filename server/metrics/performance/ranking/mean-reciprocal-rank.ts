import { meanOverUsers } from './mean-over-users.ts';
import type { RankingOptions, RankingResult, RelevanceByUser } from './mean-over-users.ts';

const scoreOfUser = (relevance: ArrayLike<number>, k: number): number => {
  for (let place = 0; place < Math.min(k, relevance.length); place += 1) {
    if (relevance[place] > 0) return 1 / (place + 1);
  }
  return 0;
};

/**
 * Mean reciprocal rank: how far down is the first relevant item?
 *
 * Reading: 1 always on top, ½ second on average (harmonically), 0 none within k. Worse is down.
 * Definition: 1/rank of the first relevant item within k, else 0; mean over users.
 *
 * @param users relevance per user in shown order; above 0 is relevant
 * @returns 0..1; needs 30 users with a relevant item; interval t over users
 * @throws RangeError when k is not a whole number above 0
 *
 * Reference: Voorhees, *The TREC-8 Question Answering Track Report*, 1999. Cost: O(items) a user.
 *
 * @example
 * meanReciprocalRank(new Map([['ann', [1, 0, 0]], ['bob', [0, 0, 1]]]), { k: 3, usersMin: 1 }).result; // 0.667
 */
export function meanReciprocalRank(users: RelevanceByUser, options: RankingOptions): RankingResult {
  return meanOverUsers('mean_reciprocal_rank/1', users, scoreOfUser, options);
}
