import { countRelevant, meanOverUsers } from './mean-over-users.ts';
import type { RankingOptions, RankingResult, RelevanceByUser } from './mean-over-users.ts';

const scoreOfUser = (relevance: ArrayLike<number>, k: number): number => (countRelevant(relevance, k) > 0 ? 1 : 0);

/**
 * Hit rate at k: how many users see anything relevant at all?
 *
 * Reading: 1 everybody, 0 nobody. Worse is down.
 * Definition: 1 when any of the first k is relevant, else 0; mean over users.
 *
 * @param users relevance per user in shown order; above 0 is relevant
 * @returns 0..1; needs 30 users with a relevant item; interval t over users
 * @throws RangeError when k is not a whole number above 0
 *
 * Reference: Deshpande & Karypis 2004, doi:10.1145/963770.963776. Cost: O(items) a user.
 *
 * @example
 * hitRateAtK(new Map([['ann', [1, 0, 0]], ['bob', [0, 0, 1]]]), { k: 3, usersMin: 1 }).result; // 1
 */
export function hitRateAtK(users: RelevanceByUser, options: RankingOptions): RankingResult {
  return meanOverUsers('hit_rate_at_k/1', users, scoreOfUser, options);
}
