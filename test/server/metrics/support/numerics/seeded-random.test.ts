import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sampleIndices } from '../../../../../server/metrics/support/resampling/sample-indices.ts';
import { seededRandom } from '../../../../../server/metrics/support/numerics/seeded-random.ts';
import { shuffle } from '../../../../../server/metrics/support/resampling/shuffle.ts';

const draw = (seed: number, n: number): number[] => {
  const uniform = seededRandom(seed);
  return Array.from({ length: n }, () => uniform());
};

describe('seeded uniform numbers', () => {
  it('the same seed gives the same numbers, another seed others', () => {
    expect(draw(42, 5)).toEqual(draw(42, 5));
    expect(draw(42, 5)).not.toEqual(draw(43, 5));
  });

  it('never changes between releases: intervals of old reports must come out again', () => {
    // Values from an independent implementation of splitmix32 and sfc32 in Python.
    expect(draw(1, 3)).toEqual([0.5636717720710586, 0.8959073941886353, 0.2723428182814803]);
  });

  it('lie in [0, 1) and fill it evenly, also for neighbouring seeds', () => {
    for (const seed of [0, 1, 2, -1, 2 ** 31]) {
      const tenths = Array.from({ length: 10 }, () => 0);
      for (const u of draw(seed, 20_000)) tenths[Math.floor(u * 10)] += 1;
      const chiSquare = tenths.reduce((sum, count) => sum + (count - 2000) ** 2 / 2000, 0);
      expect(chiSquare).toBeLessThan(35);
    }
  });

  it('neighbouring seeds do not run in step', () => {
    const a = draw(7, 5000);
    const b = draw(8, 5000);
    const covariance = a.reduce((sum, u, i) => sum + (u - 0.5) * (b[i] - 0.5), 0) / 5000;
    expect(Math.abs(covariance * 12)).toBeLessThan(0.06);
  });
});

describe('shuffle and sample', () => {
  it('a shuffle keeps the items', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer(), (items, seed) => {
        const shuffled = shuffle([...items], seededRandom(seed));
        expect(shuffled.toSorted((a, b) => a - b)).toEqual(items.toSorted((a, b) => a - b));
      }),
    );
  });

  it('every order of three is equally likely', () => {
    const uniform = seededRandom(3);
    const seen = new Map<string, number>();
    for (let i = 0; i < 6000; i += 1) {
      const order = shuffle([1, 2, 3], uniform).join('');
      seen.set(order, (seen.get(order) ?? 0) + 1);
    }
    expect(seen.size).toBe(6);
    for (const count of seen.values()) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('a sample holds distinct rows in ascending order, and all of them when few', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 60 }), (n, size) => {
        const sample = [...sampleIndices(n, size, seededRandom(n))];
        expect(sample).toHaveLength(Math.min(n, size));
        expect(sample).toEqual([...new Set(sample)].sort((a, b) => a - b));
        expect(sample.every((row) => row >= 0 && row < n)).toBe(true);
      }),
    );
  });
});
