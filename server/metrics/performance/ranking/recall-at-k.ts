import { countRelevant, meanOverUsers } from './mean-over-users.ts';
import type { RankingOptions, RankingResult, RelevanceByUser } from './mean-over-users.ts';

const scoreOfUser = (relevance: ArrayLike<number>, k: number): number =>
  countRelevant(relevance, k) / countRelevant(relevance, relevance.length);

/**
 * Recall at k: what share of what a user would want is within the first k?
 *
 * Reading: 1 all of it, 0 nothing. Worse is down.
 * Definition: relevant among the first k / all relevant; mean over users.
 *
 * @param users relevance per user in shown order; above 0 is relevant
 * @returns 0..1; needs 30 users with a relevant item; interval t over users
 * @throws RangeError when k is not a whole number above 0
 *
 * Reference: Manning, Raghavan & Schütze, *Introduction to Information Retrieval*, 2008, chapter 8. Cost: O(items) a user.
 *
 * @example
 * recallAtK(new Map([['ann', [1, 0, 0]], ['bob', [0, 0, 1]]]), { k: 3, usersMin: 1 }).result; // 1
 */
export function recallAtK(users: RelevanceByUser, options: RankingOptions): RankingResult {
  return meanOverUsers('recall_at_k/1', users, scoreOfUser, options);
}
