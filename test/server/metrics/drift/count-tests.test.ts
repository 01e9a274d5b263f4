import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chiSquareContingency, chiSquareTest } from '../../../../server/metrics/drift/chi-square-contingency.ts';
import { cramersV, cramersVOf } from '../../../../server/metrics/drift/cramers-v.ts';
import { driftedFeatureShare } from '../../../../server/metrics/drift/drifted-feature-share.ts';
import { largestShift, lInfinityDistance } from '../../../../server/metrics/drift/l-infinity-distance.ts';
import { poolSmallColumns } from '../../../../server/metrics/drift/pool-small-columns.ts';
import { totalVariationDistance } from '../../../../server/metrics/drift/total-variation-distance.ts';
import {
  twoProportionZ,
  twoProportionZOf,
  twoSidedNormalP,
} from '../../../../server/metrics/drift/two-proportion-z.ts';
import { countPairs } from './count-arbitraries.ts';

/** Σ (observed − expected)²/expected over all 2K cells, straight from the definition. */
function bruteForceChiSquare(r: number[], c: number[]): number {
  const n = [...r, ...c].reduce((sum, x) => sum + x, 0);
  let statistic = 0;
  for (const row of [r, c]) {
    const rowTotal = row.reduce((sum, x) => sum + x, 0);
    row.forEach((observed, i) => {
      const expected = (rowTotal * (r[i] + c[i])) / n;
      if (expected > 0) statistic += (observed - expected) ** 2 / expected;
    });
  }
  return statistic;
}

describe('chi-square test of homogeneity', () => {
  it('is the sum over all cells of the table (brute force)', () => {
    fc.assert(
      fc.property(countPairs(), ([r, c]) => {
        const expected = bruteForceChiSquare(r, c);
        expect(Math.abs(chiSquareTest(r, c).statistic - expected)).toBeLessThan(1e-9 * (1 + expected));
      }),
    );
  });

  it('is symmetric and grows in proportion to the rows', () => {
    fc.assert(
      fc.property(countPairs(), ([r, c]) => {
        const { statistic } = chiSquareTest(r, c);
        expect(chiSquareTest(c, r).statistic).toBeCloseTo(statistic, 8);
        const times = chiSquareTest(
          r.map((x) => x * 1e6),
          c.map((x) => x * 1e6),
        ).statistic;
        expect(Math.abs(times / 1e6 - statistic)).toBeLessThan(1e-9 * (1 + statistic));
      }),
    );
  });

  it('for two columns it is the square of the two-proportion z, with the same p', () => {
    const part = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(part, part, part, part, (a, b, c, d) => {
        const z = twoProportionZOf({ positive: a, n: a + b }, { positive: c, n: c + d });
        const test = chiSquareTest([a, b], [c, d]);
        expect(Math.abs(z * z - test.statistic)).toBeLessThan(1e-9 * (1 + test.statistic));
        expect(Math.abs(twoSidedNormalP(z) - test.pValue)).toBeLessThan(1e-9);
      }),
    );
  });

  it('no row is no data, and one or two rows are too few', () => {
    expect(chiSquareContingency([10, 10], [0, 0]).kind).toBe('no_data');
    expect(chiSquareContingency([0, 0], [10, 10])).toMatchObject({ reason: 'n_below_minimum' });
    expect(chiSquareContingency([10, 10], [1, 0])).toMatchObject({ reason: 'n_below_minimum' });
  });

  it('rare categories are pooled, which the definition says, and one column holds no difference', () => {
    const result = chiSquareContingency([500, 400, 5, 4], [450, 440, 5, 3]);
    expect(result.kind === 'value' && result.definition).toContain('pooled=2');
    expect(chiSquareContingency([0, 500], [0, 300])).toMatchObject({ kind: 'value', value: 0, pValue: 1 });
  });
});

describe('pooling of small columns', () => {
  it('keeps all rows on their side and leaves a table that holds the rule', () => {
    fc.assert(
      fc.property(countPairs({ largest: 60 }), ([r, c]) => {
        const table = poolSmallColumns(r, c);
        fc.pre(table !== null);
        const total = (counts: readonly number[]): number => counts.reduce((sum, x) => sum + x, 0);
        expect(total(table?.reference ?? [])).toBe(total(r));
        expect(total(table?.current ?? [])).toBe(total(c));
        const n = total(r) + total(c);
        const expected = (table?.reference ?? []).flatMap((x, i) => {
          const column = x + (table?.current[i] ?? 0);
          return [(column * total(r)) / n, (column * total(c)) / n];
        });
        expect(Math.min(...expected)).toBeGreaterThanOrEqual(1 - 1e-9);
        expect(expected.filter((x) => x >= 5 - 1e-9).length / expected.length).toBeGreaterThanOrEqual(0.8);
      }),
    );
  });

  it('leaves a table alone that needs no pooling', () => {
    expect(poolSmallColumns([50, 60, 70], [50, 60, 70])?.pooled).toBe(0);
  });
});

describe("Cramér's V", () => {
  it('lies in [0, 1], is 1 for two disjoint columns, and free of n', () => {
    fc.assert(
      fc.property(countPairs({ largest: 1e6 }), ([r, c]) => {
        const value = cramersVOf(r, c);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
    expect(cramersVOf([1000, 0], [0, 1000])).toBeCloseTo(1, 12);
    expect(cramersVOf([300, 700], [500, 500])).toBeCloseTo(cramersVOf([3e8, 7e8], [5e8, 5e8]), 2);
    expect(cramersVOf([1], [0])).toBe(0);
  });

  it('carries the p of the chi-square test', () => {
    const [v, test] = [
      cramersV([500, 300, 200], [300, 300, 400]),
      chiSquareContingency([500, 300, 200], [300, 300, 400]),
    ];
    expect(v.kind === 'value' && test.kind === 'value' && v.pValue === test.pValue).toBe(true);
  });
});

describe('distances that explain', () => {
  it('total variation is the share of rows that would have to move', () => {
    expect(totalVariationDistance([500, 300, 200], [300, 300, 400])).toMatchObject({ value: 0.2, n: 1000 });
    expect(totalVariationDistance([500], [0]).kind).toBe('no_data');
  });

  it('L-infinity names the bin that moved most and in which direction', () => {
    expect(largestShift([200, 200, 200], [0, 500, 0])).toEqual({ bin: 1, difference: 1 - 1 / 3 });
    expect(largestShift([500, 500], [900, 100])).toMatchObject({ bin: 0, difference: 0.4 });
    expect(largestShift([0], [0])).toEqual({ bin: -1, difference: 0 });
  });

  it('L-infinity corrects its p for having picked the largest bin', () => {
    const result = lInfinityDistance([500, 300, 200], [450, 320, 230]);
    const z = twoProportionZOf({ positive: 500, n: 1000 }, { positive: 450, n: 1000 });
    expect(result.kind === 'value' && result.pValue).toBeCloseTo(3 * twoSidedNormalP(z), 12);
    expect(lInfinityDistance([500, 500], [40, 40])).toMatchObject({ reason: 'n_below_minimum', n: 80 });
    expect(lInfinityDistance([500, 500], [501, 499])).toMatchObject({ pValue: 1 });
  });

  it('two proportions: all alike have no variance, few expected rows are too few', () => {
    expect(twoProportionZ({ positive: 0, n: 500 }, { positive: 0, n: 300 })).toMatchObject({ reason: 'zero_variance' });
    expect(twoProportionZ({ positive: 5, n: 500 }, { positive: 1, n: 100 })).toMatchObject({
      reason: 'n_below_minimum',
    });
    expect(twoProportionZ({ positive: 5, n: 500 }, { positive: 0, n: 0 }).kind).toBe('no_data');
    expect(() => twoProportionZ({ positive: 6, n: 5 }, { positive: 0, n: 1 })).toThrow(RangeError);
  });
});

describe('share of drifted features', () => {
  it('features without evidence count on neither side', () => {
    expect(driftedFeatureShare(['ok', 'breached', 'insufficient_evidence', 'ok', 'no_data'])).toMatchObject({
      value: 1 / 3,
      n: 3,
    });
    expect(driftedFeatureShare(['insufficient_evidence'])).toMatchObject({ reason: 'n_below_minimum' });
    expect(driftedFeatureShare([]).kind).toBe('no_data');
  });
});
