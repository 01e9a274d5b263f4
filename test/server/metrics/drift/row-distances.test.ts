import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { energyDistance, energyDistanceOf } from '../../../../server/metrics/drift/energy-distance.ts';
import {
  wassersteinDistanceFromCounts,
  wassersteinDistanceFromCountsOf,
  wassersteinDistanceNormedFromCounts,
} from '../../../../server/metrics/drift/wasserstein-distance-from-counts.ts';
import {
  wassersteinDistance,
  wassersteinDistanceNormed,
  wassersteinDistanceOf,
} from '../../../../server/metrics/drift/wasserstein-distance.ts';
import { numericBin } from '../../../../server/metrics/support/binning/bin-index.ts';
import { numericLayout } from '../../../../server/metrics/support/binning/bin-layout.ts';
import { numericBinning } from '../../../../server/metrics/support/binning/numeric-binning.ts';
import { sortedFinite } from '../../../../server/metrics/support/numerics/sorted-finite.ts';
import { sample } from './count-arbitraries.ts';

const both = (a: number[], b: number[]): [Float64Array, Float64Array] => [sortedFinite(a), sortedFinite(b)];
const close = (actual: number, expected: number, tolerance = 1e-9): void => {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(tolerance * (1 + Math.abs(expected)));
};

function meanDistance(a: number[], b: number[]): number {
  let sum = 0;
  for (const x of a) for (const y of b) sum += Math.abs(x - y);
  return sum / a.length / b.length;
}

describe('Wasserstein distance on rows', () => {
  it('for equal sizes is the mean distance of the rows in order (brute force)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: -99, max: 99 }), fc.integer({ min: -99, max: 99 })), { minLength: 1 }),
        (pairs) => {
          const a = pairs.map(([x]) => x);
          const b = pairs.map(([, y]) => y);
          const [sortedA, sortedB] = both(a, b);
          const expected = sortedA.reduce((sum, x, i) => sum + Math.abs(x - sortedB[i]), 0) / a.length;
          close(wassersteinDistanceOf(sortedA, sortedB), expected);
        },
      ),
    );
  });

  it('is a distance: 0 for equal samples, symmetric, and obeys the triangle inequality', () => {
    fc.assert(
      fc.property(sample(1), sample(1), sample(1), (a, b, c) => {
        const distance = (x: number[], y: number[]): number => wassersteinDistanceOf(...both(x, y));
        expect(distance(a, a)).toBe(0);
        close(distance(a, b), distance(b, a));
        expect(distance(a, c)).toBeLessThanOrEqual((distance(a, b) + distance(b, c)) * (1 + 1e-9) + 1e-6);
      }),
    );
  });

  it('a shift of all rows is the distance, in the unit of the feature', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -99, max: 99 }), { minLength: 1 }),
        fc.integer({ min: 1, max: 50 }),
        (a, shift) => {
          close(
            wassersteinDistanceOf(
              ...both(
                a,
                a.map((x) => x + shift),
              ),
            ),
            shift,
          );
        },
      ),
    );
  });

  it('the normed form does not depend on the unit, and has no value where the reference does not vary', () => {
    const reference = Array.from({ length: 120 }, (_, i) => (i * 37) % 101);
    const current = Array.from({ length: 110 }, (_, i) => (i * 41) % 130);
    const value = (scale: number): number => {
      const times = (values: number[]): number[] => values.map((x) => x * scale);
      const result = wassersteinDistanceNormed(times(reference), times(current));
      return result.kind === 'value' ? result.value : Number.NaN;
    };
    close(value(1e6), value(1));
    expect(
      wassersteinDistanceNormed(
        reference.map(() => 3),
        current,
      ),
    ).toMatchObject({ reason: 'zero_variance' });
  });

  it('a permutation p is small for shifted rows, large for equal ones, and repeats with its seed', () => {
    const reference = Array.from({ length: 120 }, (_, i) => i);
    const options = { permutation: { seed: 3, draws: 199 } };
    const shifted = wassersteinDistance(
      reference,
      reference.map((x) => x + 40),
      options,
    );
    expect(shifted).toMatchObject({ pValue: 1 / 200 });
    expect(shifted).toEqual(
      wassersteinDistance(
        reference,
        reference.map((x) => x + 40),
        options,
      ),
    );
    const same = wassersteinDistance(
      reference,
      reference.map((x) => x + 0.5),
      options,
    );
    expect(same.kind === 'value' && same.pValue).toBeGreaterThan(0.9);
  });

  it('a bootstrap interval holds a clear shift, and stands in the definition', () => {
    const reference = Array.from({ length: 200 }, (_, i) => i);
    const result = wassersteinDistance(
      reference,
      reference.map((x) => x + 100),
      { interval: { seed: 5, draws: 300 } },
    );
    if (result.kind !== 'value' || result.interval === null) throw new Error('an interval was asked for');
    expect(result.interval.lower).toBeLessThan(100);
    expect(result.interval.upper).toBeGreaterThan(100);
    expect(result.definition).toContain('interval=bootstrap draws=300 seed=5 generator=sfc32');
  });

  it('no finite row is no data, few are too few, and a span beyond doubles is said', () => {
    expect(wassersteinDistance([1], [Number.NaN]).kind).toBe('no_data');
    expect(wassersteinDistance([1, 2], [1])).toMatchObject({ reason: 'n_below_minimum', nMin: 100 });
    expect(() => wassersteinDistance([-1.7e308], [1.7e308], { rowsMin: 1 })).toThrow(/rescale/);
  });
});

describe('Wasserstein distance from counts', () => {
  const tally = (edges: number[], values: number[]): Float64Array => {
    const counts = new Float64Array(numericLayout({ edges }).bins);
    for (const value of values) counts[numericBin(edges, value)] += 1;
    return counts;
  };

  it('is within its error bound of the distance of the rows', () => {
    fc.assert(
      fc.property(sample(1), sample(1), fc.integer({ min: 2, max: 20 }), (a, b, bins) => {
        const { edges } = numericBinning(a, { bins });
        const min = Math.min(...a, ...b);
        const max = Math.max(...a, ...b);
        const samples = { edges, reference: tally(edges, a), current: tally(edges, b), min, max };
        const { value, errorBound } = wassersteinDistanceFromCountsOf(samples);
        const exact = wassersteinDistanceOf(...both(a, b));
        expect(Math.abs(value - exact)).toBeLessThanOrEqual(errorBound + 1e-9 * (1 + exact));
      }),
    );
  });

  it('comes close on the twenty bins of a smooth feature', () => {
    const reference = Array.from({ length: 5000 }, (_, i) => Math.sqrt(i));
    const current = Array.from({ length: 4000 }, (_, i) => Math.sqrt(i * 1.3) + 1);
    const { edges, std } = numericBinning(reference);
    const samples = {
      edges,
      reference: tally(edges, reference),
      current: tally(edges, current),
      min: 0,
      max: Math.max(...current),
    };
    const exact = wassersteinDistanceOf(...both(reference, current));
    expect(wassersteinDistanceFromCountsOf(samples).value / exact).toBeCloseTo(1, 2);
    const normed = wassersteinDistanceNormedFromCounts({ ...samples, std });
    expect(normed.kind === 'value' && normed.value * std).toBeCloseTo(
      wassersteinDistanceFromCountsOf(samples).value,
      9,
    );
  });

  it('has no value without rows, below 100, or without spread', () => {
    const samples = { edges: [0, 1], reference: [200, 0, 0], current: [0, 0, 0], min: 0, max: 1 };
    expect(wassersteinDistanceFromCounts(samples).kind).toBe('no_data');
    expect(wassersteinDistanceFromCounts({ ...samples, current: [50, 0, 0] })).toMatchObject({ n: 50, nMin: 100 });
    expect(wassersteinDistanceNormedFromCounts({ ...samples, current: [200, 0, 0], std: 0 })).toMatchObject({
      reason: 'zero_variance',
    });
  });
});

describe('energy distance', () => {
  it('is √(2E|X−Y| − E|X−X′| − E|Y−Y′|) (brute force), and 0 for equal samples', () => {
    const values = fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(values, values, (a, b) => {
        const squared = 2 * meanDistance(a, b) - meanDistance(a, a) - meanDistance(b, b);
        close(energyDistanceOf(...both(a, b)) ** 2, Math.max(0, squared));
        expect(energyDistanceOf(...both(a, a))).toBe(0);
      }),
    );
  });

  it('needs 30 rows on a side', () => {
    expect(energyDistance([1, 2], [1, 2])).toMatchObject({ reason: 'n_below_minimum', nMin: 30 });
  });
});
