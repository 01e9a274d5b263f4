import { meanOverUsers } from './mean-over-users.ts';
import type { RankingOptions, RankingResult, RelevanceByUser } from './mean-over-users.ts';

export type NdcgOptions = RankingOptions & {
  /** `linear` (default): relevance as given; `exponential`: 2^relevance − 1, where the best items weigh far more. */
  gain?: 'linear' | 'exponential';
};

/**
 * Normalised discounted cumulative gain at k: are the most relevant items on top, when relevance has grades?
 *
 * Reading: 1 the best possible order, 0 nothing relevant within k. Worse is down.
 * Definition: DCG = Σ_(i≤k) gain_i/log2(i+1), divided by the DCG of the ideal order of the same items; mean over users.
 *
 * @param users relevance per user in shown order
 * @returns 0..1; needs 30 users with a relevant item; interval t over users
 * @throws RangeError when k is not a whole number above 0
 *
 * Reference: Järvelin & Kekäläinen 2002, doi:10.1145/582415.582418. Cost: O(items log items) a user.
 *
 * @example
 * ndcgAtK(new Map([['ann', [3, 0, 2]]]), { k: 3, usersMin: 1 }).result; // 0.939
 */
export function ndcgAtK(users: RelevanceByUser, options: NdcgOptions): RankingResult {
  const isLinear = (options.gain ?? 'linear') === 'linear';
  const gain = (relevance: number): number => (isLinear ? relevance : 2 ** relevance - 1);
  const discounted = (relevance: ArrayLike<number>, k: number): number => {
    let sum = 0;
    for (let place = 0; place < Math.min(k, relevance.length); place += 1) {
      sum += gain(relevance[place]) / Math.log2(place + 2);
    }
    return sum;
  };
  const scoreOfUser = (relevance: ArrayLike<number>, k: number): number =>
    discounted(relevance, k) /
    discounted(
      Array.from(relevance).sort((a, b) => b - a),
      k,
    );
  return meanOverUsers(`ndcg_at_k/1 gain=${isLinear ? 'linear' : 'exponential'}`, users, scoreOfUser, options);
}
