import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  emptyMoments,
  mergeMoments,
  momentsFromShifted,
  momentsOf,
  varianceOf,
} from '../../../../../server/metrics/support/moments/moments.ts';

const values = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 40 });

describe('moments', () => {
  it('merged halves equal the whole, whatever the split', () => {
    fc.assert(
      fc.property(values, values, (a, b) => {
        const whole = momentsOf([...a, ...b]);
        const merged = mergeMoments(momentsOf(a), momentsOf(b));
        expect(merged.n).toBe(whole.n);
        expect(Math.abs(merged.mean - whole.mean)).toBeLessThanOrEqual(1e-9 * (1 + Math.abs(whole.mean)));
        expect(Math.abs(merged.m2 - whole.m2)).toBeLessThanOrEqual(1e-9 * (1 + whole.m2) + 1e-3);
        expect([merged.min, merged.max]).toEqual([whole.min, whole.max]);
      }),
    );
  });

  it('nothing is the neutral element', () => {
    expect(mergeMoments(emptyMoments(), momentsOf([1, 2]))).toEqual(momentsOf([1, 2]));
    expect(mergeMoments(momentsOf([1, 2]), emptyMoments())).toEqual(momentsOf([1, 2]));
    expect(momentsFromShifted({ n: 0, sum: 0, sumSquares: 0, min: Infinity, max: -Infinity }, 3)).toEqual(
      emptyMoments(),
    );
  });

  it('keep their digits near a billion, where a sum of squares would not', () => {
    const moments = momentsOf([1_000_000_004, 1_000_000_007, 1_000_000_013, 1_000_000_016]);
    expect(moments).toMatchObject({ mean: 1_000_000_010, m2: 90 });
    expect(varianceOf(moments, 1)).toBe(30);
  });

  it('sums around a centre give the same moments', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1 }), (sample) => {
        const center = 3;
        const shifted = {
          n: sample.length,
          sum: sample.reduce((sum, x) => sum + (x - center), 0),
          sumSquares: sample.reduce((sum, x) => sum + (x - center) ** 2, 0),
          min: Math.min(...sample),
          max: Math.max(...sample),
        };
        const moments = momentsFromShifted(shifted, center);
        expect(moments.mean).toBeCloseTo(momentsOf(sample).mean, 9);
        expect(moments.m2).toBeCloseTo(momentsOf(sample).m2, 6);
        expect(moments.m2).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('one value has no variance with ddof 1, and 0 with ddof 0', () => {
    expect(varianceOf(momentsOf([5]), 1)).toBeNull();
    expect(varianceOf(momentsOf([5]), 0)).toBe(0);
    expect(varianceOf(momentsOf([]), 0)).toBeNull();
  });

  it('NaN and the infinities are left out', () => {
    expect(momentsOf([1, Number.NaN, Infinity, 3])).toEqual(momentsOf([1, 3]));
  });
});
