import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hitRateAtK } from '../../../../server/metrics/performance/ranking/hit-rate-at-k.ts';
import { meanAveragePrecision } from '../../../../server/metrics/performance/ranking/mean-average-precision.ts';
import { relevanceInShownOrder } from '../../../../server/metrics/performance/ranking/mean-over-users.ts';
import { meanReciprocalRank } from '../../../../server/metrics/performance/ranking/mean-reciprocal-rank.ts';
import { ndcgAtK } from '../../../../server/metrics/performance/ranking/ndcg-at-k.ts';
import { precisionAtK } from '../../../../server/metrics/performance/ranking/precision-at-k.ts';
import { recallAtK } from '../../../../server/metrics/performance/ranking/recall-at-k.ts';
import { valueOf } from '../golden/evidence-off.ts';

const metrics = { ndcgAtK, meanReciprocalRank, meanAveragePrecision, hitRateAtK, precisionAtK, recallAtK };
const list = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 12 });
const users = fc
  .array(list, { minLength: 1, maxLength: 8 })
  .map((lists) => new Map(lists.map((one, i) => [`u${i}`, one])));
const anyUsers = (k: number) => ({ k, usersMin: 0 });

describe('ranking metrics', () => {
  test('stay in [0, 1]', () => {
    fc.assert(
      fc.property(users, fc.integer({ min: 1, max: 12 }), (lists, k) => {
        for (const [name, metric] of Object.entries(metrics)) {
          const value = valueOf(metric(lists, anyUsers(k)).result);
          if (value === null) continue;
          expect(value, name).toBeGreaterThanOrEqual(0);
          expect(value, name).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  test('are 1 in the ideal order, but for precision, which k limits', () => {
    fc.assert(
      fc.property(list, fc.integer({ min: 1, max: 12 }), (one, k) => {
        if (!one.some((relevance) => relevance > 0)) return;
        const ideal = new Map([['u', [...one].sort((a, b) => b - a)]]);
        for (const metric of [ndcgAtK, meanReciprocalRank, meanAveragePrecision, hitRateAtK]) {
          expect(valueOf(metric(ideal, anyUsers(k)).result)).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  test('hit rate and recall never fall when more places count', () => {
    fc.assert(
      fc.property(users, fc.integer({ min: 1, max: 11 }), (lists, k) => {
        for (const metric of [hitRateAtK, recallAtK, meanReciprocalRank]) {
          const [few, more] = [
            valueOf(metric(lists, anyUsers(k)).result),
            valueOf(metric(lists, anyUsers(k + 1)).result),
          ];
          if (few !== null) expect(more).toBeGreaterThanOrEqual(few - 1e-12);
        }
      }),
    );
  });

  test('users without a relevant item are left out and counted, or count 0', () => {
    const lists = new Map([
      ['a', [1, 0]],
      ['b', [0, 0]],
    ]);
    expect(hitRateAtK(lists, anyUsers(2))).toMatchObject({ usersLeftOut: 1, result: { value: 1, n: 1 } });
    const zero = hitRateAtK(lists, { ...anyUsers(2), usersWithoutRelevant: 'zero' });
    expect(zero).toMatchObject({ usersLeftOut: 0, result: { value: 0.5, n: 2 } });
  });

  test('30 users are needed, no user is no data, and k must be a whole number', () => {
    const one = new Map([['a', [1]]]);
    expect(ndcgAtK(one, { k: 1 }).result).toMatchObject({ reason: 'n_below_minimum', n: 1, nMin: 30 });
    expect(ndcgAtK(new Map(), { k: 1 }).result.kind).toBe('no_data');
    expect(() => ndcgAtK(one, { k: 0 })).toThrow(/for example 10/);
    const nothing = new Map([['a', [0]]]);
    expect(recallAtK(nothing, anyUsers(1)).result).toMatchObject({ reason: 'zero_denominator' });
  });

  test('shown order is by score, ties by item id, so that the order of rows cannot matter', () => {
    const items = [
      { item: 'b', score: 0.5, relevance: 2 },
      { item: 'a', score: 0.5, relevance: 1 },
      { item: 'c', score: 0.9, relevance: 3 },
    ];
    expect(relevanceInShownOrder(items)).toEqual([3, 1, 2]);
    expect(relevanceInShownOrder([...items].reverse())).toEqual([3, 1, 2]);
  });
});
