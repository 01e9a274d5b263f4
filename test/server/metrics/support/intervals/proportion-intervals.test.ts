import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clopperPearsonInterval } from '../../../../../server/metrics/support/intervals/clopper-pearson-interval.ts';
import { differenceOfMetrics } from '../../../../../server/metrics/support/intervals/difference-of-metrics.ts';
import { f1Interval } from '../../../../../server/metrics/support/intervals/f1-interval.ts';
import { katzLogInterval } from '../../../../../server/metrics/support/intervals/katz-log-interval.ts';
import { newcombeInterval } from '../../../../../server/metrics/support/intervals/newcombe-interval.ts';
import { twoSidedZ } from '../../../../../server/metrics/support/intervals/two-sided-z.ts';
import { wilsonInterval } from '../../../../../server/metrics/support/intervals/wilson-interval.ts';
import { insufficientEvidence, metricValue } from '../../../../../server/domain/metric-result.ts';

const proportion = fc
  .integer({ min: 1, max: 5000 })
  .chain((n) => fc.integer({ min: 0, max: n }).map((successes) => ({ successes, n })));
const inner = proportion.filter(({ successes, n }) => successes > 0 && successes < n);

describe('the normal multiplier', () => {
  test('is 1.959963984540054 at level 0.95', () => {
    expect(twoSidedZ(0.95)).toBeCloseTo(1.959963984540054, 14);
  });

  test.each([0, 1, -1, Number.NaN])('refuses the level %s', (level) => {
    expect(() => twoSidedZ(level)).toThrow(/strictly between 0 and 1/);
  });
});

describe.each([
  ['wilson', wilsonInterval],
  ['clopper_pearson', clopperPearsonInterval],
])('%s interval', (method, interval) => {
  test('stays in [0, 1] and holds the observed rate', () => {
    fc.assert(
      fc.property(proportion, ({ successes, n }) => {
        const found = interval(successes, n);
        expect(found?.method).toBe(method);
        if (!found) return;
        expect(found.lower).toBeGreaterThanOrEqual(0);
        expect(found.upper).toBeLessThanOrEqual(1);
        expect(found.lower).toBeLessThanOrEqual(successes / n);
        expect(found.upper).toBeGreaterThanOrEqual(successes / n);
        expect(found.upper).toBeGreaterThan(found.lower);
      }),
    );
  });

  test('mirrors when successes and failures change places', () => {
    fc.assert(
      fc.property(proportion, ({ successes, n }) => {
        const one = interval(successes, n);
        const other = interval(n - successes, n);
        expect(one?.lower).toBeCloseTo(1 - (other?.upper ?? Number.NaN), 9);
      }),
    );
  });

  test('ends exactly at 0 without success and at 1 with successes only', () => {
    expect(interval(0, 30)?.lower).toBe(0);
    expect(interval(30, 30)?.upper).toBe(1);
  });

  test('is wider at a higher level', () => {
    const usual = interval(7, 20, 0.95);
    const sure = interval(7, 20, 0.99);
    expect(sure?.lower).toBeLessThan(usual?.lower ?? 0);
    expect(sure?.upper).toBeGreaterThan(usual?.upper ?? 1);
  });

  test('does not exist without a row', () => {
    expect(interval(0, 0)).toBeNull();
  });
});

test('the Wilson ends are the rates that a score test does not quite reject', () => {
  fc.assert(
    fc.property(inner, ({ successes, n }) => {
      const found = wilsonInterval(successes, n);
      for (const end of [found?.lower, found?.upper]) {
        const rate = end ?? Number.NaN;
        const score = Math.abs(successes / n - rate) / Math.sqrt((rate * (1 - rate)) / n);
        expect(score).toBeCloseTo(1.959963984540054, 6);
      }
    }),
  );
});

describe('Newcombe interval of a difference', () => {
  test('changes sign when the sides change places', () => {
    fc.assert(
      fc.property(proportion, proportion, (a, b) => {
        const forward = newcombeInterval(a, b);
        const backward = newcombeInterval(b, a);
        expect(forward?.lower).toBeCloseTo(-(backward?.upper ?? Number.NaN), 12);
      }),
    );
  });

  test('stays in [-1, 1] and holds the observed difference', () => {
    fc.assert(
      fc.property(proportion, proportion, (a, b) => {
        const found = newcombeInterval(a, b);
        const difference = a.successes / a.n - b.successes / b.n;
        expect(found?.lower).toBeGreaterThanOrEqual(-1 - 1e-12);
        expect(found?.upper).toBeLessThanOrEqual(1 + 1e-12);
        expect(found?.lower).toBeLessThanOrEqual(difference + 1e-12);
        expect(found?.upper).toBeGreaterThanOrEqual(difference - 1e-12);
      }),
    );
  });

  test('does not exist when a side has no row', () => {
    expect(newcombeInterval({ successes: 0, n: 0 }, { successes: 1, n: 2 })).toBeNull();
  });
});

describe('Katz interval of a ratio', () => {
  test('inverts when the sides change places', () => {
    fc.assert(
      fc.property(inner, inner, (a, b) => {
        const forward = katzLogInterval(a, b);
        const backward = katzLogInterval(b, a);
        const product = (forward?.lower ?? Number.NaN) * (backward?.upper ?? Number.NaN);
        expect(product).toBeCloseTo(1, 9);
      }),
    );
  });

  test('is finite with a zero count and null where both rates are certain', () => {
    const found = katzLogInterval({ successes: 0, n: 40 }, { successes: 0, n: 50 });
    expect(found?.lower).toBeGreaterThan(0);
    expect(found?.upper).toBeLessThan(Number.POSITIVE_INFINITY);
    expect(katzLogInterval({ successes: 40, n: 40 }, { successes: 50, n: 50 })).toBeNull();
    expect(katzLogInterval({ successes: 0, n: 0 }, { successes: 5, n: 50 })).toBeNull();
  });
});

test('the F1 interval holds the F1 and does not exist when all three counts are 0', () => {
  fc.assert(
    fc.property(proportion, ({ successes, n }) => {
      const f1 = (2 * successes) / (n + successes);
      const found = f1Interval(successes, n - successes);
      expect(found?.lower).toBeLessThanOrEqual(f1);
      expect(found?.upper).toBeGreaterThanOrEqual(f1);
    }),
  );
  expect(f1Interval(0, 0)).toBeNull();
});

describe('difference of a metric between two windows', () => {
  const rate = (successes: number, n: number) =>
    metricValue(successes / n, n, 'recall/1', { interval: wilsonInterval(successes, n) });

  test('is Newcombe’s for two proportions', () => {
    const found = differenceOfMetrics(rate(56, 70), rate(48, 80));
    const newcombe = newcombeInterval({ successes: 56, n: 70 }, { successes: 48, n: 80 });
    expect(found?.value).toBeCloseTo(0.2, 12);
    expect(found?.interval?.lower).toBeCloseTo(newcombe?.lower ?? Number.NaN, 12);
    expect(found?.interval?.upper).toBeCloseTo(newcombe?.upper ?? Number.NaN, 12);
  });

  test('has a value but no interval when a side has none, and nothing when a side has no value', () => {
    expect(differenceOfMetrics(rate(56, 70), metricValue(0.5, 10, 'recall/1'))?.interval).toBeNull();
    expect(differenceOfMetrics(rate(56, 70), insufficientEvidence('zero_denominator', 0))).toBeNull();
  });
});
