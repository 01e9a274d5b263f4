import { countRelevant, meanOverUsers } from './mean-over-users.ts';
import type { RankingOptions, RankingResult, RelevanceByUser } from './mean-over-users.ts';

const scoreOfUser = (relevance: ArrayLike<number>, k: number): number => {
  let found = 0;
  let precisions = 0;
  for (let place = 0; place < Math.min(k, relevance.length); place += 1) {
    if (!(relevance[place] > 0)) continue;
    found += 1;
    precisions += found / (place + 1);
  }
  return precisions / Math.min(countRelevant(relevance, relevance.length), k);
};

/**
 * Mean average precision: are the relevant items near the top, all of them?
 *
 * Reading: 1 all relevant items first, 0 none within k. Worse is down.
 * Definition: Σ precision at each relevant rank ≤ k, divided by min(relevant, k); mean over users. Evidently divides by all relevant
 * items, which cannot reach 1 when there are more than k.
 *
 * @param users relevance per user in shown order; above 0 is relevant
 * @returns 0..1; needs 30 users with a relevant item; interval t over users
 * @throws RangeError when k is not a whole number above 0
 *
 * Reference: Manning, Raghavan & Schütze, *Introduction to Information Retrieval*, 2008, chapter 8. Cost: O(items) a user.
 *
 * @example
 * meanAveragePrecision(new Map([['ann', [1, 0, 0]], ['bob', [0, 0, 1]]]), { k: 3, usersMin: 1 }).result; // 0.667
 */
export function meanAveragePrecision(users: RelevanceByUser, options: RankingOptions): RankingResult {
  return meanOverUsers('mean_average_precision/1', users, scoreOfUser, options);
}
