import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { midranks } from '../../../../../server/metrics/support/numerics/midranks.ts';
import { compensatedSum } from '../../../../../server/metrics/support/numerics/neumaier-sum.ts';
import { quantileType7 } from '../../../../../server/metrics/support/numerics/quantile-type-7.ts';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });

describe('compensated sum', () => {
  it('keeps the small terms beside the large ones', () => {
    expect(compensatedSum([1, 1e100, 1, -1e100])).toBe(2);
    expect(compensatedSum(Array.from({ length: 1_000_000 }, () => 0.1))).toBe(100_000);
  });

  it('overflow is infinite, never NaN, and nothing is 0', () => {
    expect(compensatedSum([1.7e308, 1.7e308])).toBe(Infinity);
    expect(compensatedSum([])).toBe(0);
  });
});

describe('type 7 quantile', () => {
  it('is the value at a rank, linear between two', () => {
    expect(quantileType7([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantileType7([7], 0.3)).toBe(7);
  });

  it('stays within its neighbours and rises with p, also at the edge of doubles', () => {
    const sample = fc.array(finite, { minLength: 1, maxLength: 20 });
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(sample, share, share, (values, p, q) => {
        const sorted = Float64Array.from(values).sort();
        const low = quantileType7(sorted, Math.min(p, q));
        const high = quantileType7(sorted, Math.max(p, q));
        expect(low).toBeLessThanOrEqual(high);
        expect(low).toBeGreaterThanOrEqual(sorted[0]);
        expect(high).toBeLessThanOrEqual(sorted[sorted.length - 1]);
      }),
    );
  });

  it('refuses an empty sample and a p outside 0 to 1', () => {
    expect(() => quantileType7([], 0.5)).toThrow(RangeError);
    expect(() => quantileType7([1], 1.1)).toThrow(RangeError);
  });
});

describe('midranks', () => {
  it('are 1 + the values below + half of the other equal ones (brute force)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (values) => {
        const expected = values.map(
          (x) => 1 + values.filter((y) => y < x).length + (values.filter((y) => y === x).length - 1) / 2,
        );
        expect([...midranks(values)]).toEqual(expected);
      }),
    );
  });

  it('treat minus zero and zero as a tie', () => {
    expect([...midranks([-0, 0])]).toEqual([1.5, 1.5]);
  });
});
