import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numericBin } from '../../../../../server/metrics/support/binning/bin-index.ts';
import { numericLayout } from '../../../../../server/metrics/support/binning/bin-layout.ts';
import { equalWidthBinning } from '../../../../../server/metrics/support/binning/equal-width-binning.ts';
import { nextUp } from '../../../../../server/metrics/support/binning/next-up.ts';
import { numericBinning } from '../../../../../server/metrics/support/binning/numeric-binning.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const ordinary = fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ min: -1e6, max: 1e6, noNaN: true }));

/** The rule of the reference page, word by word, in linear time. */
function bruteForceIndex(edges: readonly number[], x: number): number {
  return Math.min(edges.filter((edge) => edge <= x).length - 1, edges.length - 2);
}

describe('numeric binning', () => {
  it('a reference without a finite value has no edges', () => {
    expect(numericBinning([]).edges).toEqual([]);
    expect(numericBinning([Number.NaN, Infinity, -Infinity]).edges).toEqual([]);
  });

  it('a single value makes the one bin [v, v]', () => {
    expect(numericBinning([4, 4, 4]).edges).toEqual([4, 4]);
    expect(numericBinning([4])).toMatchObject({ center: 4, std: 0, min: 4, max: 4 });
  });

  it('few distinct values have a bin each, also where they are neighbouring doubles', () => {
    expect(numericBinning([0, 0, 1, 1, 1]).edges).toEqual([0, 0.5, 1]);
    const neighbours = [1, nextUp(1), nextUp(nextUp(1))];
    const { edges } = numericBinning(neighbours);
    expect(new Set(neighbours.map((x) => numericBin(edges, x)))).toEqual(new Set([0, 1, 2]));
  });

  it('every reference value falls into a regular bin, and every distinct value alone where there are few', () => {
    fc.assert(
      fc.property(fc.array(finite, { minLength: 1, maxLength: 80 }), (values) => {
        const binning = numericBinning(values);
        const layout = numericLayout(binning);
        const bins = values.map((value) => numericBin(binning.edges, value));
        expect(Math.max(...bins)).toBeLessThan(layout.regular);
        const distinct = new Set(values.map((value) => value + 0));
        if (distinct.size <= 20) expect(new Set(bins).size).toBe(distinct.size);
        expect(binning.edges).toEqual([...binning.edges].sort((a, b) => a - b));
        expect(Number.isFinite(binning.center) && Number.isFinite(binning.std)).toBe(true);
      }),
    );
  });

  it('an atom has a bin of its own', () => {
    const values = [...Array<number>(60).fill(0), ...Array.from({ length: 40 }, (_, i) => i + 1)];
    const { edges } = numericBinning(values, { bins: 10 });
    expect(edges.slice(0, 2)).toEqual([0, 5e-324]);
    expect(values.filter((value) => numericBin(edges, value) === 0)).toHaveLength(60);
  });

  it('no bin of several values holds more than four times its share of the rows', () => {
    fc.assert(
      fc.property(fc.array(ordinary, { minLength: 200, maxLength: 400 }), (values) => {
        const { edges } = numericBinning(values);
        const counts = new Map<number, number[]>();
        for (const value of values) {
          const bin = numericBin(edges, value);
          counts.set(bin, [...(counts.get(bin) ?? []), value]);
        }
        for (const inside of counts.values()) {
          if (new Set(inside.map((value) => value + 0)).size > 2) {
            expect(inside.length).toBeLessThanOrEqual((4 * values.length) / 20 + 2);
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(fc.array(finite, { maxLength: 60 }), (values) => {
        const forward = numericBinning(values);
        const backward = numericBinning(values.toReversed());
        expect(backward.edges).toEqual(forward.edges);
        expect(backward.min).toBe(forward.min);
      }),
    );
  });

  it('minus zero and zero are one value', () => {
    expect(numericBinning([-0, 0]).edges).toEqual([0, 0]);
    expect(numericBin([0, 0], -0)).toBe(0);
  });

  it('refuses fewer than two bins', () => {
    expect(() => numericBinning([1], { bins: 1 })).toThrow(RangeError);
    expect(() => numericBinning([1], { bins: 2.5 })).toThrow(RangeError);
  });
});

describe('position of a value', () => {
  it('is the number of edges at or below it, minus one (brute force)', () => {
    fc.assert(
      fc.property(fc.array(ordinary, { minLength: 1, maxLength: 60 }), ordinary, (values, x) => {
        const { edges, min, max } = numericBinning(values);
        const layout = numericLayout({ edges });
        const bin = numericBin(edges, x);
        if (x < min) expect(bin).toBe(layout.underflow);
        else if (x > max) expect(bin).toBe(layout.overflow);
        else expect(bin).toBe(bruteForceIndex(edges, x));
      }),
    );
  });

  it('NaN and the infinities are non-finite, below and above the edges is under- and overflow', () => {
    const edges = [1, 25.75, 50.5, 75.25, 100];
    const layout = numericLayout({ edges });
    expect(numericBin(edges, 1)).toBe(0);
    expect(numericBin(edges, 100)).toBe(3);
    expect(numericBin(edges, 0.5)).toBe(layout.underflow);
    expect(numericBin(edges, 101)).toBe(layout.overflow);
    for (const x of [Number.NaN, Infinity, -Infinity]) expect(numericBin(edges, x)).toBe(layout.nonFinite);
  });

  it('without edges a finite value is overflow, so that no row is lost', () => {
    const layout = numericLayout({ edges: [] });
    expect(numericBin([], 3)).toBe(layout.overflow);
    expect(numericBin([], Number.NaN)).toBe(layout.nonFinite);
    expect(layout).toMatchObject({ regular: 0, bins: 4, size: 5 });
  });
});

describe('equal-width binning', () => {
  it('has its edges at the decimals that a user would type', () => {
    const { edges } = equalWidthBinning();
    expect(edges).toHaveLength(201);
    for (const threshold of [0.05, 0.1, 0.29, 0.3, 0.35, 0.5, 0.57, 0.7, 0.95]) expect(edges).toContain(threshold);
  });

  it('takes centre and spread from the reference when there is one', () => {
    expect(equalWidthBinning({ reference: [0.2, 0.4, Number.NaN] })).toMatchObject({ min: 0.2, max: 0.4 });
    expect(equalWidthBinning({ reference: [0.2, 0.4] }).std).toBeCloseTo(0.1, 15);
    expect(() => equalWidthBinning({ lower: 1, upper: 1 })).toThrow(RangeError);
  });
});

describe('next double', () => {
  it('is larger, with nothing between', () => {
    expect(nextUp(0)).toBe(5e-324);
    expect(nextUp(-5e-324)).toBe(-0);
    fc.assert(
      fc.property(finite, (x) => {
        const next = nextUp(x);
        expect(next).toBeGreaterThan(x);
        const middle = x / 2 + next / 2;
        expect(!Number.isFinite(next) || middle <= x || middle >= next).toBe(true);
      }),
    );
  });
});
