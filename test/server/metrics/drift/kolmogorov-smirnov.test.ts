import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  kolmogorovSmirnovBracket,
  kolmogorovSmirnovFromCounts,
} from '../../../../server/metrics/drift/kolmogorov-smirnov-from-counts.ts';
import {
  kolmogorovSmirnovAsymptoticP,
  kolmogorovSmirnovExactP,
} from '../../../../server/metrics/drift/kolmogorov-smirnov-p-value.ts';
import { kolmogorovSmirnov } from '../../../../server/metrics/drift/kolmogorov-smirnov.ts';
import { numericBin } from '../../../../server/metrics/support/binning/bin-index.ts';
import { numericLayout } from '../../../../server/metrics/support/binning/bin-layout.ts';
import { numericBinning } from '../../../../server/metrics/support/binning/numeric-binning.ts';
import { sample } from './count-arbitraries.ts';

/** D straight from the definition: the two cdfs at every pooled value. */
function bruteForceDistance(a: number[], b: number[]): number {
  const below = (values: number[], x: number): number => values.filter((y) => y <= x).length / values.length;
  return Math.max(...[...a, ...b].map((x) => Math.abs(below(a, x) - below(b, x))));
}

/** Share of all ways to deal n + m distinct places to two samples whose D is at least the observed one. */
function bruteForceP(distance: number, n: number, m: number): number {
  let extreme = 0;
  let total = 0;
  for (let deal = 0; deal < 2 ** (n + m); deal += 1) {
    const places = Array.from({ length: n + m }, (_, i) => i);
    const a = places.filter((i) => (deal >> i) & 1);
    if (a.length !== n) continue;
    total += 1;
    const b = places.filter((i) => !((deal >> i) & 1));
    if (bruteForceDistance(a, b) >= distance - 1e-12) extreme += 1;
  }
  return extreme / total;
}

const off = { rowsMin: 1 };
const valueOf = (result: ReturnType<typeof kolmogorovSmirnov>): number => {
  if (result.kind !== 'value') throw new Error(`no value: ${result.kind}`);
  return result.value;
};

describe('Kolmogorov-Smirnov on rows', () => {
  it('is the largest distance of the cdfs (brute force), 0 for equal samples, symmetric, order-free', () => {
    fc.assert(
      fc.property(sample(1), sample(1), (a, b) => {
        const distance = valueOf(kolmogorovSmirnov(a, b, off));
        expect(distance).toBeCloseTo(bruteForceDistance(a, b), 12);
        expect(valueOf(kolmogorovSmirnov(b, a, off))).toBeCloseTo(distance, 12);
        expect(valueOf(kolmogorovSmirnov(a.toReversed(), b, off))).toBe(distance);
        expect(valueOf(kolmogorovSmirnov(a, a, off))).toBe(0);
      }),
    );
  });

  it('sees finite values only and says how many there were', () => {
    const result = kolmogorovSmirnov([1, 2, Number.NaN], [1, Infinity, 2, 3], off);
    expect(result).toMatchObject({ n: 3, nReference: 2 });
    expect(kolmogorovSmirnov([1], [Number.NaN]).kind).toBe('no_data');
    expect(kolmogorovSmirnov([1, 2], [1])).toMatchObject({ reason: 'n_below_minimum', n: 1, nMin: 30 });
  });
});

describe('p of Kolmogorov-Smirnov', () => {
  it('is exact: all ways to deal the rows, counted (brute force)', () => {
    // D can only be a multiple of 1/lcm(n, m).
    for (const [n, m, lcm] of [
      [1, 1, 1],
      [2, 5, 10],
      [4, 4, 4],
      [4, 6, 12],
      [5, 6, 30],
    ]) {
      for (let h = 1; h <= lcm; h += 1) {
        expect(kolmogorovSmirnovExactP(h / lcm, n, m)).toBeCloseTo(bruteForceP(h / lcm, n, m), 12);
      }
    }
  });

  it('exact and asymptotic meet where both hold', () => {
    const exact = kolmogorovSmirnovExactP(0.05, 3000, 3000);
    expect(kolmogorovSmirnovAsymptoticP(0.05, 3000, 3000) / exact).toBeCloseTo(1, 1);
  });

  it('is 1 at 0, falls with D, and never 0', () => {
    const size = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(size, size, fc.double({ min: 0, max: 1, noNaN: true }), (n, m, distance) => {
        const p = kolmogorovSmirnovExactP(distance, n, m);
        expect(p).toBeGreaterThanOrEqual(1e-14);
        expect(p).toBeLessThanOrEqual(1);
        expect(kolmogorovSmirnovExactP(Math.min(1, distance * 1.2), n, m)).toBeLessThanOrEqual(p + 1e-12);
      }),
    );
    expect(kolmogorovSmirnovExactP(0, 5, 7)).toBe(1);
    expect(kolmogorovSmirnovExactP(1, 300, 400)).toBe(1e-14);
  });
});

describe('Kolmogorov-Smirnov from counts', () => {
  const tally = (edges: number[], values: number[]): Float64Array => {
    const counts = new Float64Array(numericLayout({ edges }).bins);
    for (const value of values) counts[numericBin(edges, value)] += 1;
    return counts;
  };

  it('the bracket holds the D of the rows, whatever the bins', () => {
    fc.assert(
      fc.property(sample(1), sample(1), fc.integer({ min: 2, max: 20 }), (a, b, bins) => {
        const { edges } = numericBinning(a, { bins });
        const { lower, upper } = kolmogorovSmirnovBracket(tally(edges, a), tally(edges, b), edges.length - 1);
        const distance = bruteForceDistance(a, b);
        expect(lower).toBeLessThanOrEqual(distance + 1e-12);
        expect(upper).toBeGreaterThanOrEqual(distance - 1e-12);
        expect(lower).toBeLessThanOrEqual(upper);
      }),
    );
  });

  it('missing and non-finite rows do not take part', () => {
    const counts = Float64Array.of(50, 50, 0, 0, 400, 70);
    const result = kolmogorovSmirnovFromCounts(counts, Float64Array.of(50, 50, 0, 0, 0, 0), 2);
    expect(result).toMatchObject({ kind: 'value', value: 0, n: 100, nReference: 100 });
    expect(kolmogorovSmirnovFromCounts(counts, Float64Array.of(0, 0, 0, 0, 9, 9), 2).kind).toBe('no_data');
  });

  it('says that it is binned and how far the truth may be', () => {
    const result = kolmogorovSmirnovFromCounts([50, 50, 0, 0], [30, 70, 0, 0], 2, { exactCellsMax: 0, binning: 'b' });
    expect(result).toMatchObject({
      definition: 'kolmogorov_smirnov/1 profile=plumbline input=binned binning=b p=asymptotic',
    });
    expect(result.kind === 'value' && result.value).toBeCloseTo(0.2, 12);
    expect(result.kind === 'value' && result.errorBound).toBeCloseTo(0.5, 12);
  });

  it('refuses a vector that is too short for its bins', () => {
    expect(() => kolmogorovSmirnovFromCounts([1, 2], [1, 2], 2)).toThrow(RangeError);
  });
});
