import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { andersonDarlingP } from '../../../../server/metrics/drift/anderson-darling-p-value.ts';
import { andersonDarling, andersonDarlingStatistic } from '../../../../server/metrics/drift/anderson-darling.ts';
import {
  cramerVonMisesAsymptoticP,
  cramerVonMisesExactP,
  cramerVonMisesLimitTail,
} from '../../../../server/metrics/drift/cramer-von-mises-p-value.ts';
import { cramerVonMises, cramerVonMisesTest } from '../../../../server/metrics/drift/cramer-von-mises.ts';
import { welchDifferenceInterval, welchT, welchTest } from '../../../../server/metrics/drift/welch-t.ts';
import { momentsOf } from '../../../../server/metrics/support/moments/moments.ts';
import { seededRandom } from '../../../../server/metrics/support/numerics/seeded-random.ts';
import { sortedFinite } from '../../../../server/metrics/support/numerics/sorted-finite.ts';
import { sample } from './count-arbitraries.ts';

const both = (a: number[], b: number[]): [Float64Array, Float64Array] => [sortedFinite(a), sortedFinite(b)];
const uniformRows = (seed: number, n: number): number[] => {
  const uniform = seededRandom(seed);
  return Array.from({ length: n }, () => uniform());
};

/** Share of 400 pairs of samples without drift whose p is at most 0.05. */
function falseAlarmShare(pOf: (a: number[], b: number[]) => number): number {
  const alarms = Array.from({ length: 400 }, (_, i) => pOf(uniformRows(2 * i, 40), uniformRows(2 * i + 1, 60)) <= 0.05);
  return alarms.filter(Boolean).length / alarms.length;
}

const pOf = (result: ReturnType<typeof andersonDarling>): number =>
  result.kind === 'value' ? (result.pValue ?? 1) : 1;

describe('Anderson-Darling', () => {
  it('is symmetric, order-free and does not change under a rising map', () => {
    fc.assert(
      fc.property(sample(4), sample(4), (a, b) => {
        const statistic = andersonDarlingStatistic(...both(a, b))?.standardised ?? null;
        expect(andersonDarlingStatistic(...both(b, a))?.standardised ?? null).toEqual(
          statistic === null ? null : expect.closeTo(statistic, 8),
        );
        const map = (values: number[]): number[] => values.map((x) => Math.cbrt(x));
        fc.pre(new Set([...a, ...b]).size === new Set(map([...a, ...b])).size);
        const mapped = andersonDarlingStatistic(...both(map(a), map(b)))?.standardised ?? null;
        expect(mapped).toEqual(statistic === null ? null : expect.closeTo(statistic, 8));
      }),
    );
  });

  it('all values equal is no evidence, few rows are too few', () => {
    expect(andersonDarling(Array(9).fill(1), Array(9).fill(1))).toMatchObject({ reason: 'zero_variance' });
    expect(andersonDarling([1, 2], [1, 2])).toMatchObject({ reason: 'n_below_minimum', nMin: 8 });
    expect(andersonDarling([1, 2], []).kind).toBe('no_data');
  });

  it('p falls from 0.25 to 0.001 and stays there, near the levels of its critical values', () => {
    const ps = Array.from({ length: 200 }, (_, i) => andersonDarlingP(-2 + i * 0.1));
    expect(ps).toEqual(ps.toSorted((x, y) => y - x));
    expect([ps[0], ps[199]]).toEqual([0.25, 0.001]);
    expect(andersonDarlingP(1.961)).toBeCloseTo(0.05, 2);
  });

  it('alarms in about one window of twenty without drift', () => {
    const share = falseAlarmShare((a, b) => pOf(andersonDarling(a, b)));
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.09);
  });
});

describe('Cramér-von Mises', () => {
  it('is symmetric and sees a shift', () => {
    fc.assert(
      fc.property(sample(2), sample(2), (a, b) => {
        expect(cramerVonMisesTest(...both(a, b)).statistic).toBeCloseTo(cramerVonMisesTest(...both(b, a)).statistic, 9);
      }),
    );
    expect(
      pOf(
        cramerVonMises(
          uniformRows(1, 100),
          uniformRows(2, 100).map((x) => x + 1),
        ),
      ),
    ).toBe(1e-7);
  });

  it('exact p counts all ways to deal the rows (brute force)', () => {
    const [n, m] = [4, 5];
    const sums: number[] = [];
    for (let deal = 0; deal < 2 ** (n + m); deal += 1) {
      const a = Array.from({ length: n + m }, (_, i) => i).filter((i) => (deal >> i) & 1);
      if (a.length !== n) continue;
      const b = Array.from({ length: n + m }, (_, i) => i).filter((i) => !((deal >> i) & 1));
      const { statistic, pValue } = cramerVonMisesTest(...both(a, b));
      sums.push(Math.round(statistic * n * m * (n + m) ** 2));
      expect(pValue).toBe(cramerVonMisesExactP(sums[sums.length - 1], n, m));
    }
    for (const sum of sums) {
      const share = sums.filter((other) => other >= sum).length / sums.length;
      expect(cramerVonMisesExactP(sum, n, m)).toBeCloseTo(share, 12);
    }
  });

  it('exact and asymptotic p agree at twenty rows', () => {
    const { statistic, pValue } = cramerVonMisesTest(
      ...both(
        uniformRows(1, 20),
        uniformRows(9, 20).map((x) => x + 0.2),
      ),
    );
    expect(Math.abs(cramerVonMisesAsymptoticP(statistic, 20, 20) - pValue)).toBeLessThan(0.01);
  });

  it('the limit tail has the published 5 % and 1 % points and stays a probability', () => {
    // Anderson & Darling 1952, table 1.
    expect(cramerVonMisesLimitTail(0.46136)).toBeCloseTo(0.05, 5);
    expect(cramerVonMisesLimitTail(0.74346)).toBeCloseTo(0.01, 5);
    for (const z of [-1, 0, 0.003, 0.01, 1, 10, 1000, 1e6]) {
      expect(cramerVonMisesLimitTail(z)).toBeGreaterThanOrEqual(1e-7);
      expect(cramerVonMisesLimitTail(z)).toBeLessThanOrEqual(1);
    }
  });

  it('alarms in about one window of twenty without drift', () => {
    const share = falseAlarmShare((a, b) => pOf(cramerVonMises(a, b)));
    expect(share).toBeGreaterThan(0.02);
    expect(share).toBeLessThan(0.09);
  });
});

describe("Welch's t", () => {
  it('p and delta do not depend on unit and origin of the feature', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const test = welchTest(momentsOf(a), momentsOf(b));
        const map = (rows: number[]): number[] => rows.map((x) => 1e6 * x + 3e9);
        const mapped = welchTest(momentsOf(map(a)), momentsOf(map(b)));
        fc.pre(test !== null && mapped !== null);
        expect(mapped?.pValue).toBeCloseTo(test?.pValue ?? -1, 6);
        expect(mapped?.glassDelta).toBeCloseTo(test?.glassDelta ?? -1, 6);
      }),
    );
  });

  it('the interval excludes 0 exactly when p is below 0.05', () => {
    const values = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 3, maxLength: 30 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const test = welchTest(momentsOf(a), momentsOf(b));
        fc.pre(test !== null && Math.abs(test.pValue - 0.05) > 1e-6);
        if (test === null) return;
        const { lower, upper } = welchDifferenceInterval(test);
        expect(lower > 0 || upper < 0).toBe(test.pValue < 0.05);
      }),
    );
  });

  it('value and interval are in standard deviations of the reference', () => {
    const reference = momentsOf(Array.from({ length: 50 }, (_, i) => i % 10));
    const current = momentsOf(Array.from({ length: 40 }, (_, i) => (i % 10) + 3));
    const result = welchT(reference, current);
    if (result.kind !== 'value' || result.interval === null) throw new Error('a value was expected');
    const std = Math.sqrt(reference.m2 / 49);
    expect(result.value).toBeCloseTo(3 / std, 12);
    expect((result.interval.lower + result.interval.upper) / 2).toBeCloseTo(result.value, 12);
  });

  it('no rows, few rows, and a reference without spread are said apart', () => {
    const many = momentsOf(Array.from({ length: 50 }, (_, i) => i));
    const constant = momentsOf(Array.from({ length: 50 }, () => 4));
    expect(welchT(many, momentsOf([])).kind).toBe('no_data');
    expect(welchT(many, momentsOf([1, 2]))).toMatchObject({ reason: 'n_below_minimum', n: 2, nMin: 30 });
    expect(welchT(constant, many)).toMatchObject({ reason: 'zero_variance' });
    expect(welchT(many, constant).kind).toBe('value');
  });
});
