import { describe, expect, test } from 'vitest';
import { burnRate, burnRateFactor, burnRules, burnVerdict } from '../../../../server/metrics/service/burn-rate.ts';
import { errorRate } from '../../../../server/metrics/service/error-rate.ts';
import { latencyQuantile } from '../../../../server/metrics/service/latency-quantile.ts';
import { throughput } from '../../../../server/metrics/service/throughput.ts';
import { seededRandom } from '../../../../server/metrics/support/numerics/seeded-random.ts';
import { valueOf } from '../golden/evidence-off.ts';

describe('throughput', () => {
  test('no prediction is a throughput of 0, not missing data', () => {
    expect(throughput(0, 60)).toMatchObject({ kind: 'value', value: 0 });
  });

  test('a window without length is refused', () => {
    expect(() => throughput(5, 0)).toThrow(/longer than 0 seconds/);
  });
});

describe('latency quantile', () => {
  test('needs 20 rows beyond the quantile: 40, 400 and 2,000', () => {
    const rows = (n: number) => Array.from({ length: n }, (_, i) => i);
    expect(latencyQuantile(rows(39), 0.5)).toMatchObject({ nMin: 40 });
    expect(latencyQuantile(rows(40), 0.5).kind).toBe('value');
    expect(latencyQuantile(rows(399), 0.95)).toMatchObject({ nMin: 400 });
    expect(latencyQuantile(rows(1999), 0.99)).toMatchObject({ nMin: 2000 });
    expect(latencyQuantile([], 0.5).kind).toBe('no_data');
    expect(() => latencyQuantile([1], 1)).toThrow(/for example 0.95/);
  });

  test('the interval covers the true quantile about 95 times in 100', () => {
    const uniform = seededRandom(17);
    let covered = 0;
    for (let repeat = 0; repeat < 300; repeat += 1) {
      const result = latencyQuantile(Array.from({ length: 400 }, uniform), 0.95);
      if (result.kind !== 'value' || result.interval === null) continue;
      if (result.interval.lower <= 0.95 && result.interval.upper >= 0.95) covered += 1;
    }
    expect(covered / 300).toBeGreaterThan(0.91);
  });
});

describe('error budget', () => {
  test('an error rate at the objective burns at 1', () => {
    expect(valueOf(burnRate({ failed: 1, all: 1000 }, 0.999))).toBeCloseTo(1, 9);
    expect(burnRate({ failed: 0, all: 0 }, 0.999).kind).toBe('no_data');
    expect(errorRate(0, 0).kind).toBe('no_data');
    expect(() => burnRate({ failed: 0, all: 1 }, 1)).toThrow(/for example 0.999/);
  });

  test('the shipped rules have the factors of the SRE workbook', () => {
    const factors = burnRules.map((rule) => burnRateFactor(rule.budgetShare, rule.longMinutes));
    expect(factors.map((factor) => Number(factor.toFixed(9)))).toEqual([14.4, 6, 3, 1]);
  });

  test('both windows must burn: a burn that has ended no longer pages', () => {
    const burning = { failed: 200, all: 10_000 };
    const calm = { failed: 0, all: 1000 };
    const none = { failed: 0, all: 0 };
    expect(burnVerdict(burnRules[0], { long: burning, short: burning }, 0.999).isBreached).toBe(true);
    expect(burnVerdict(burnRules[0], { long: burning, short: calm }, 0.999).isBreached).toBe(false);
    expect(burnVerdict(burnRules[0], { long: burning, short: none }, 0.999)).toMatchObject({
      short: null,
      isBreached: false,
    });
  });
});
