import { countRelevant, meanOverUsers } from './mean-over-users.ts';
import type { RankingOptions, RankingResult, RelevanceByUser } from './mean-over-users.ts';

const scoreOfUser = (relevance: ArrayLike<number>, k: number): number => countRelevant(relevance, k) / k;

/**
 * Precision at k: what share of the places shown is used well?
 *
 * Reading: 1 all k places relevant; users with fewer than k relevant items cannot reach it. Worse is down.
 * Definition: relevant among the first k / k; mean over users. Evidently divides by min(list length, k).
 *
 * @param users relevance per user in shown order; above 0 is relevant
 * @returns 0..1; needs 30 users with a relevant item; interval t over users
 * @throws RangeError when k is not a whole number above 0
 *
 * Reference: Manning, Raghavan & Schütze, *Introduction to Information Retrieval*, 2008, chapter 8. Cost: O(items) a user.
 *
 * @example
 * precisionAtK(new Map([['ann', [1, 0, 0]], ['bob', [0, 0, 1]]]), { k: 3, usersMin: 1 }).result; // 0.333
 */
export function precisionAtK(users: RelevanceByUser, options: RankingOptions): RankingResult {
  return meanOverUsers('precision_at_k/1', users, scoreOfUser, options);
}
