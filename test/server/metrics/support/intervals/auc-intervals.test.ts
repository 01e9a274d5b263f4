import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aucPlacements } from '../../../../../server/metrics/support/intervals/auc-placements.ts';
import {
  delongInterval,
  delongStandardError,
  pairedAucDifference,
} from '../../../../../server/metrics/support/intervals/delong-interval.ts';
import { hanleyMcNeilInterval } from '../../../../../server/metrics/support/intervals/hanley-mcneil-interval.ts';
import { logitAveragePrecisionInterval } from '../../../../../server/metrics/support/intervals/logit-average-precision-interval.ts';
import { momentsOfValues } from '../../../../../server/metrics/support/intervals/sample-moments.ts';
import { seededRandom } from '../../../../../server/metrics/support/numerics/seeded-random.ts';

const row = fc.record({ score: fc.integer({ min: 0, max: 12 }), label: fc.constantFrom(0, 1) });
const rows = fc
  .array(row, { minLength: 2, maxLength: 60 })
  .map((list) => ({ scores: list.map((one) => one.score), labels: list.map((one) => one.label) }));

describe('placements', () => {
  test('are the shares of the definition, counted pair by pair', () => {
    fc.assert(
      fc.property(rows, ({ scores, labels }) => {
        const of = (wanted: number) => scores.filter((_, i) => labels[i] === wanted);
        const wins = (a: number, b: number) => (a > b ? 1 : a === b ? 0.5 : 0);
        const mean = (list: number[]) => (list.length === 0 ? 0 : list.reduce((sum, x) => sum + x, 0) / list.length);
        const { positive, negative } = aucPlacements({ scores, labels });
        const expected = of(1).map((p) => mean(of(0).map((n) => wins(p, n))));
        const mirrored = of(0).map((n) => mean(of(1).map((p) => wins(p, n))));
        expected.forEach((share, i) => expect(positive[i]).toBeCloseTo(share, 12));
        mirrored.forEach((share, i) => expect(negative[i]).toBeCloseTo(share, 12));
      }),
    );
  });

  test('a NaN score is refused by its row instead of losing its place', () => {
    expect(() => aucPlacements({ scores: [0.1, Number.NaN], labels: [0, 1] })).toThrow(/row 1 has the score NaN/);
  });

  test('have the same mean in both classes: the AUC', () => {
    fc.assert(
      fc.property(rows, (one) => {
        const { positive, negative } = aucPlacements(one);
        if (positive.length === 0 || negative.length === 0) return;
        expect(momentsOfValues(positive).mean).toBeCloseTo(momentsOfValues(negative).mean, 12);
      }),
    );
  });
});

describe('DeLong', () => {
  test('the standard error does not change when labels and scores are mirrored', () => {
    fc.assert(
      fc.property(rows, ({ scores, labels }) => {
        const mirrored = { scores: scores.map((s) => -s), labels: labels.map((l) => 1 - l) };
        const one = delongStandardError(aucPlacements({ scores, labels }));
        expect(delongStandardError(aucPlacements(mirrored))).toBeCloseTo(one, 12);
      }),
    );
  });

  test('perfect separation has no interval', () => {
    expect(delongInterval(aucPlacements({ scores: [1, 2, 3, 4], labels: [0, 0, 1, 1] }))).toBeNull();
    expect(delongInterval(aucPlacements({ scores: [1, 2, 3], labels: [0, 0, 1] }))).toBeNull();
  });

  test('covers the true AUC about 95 times in 100', () => {
    const uniform = seededRandom(11);
    // Positives score max(u, v), negatives u: AUC = P(max(u, v) > w) = 2/3.
    let covered = 0;
    const repeats = 300;
    for (let repeat = 0; repeat < repeats; repeat += 1) {
      const labels = Array.from({ length: 120 }, (_, i) => (i < 50 ? 1 : 0));
      const scores = labels.map((label) => (label === 1 ? Math.max(uniform(), uniform()) : uniform()));
      const found = delongInterval(aucPlacements({ scores, labels }));
      if (found && found.lower <= 2 / 3 && found.upper >= 2 / 3) covered += 1;
    }
    expect(covered / repeats).toBeGreaterThan(0.91);
    expect(covered / repeats).toBeLessThan(0.985);
  });

  test('a model does not differ from itself', () => {
    const same = pairedAucDifference([1, 0, 1, 0, 0], [0.9, 0.2, 0.4, 0.5, 0.1], [0.9, 0.2, 0.4, 0.5, 0.1]);
    expect(same).toEqual({ difference: 0, standardError: 0, z: null, pValue: null });
  });
});

test('intervals from counts do not exist at the ends or without a class', () => {
  expect(hanleyMcNeilInterval(1, 50, 50)).toBeNull();
  expect(hanleyMcNeilInterval(0, 50, 50)).toBeNull();
  expect(hanleyMcNeilInterval(0.7, 0, 50)).toBeNull();
  expect(logitAveragePrecisionInterval(1, 50)).toBeNull();
  expect(logitAveragePrecisionInterval(0.5, 0)).toBeNull();
});

test('Hanley-McNeil does not lose the product of 10^9 rows a class', () => {
  const found = hanleyMcNeilInterval(0.8, 1e9, 1e9);
  expect(found?.lower).toBeGreaterThan(0.7999);
  expect(found?.upper).toBeLessThan(0.8001);
});
