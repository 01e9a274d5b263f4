import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaQuantile } from '../../../../../server/metrics/support/special-functions/beta-quantile.ts';
import { binomialQuantile } from '../../../../../server/metrics/support/special-functions/binomial-quantile.ts';
import { chiSquareUpperTail } from '../../../../../server/metrics/support/special-functions/chi-square-upper-tail.ts';
import { kolmogorovUpperTail } from '../../../../../server/metrics/support/special-functions/kolmogorov-upper-tail.ts';
import { logGamma } from '../../../../../server/metrics/support/special-functions/log-gamma.ts';
import { normalQuantile } from '../../../../../server/metrics/support/special-functions/normal-quantile.ts';
import { normalUpperTail } from '../../../../../server/metrics/support/special-functions/normal-upper-tail.ts';
import { tQuantile } from '../../../../../server/metrics/support/special-functions/t-quantile.ts';
import { tTwoSidedTail } from '../../../../../server/metrics/support/special-functions/t-two-sided-tail.ts';

describe('upper tails', () => {
  it('keep their digits where the complement of a cdf would be 0', () => {
    expect(chiSquareUpperTail(1500, 20)).toBeGreaterThan(1e-306);
    expect(normalUpperTail(37)).toBeGreaterThan(1e-300);
    // 2*scipy.stats.t.sf(9, 200) and (18, 1000), SciPy 1.17: small tails with many degrees of freedom
    expect(tTwoSidedTail(9, 200) / 1.770938292326483e-16).toBeCloseTo(1, 12);
    expect(tTwoSidedTail(18, 1000) / 5.783394379192196e-63).toBeCloseTo(1, 12);
  });

  it('give a probability for every argument, also past the edge', () => {
    const anything = fc.oneof(fc.double({ noNaN: true }), fc.constantFrom(0, -0, Infinity, -Infinity, 5e-324));
    fc.assert(
      fc.property(anything, fc.integer({ min: 1, max: 400 }), (x, degrees) => {
        for (const p of [
          chiSquareUpperTail(x, degrees),
          normalUpperTail(x),
          kolmogorovUpperTail(x),
          tTwoSidedTail(x, degrees),
        ]) {
          expect(p).toBeGreaterThanOrEqual(0);
          expect(p).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('fall as the statistic grows', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 30, noNaN: true }), (x) => {
        expect(chiSquareUpperTail(x * 1.01, 4)).toBeLessThan(chiSquareUpperTail(x, 4));
        expect(tTwoSidedTail(x * 1.01, 4)).toBeLessThan(tTwoSidedTail(x, 4));
        expect(kolmogorovUpperTail(x * 1.01)).toBeLessThanOrEqual(kolmogorovUpperTail(x));
      }),
    );
  });

  it('a chi-square with one degree of freedom is a squared normal', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 35, noNaN: true }), (z) => {
        const ratio = chiSquareUpperTail(z * z, 1) / (2 * normalUpperTail(z));
        expect(Math.abs(ratio - 1)).toBeLessThan(1e-11);
      }),
    );
  });

  it('both branches of the Kolmogorov series meet', () => {
    expect(kolmogorovUpperTail(1.18)).toBeCloseTo(kolmogorovUpperTail(1.18 - 1e-12), 11);
  });

  it('no degrees of freedom means nothing was compared', () => {
    expect(chiSquareUpperTail(3, 0)).toBe(1);
    expect(() => tTwoSidedTail(1, 0)).toThrow(RangeError);
  });
});

describe('quantiles', () => {
  it('the normal quantile inverts the tail to machine precision down to 1e-300', () => {
    fc.assert(
      fc.property(fc.double({ min: -299, max: -0.31, noNaN: true }), (exponent) => {
        const tail = 10 ** exponent;
        const z = -normalQuantile(tail);
        expect(Math.abs(normalUpperTail(z) / tail - 1)).toBeLessThan(4e-16 * Math.max(1, z * z) + 1e-15);
      }),
    );
    expect(normalQuantile(1e-12)).toBeCloseTo(-7.034483825301131, 13);
  });

  it('the normal quantile is odd around one half and unbounded at the ends', () => {
    expect(normalQuantile(0.5)).toBe(0);
    expect(normalQuantile(0.25)).toBe(-normalQuantile(0.75));
    expect(normalQuantile(0)).toBe(Number.NEGATIVE_INFINITY);
    expect(normalQuantile(1)).toBe(Number.POSITIVE_INFINITY);
  });

  it('the t quantile inverts the two-sided tail', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.6, max: 0.9999, noNaN: true }), fc.integer({ min: 1, max: 300 }), (p, degrees) => {
        expect(tTwoSidedTail(tQuantile(p, degrees), degrees)).toBeCloseTo(2 * (1 - p), 10);
      }),
    );
  });

  it('the binomial quantile is the smallest count that reaches the probability (brute force)', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: 0.01, max: 0.99, noNaN: true }),
        (p, trials, success) => {
          let below = 0;
          let k = -1;
          while (below < p - 1e-12 && k < trials) {
            k += 1;
            const logChoose = logGamma(trials + 1) - logGamma(k + 1) - logGamma(trials - k + 1);
            below += Math.exp(logChoose + k * Math.log(success) + (trials - k) * Math.log1p(-success));
          }
          expect(binomialQuantile(p, trials, success)).toBe(Math.max(k, 0));
        },
      ),
    );
  });

  it('the beta quantile mirrors when the shapes are swapped', () => {
    expect(betaQuantile(0.025, 7, 14)).toBeCloseTo(1 - betaQuantile(0.975, 14, 7), 13);
  });

  it('refuse a probability outside 0 to 1', () => {
    for (const wrong of [-0.1, 1.1, Number.NaN]) {
      expect(() => normalQuantile(wrong)).toThrow(RangeError);
      expect(() => tQuantile(wrong, 3)).toThrow(RangeError);
      expect(() => betaQuantile(wrong, 1, 1)).toThrow(RangeError);
      expect(() => binomialQuantile(wrong, 3, 0.5)).toThrow(RangeError);
    }
  });
});
