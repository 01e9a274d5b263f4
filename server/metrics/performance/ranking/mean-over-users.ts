import { insufficientEvidence, metricValue, noData } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import { meanTInterval } from '../../support/intervals/mean-t-interval.ts';
import { momentsOfValues } from '../../support/intervals/sample-moments.ts';
import { LEVEL_DEFAULT } from '../../support/intervals/two-sided-z.ts';

/** Relevance (≥ 0, 0 = not relevant) of the items shown to each user or query, in the order shown. */
export type RelevanceByUser = ReadonlyMap<string, ArrayLike<number>>;

export type RankingOptions = {
  /** How many places count. */
  k: number;
  /** Users without a relevant item: left out and counted (default), or counted as 0. */
  usersWithoutRelevant?: 'leave_out' | 'zero';
  /** 30 users unless said. */
  usersMin?: number;
  level?: number;
};

export type RankingResult = { result: MetricResult; usersLeftOut: number };

/**
 * A ranking metric: the score of each user's list, then the plain mean over users, with its t interval.
 *
 * @param name id, version and what else moves the number: `ndcg_at_k/1 gain=linear`
 * @param scoreOfUser reads one list with at least one relevant item
 * @throws RangeError when k is not a whole number above 0
 */
export function meanOverUsers(
  name: string,
  users: RelevanceByUser,
  scoreOfUser: (relevance: ArrayLike<number>, k: number) => number,
  options: RankingOptions,
): RankingResult {
  const { k, usersWithoutRelevant = 'leave_out', usersMin = 30, level = LEVEL_DEFAULT } = options;
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k must be a whole number above 0, for example 10; got ${k}`);
  if (users.size === 0) return { result: noData, usersLeftOut: 0 };
  const scores: number[] = [];
  let usersLeftOut = 0;
  for (const relevance of users.values()) {
    if (countRelevant(relevance, relevance.length) > 0) scores.push(scoreOfUser(relevance, k));
    else if (usersWithoutRelevant === 'zero') scores.push(0);
    else usersLeftOut += 1;
  }
  if (scores.length < usersMin) {
    return { result: insufficientEvidence('n_below_minimum', scores.length, usersMin), usersLeftOut };
  }
  if (scores.length === 0) return { result: insufficientEvidence('zero_denominator', 0), usersLeftOut };
  const moments = momentsOfValues(scores);
  const definition = `${name} k=${k} users_without_relevant=${usersWithoutRelevant}`;
  return {
    result: metricValue(moments.mean, moments.n, definition, { interval: meanTInterval(moments, level) }),
    usersLeftOut,
  };
}

/** Relevant items among the first k. */
export function countRelevant(relevance: ArrayLike<number>, k: number): number {
  let relevant = 0;
  for (let place = 0; place < Math.min(k, relevance.length); place += 1) if (relevance[place] > 0) relevant += 1;
  return relevant;
}

/** Relevance in shown order: by descending score, ties by item id, so that the order of rows cannot matter. */
export function relevanceInShownOrder(items: readonly { item: string; score: number; relevance: number }[]): number[] {
  return [...items]
    .sort((a, b) => b.score - a.score || (a.item < b.item ? -1 : a.item > b.item ? 1 : 0))
    .map((one) => one.relevance);
}
