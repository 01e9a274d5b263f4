import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { countBootstrapInterval } from '../../../../../server/metrics/support/intervals/count-bootstrap-interval.ts';
import { drawBinomial } from '../../../../../server/metrics/support/intervals/draw-binomial.ts';
import { drawMultinomial } from '../../../../../server/metrics/support/intervals/draw-multinomial.ts';
import { momentsOfValues } from '../../../../../server/metrics/support/intervals/sample-moments.ts';
import { wilsonInterval } from '../../../../../server/metrics/support/intervals/wilson-interval.ts';
import { seededRandom } from '../../../../../server/metrics/support/numerics/seeded-random.ts';

describe('binomial draws', () => {
  // Small means use geometric gaps, large ones rejection; both sides of ½ and the border between the methods.
  test.each([
    [20, 0.1],
    [100, 0.099],
    [100, 0.101],
    [1000, 0.3],
    [1000, 0.97],
    [1_000_000, 0.5],
    [1_000_000_000, 0.2],
  ])('n = %d, p = %d: mean and variance of the definition', (n, p) => {
    const uniform = seededRandom(5);
    const draws = Float64Array.from({ length: 20_000 }, () => drawBinomial(n, p, uniform));
    const { mean, variance } = momentsOfValues(draws);
    const expected = n * p * (1 - p);
    expect(Math.abs(mean - n * p) / Math.sqrt(expected / draws.length)).toBeLessThan(4);
    expect(variance / expected).toBeGreaterThan(0.95);
    expect(variance / expected).toBeLessThan(1.05);
  });

  test('the share of each outcome is that of the probability function', () => {
    const uniform = seededRandom(9);
    const counts = new Float64Array(41);
    const draws = 40_000;
    for (let i = 0; i < draws; i += 1) counts[drawBinomial(40, 0.4, uniform)] += 1;
    let probability = 0.6 ** 40;
    let chiSquare = 0;
    let cells = 0;
    for (let k = 0; k <= 40; k += 1) {
      const expected = probability * draws;
      if (expected >= 5) {
        chiSquare += (counts[k] - expected) ** 2 / expected;
        cells += 1;
      }
      probability *= ((40 - k) / (k + 1)) * (0.4 / 0.6);
    }
    // 99.9 % of chi-square with about 25 degrees of freedom is below 53.
    expect(cells).toBeGreaterThan(18);
    expect(chiSquare).toBeLessThan(53);
  });

  test('certain and impossible outcomes need no luck', () => {
    const uniform = seededRandom(1);
    expect(drawBinomial(10, 0, uniform)).toBe(0);
    expect(drawBinomial(10, 1, uniform)).toBe(10);
    expect(drawBinomial(0, 0.5, uniform)).toBe(0);
  });
});

describe('multinomial draws', () => {
  test('keep the total and the empty cells', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 20 }),
        fc.integer(),
        (counts, seed) => {
          const drawn = drawMultinomial(counts, seededRandom(seed), new Float64Array(counts.length));
          const total = (list: ArrayLike<number>) => Array.from(list).reduce((sum, count) => sum + count, 0);
          expect(total(drawn)).toBe(total(counts));
          counts.forEach((count, cell) => {
            expect(drawn[cell]).toBeGreaterThanOrEqual(0);
            if (count === 0) expect(drawn[cell]).toBe(0);
          });
        },
      ),
    );
  });
});

describe('count bootstrap interval', () => {
  const rate = (cells: Float64Array) => cells[0] / (cells[0] + cells[1]);

  test('of a proportion is close to Wilson', () => {
    const found = countBootstrapInterval([300, 700], rate, { draws: 4000, seed: 3 });
    const wilson = wilsonInterval(300, 1000);
    expect(found?.lower).toBeCloseTo(wilson?.lower ?? 0, 2);
    expect(found?.upper).toBeCloseTo(wilson?.upper ?? 0, 2);
  });

  test('the same seed gives the same interval, another seed another one', () => {
    const plan = { draws: 500, seed: 3 };
    expect(countBootstrapInterval([30, 70], rate, plan)).toEqual(countBootstrapInterval([30, 70], rate, plan));
    expect(countBootstrapInterval([30, 70], rate, { draws: 500, seed: 4 })).not.toEqual(
      countBootstrapInterval([30, 70], rate, plan),
    );
  });

  test('does not exist when most draws have no value', () => {
    expect(countBootstrapInterval([1, 50], () => null, { draws: 100, seed: 1 })).toBeNull();
    expect(countBootstrapInterval([], () => 1, { draws: 100, seed: 1 })).toBeNull();
  });
});
