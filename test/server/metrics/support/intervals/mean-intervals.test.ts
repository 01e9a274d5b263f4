import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { divergenceInterval } from '../../../../../server/metrics/support/intervals/divergence-interval.ts';
import { logistic, logitInterval } from '../../../../../server/metrics/support/intervals/logit-interval.ts';
import { meanTInterval } from '../../../../../server/metrics/support/intervals/mean-t-interval.ts';
import { orderStatisticLimits } from '../../../../../server/metrics/support/intervals/order-statistic-limits.ts';
import { percentileInterval } from '../../../../../server/metrics/support/intervals/percentile-interval.ts';
import { permutationPValue } from '../../../../../server/metrics/support/intervals/permutation-p-value.ts';
import { rootInterval } from '../../../../../server/metrics/support/intervals/root-interval.ts';
import { momentsOfSums, momentsOfValues } from '../../../../../server/metrics/support/intervals/sample-moments.ts';
import { welchInterval } from '../../../../../server/metrics/support/intervals/welch-interval.ts';

const values = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 2, maxLength: 60 });
const sumOf = (list: number[]) => list.reduce((sum, x) => sum + x, 0);

describe('moments', () => {
  test('from sums are those from values', () => {
    fc.assert(
      fc.property(values, (list) => {
        const fromValues = momentsOfValues(list);
        const fromSums = momentsOfSums(list.length, sumOf(list), sumOf(list.map((x) => x * x)));
        expect(fromSums.mean).toBeCloseTo(fromValues.mean, 9);
        expect(fromSums.variance).toBeCloseTo(fromValues.variance, 8);
      }),
    );
  });

  test('a constant has variance 0 however it was added up', () => {
    const list = Array.from({ length: 1000 }, () => 0.1);
    expect(momentsOfSums(1000, sumOf(list), sumOf(list.map((x) => x * x))).variance).toBeLessThan(1e-15);
    expect(momentsOfSums(4, 4 * 0.1, 4 * 0.1 ** 2).variance).toBe(0);
  });

  test('no row and one row have no variance', () => {
    expect(momentsOfSums(0, 0, 0)).toEqual({ n: 0, mean: 0, variance: 0 });
    expect(momentsOfValues([])).toEqual({ n: 0, mean: 0, variance: 0 });
    expect(momentsOfValues([3])).toEqual({ n: 1, mean: 3, variance: 0 });
  });

  test('a large mean costs no digits in two passes', () => {
    expect(momentsOfValues([1e9 + 1, 1e9 + 2, 1e9 + 3]).variance).toBe(1);
  });
});

describe('t interval of a mean', () => {
  test('is centred on the mean and shrinks with √n', () => {
    const few = meanTInterval({ n: 100, mean: 2, variance: 4 });
    const many = meanTInterval({ n: 10_000, mean: 2, variance: 4 });
    expect(((few?.lower ?? 0) + (few?.upper ?? 0)) / 2).toBeCloseTo(2, 12);
    const ratio = ((few?.upper ?? 0) - 2) / ((many?.upper ?? 0) - 2);
    expect(ratio).toBeGreaterThan(10);
    expect(ratio).toBeLessThan(10.3);
  });

  test('does not exist for one row or without spread: never ±0', () => {
    expect(meanTInterval({ n: 1, mean: 2, variance: 0 })).toBeNull();
    expect(meanTInterval({ n: 50, mean: 2, variance: 0 })).toBeNull();
  });

  test('of a difference agrees with the pooled t when both samples are alike', () => {
    const one = { n: 40, mean: 3, variance: 2 };
    const two = { n: 40, mean: 1, variance: 2 };
    const found = welchInterval(one, two);
    // t(0.975, 78) = 1.990847 (scipy.stats.t.ppf)
    expect(found?.upper).toBeCloseTo(2 + 1.9908470688116 * Math.sqrt(4 / 40), 8);
    expect(welchInterval(one, { n: 1, mean: 1, variance: 0 })).toBeNull();
  });
});

test('a root interval cuts the lower end at 0 and keeps null', () => {
  expect(rootInterval({ lower: -1, upper: 9, level: 0.95, method: 'mean_t' })).toEqual({
    lower: 0,
    upper: 3,
    level: 0.95,
    method: 'mean_t_root',
  });
  expect(rootInterval(null)).toBeNull();
});

test('a logit interval stays inside (0, 1) and does not exist at the ends', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0.001, max: 0.999, noNaN: true }),
      fc.double({ min: 0.01, max: 4, noNaN: true }),
      (value, error) => {
        const found = logitInterval(value, error, 'test');
        expect(found?.lower).toBeGreaterThan(0);
        expect(found?.upper).toBeLessThanOrEqual(1);
        expect(found?.lower).toBeLessThan(value);
        expect(found?.upper).toBeGreaterThan(value);
      },
    ),
  );
  expect(logitInterval(0, 1, 'test')).toBeNull();
  expect(logitInterval(1, 1, 'test')).toBeNull();
  expect(logitInterval(0.5, 0, 'test')).toBeNull();
  expect(logitInterval(0.5, Number.NaN, 'test')).toBeNull();
  expect(logistic(-800)).toBe(0);
  expect(logistic(800)).toBe(1);
});

describe('replicates', () => {
  test('the percentile interval lies within the replicates, whatever their order', () => {
    fc.assert(
      fc.property(values, (list) => {
        const found = percentileInterval(list, 'bootstrap');
        const reversed = percentileInterval([...list].reverse(), 'bootstrap');
        expect(found).toEqual(reversed);
        if (!found) return;
        expect(found.lower).toBeGreaterThanOrEqual(Math.min(...list));
        expect(found.upper).toBeLessThanOrEqual(Math.max(...list));
      }),
    );
  });

  test('equal replicates and none give no interval', () => {
    expect(percentileInterval([2, 2, 2], 'bootstrap')).toBeNull();
    expect(percentileInterval([], 'bootstrap')).toBeNull();
  });

  test('a divergence interval is never negative', () => {
    const found = divergenceInterval([0.01, 0.02, 0.03], 0.05);
    expect(found).toMatchObject({ lower: 0, upper: 0, method: 'divergence' });
  });

  test('a permutation p is never 0 and counts ties as extreme', () => {
    expect(permutationPValue(5, [1, 2, 3])).toBe(0.25);
    expect(permutationPValue(0.1 + 0.2, [0.3, 0.1])).toBeCloseTo(2 / 3, 12);
    expect(permutationPValue(1, [])).toBe(1);
  });
});

describe('order-statistic limits', () => {
  test('enclose the sample quantile and have no upper end where the rank leaves the sample', () => {
    const sorted = Float64Array.from({ length: 100 }, (_, i) => i + 1);
    const median = orderStatisticLimits(sorted, 0.5);
    expect(median.lower).toBe(40);
    expect(median.upper).toBe(61);
    expect(orderStatisticLimits(sorted, 0.99).upper).toBeNull();
    expect(orderStatisticLimits([], 0.5)).toMatchObject({ lower: null, upper: null });
  });
});
