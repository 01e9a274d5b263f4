import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hellingerDistance, hellingerDistanceOf } from '../../../../server/metrics/drift/hellinger-distance.ts';
import {
  jensenShannonDistance,
  jensenShannonDistanceOf,
} from '../../../../server/metrics/drift/jensen-shannon-distance.ts';
import {
  kullbackLeiblerDivergence,
  kullbackLeiblerDivergenceOf,
} from '../../../../server/metrics/drift/kullback-leibler-divergence.ts';
import { lInfinityDistanceOf } from '../../../../server/metrics/drift/l-infinity-distance.ts';
import {
  populationStabilityIndex,
  populationStabilityIndexOf,
  populationStabilityTerms,
} from '../../../../server/metrics/drift/population-stability-index.ts';
import { totalVariationDistanceOf } from '../../../../server/metrics/drift/total-variation-distance.ts';
import { fromPsiScale } from '../../../../server/metrics/support/decision/noise-floor.ts';
import type { Divergence } from '../../../../server/metrics/support/decision/noise-floor.ts';
import { seededRandom } from '../../../../server/metrics/support/numerics/seeded-random.ts';
import { drawMultinomial } from '../../../../server/metrics/support/intervals/draw-multinomial.ts';
import { countPairs } from './count-arbitraries.ts';

const kernels = {
  population_stability_index: populationStabilityIndexOf,
  kullback_leibler_divergence: kullbackLeiblerDivergenceOf,
  jensen_shannon_distance: jensenShannonDistanceOf,
  hellinger_distance: hellingerDistanceOf,
  total_variation_distance: totalVariationDistanceOf,
  l_infinity_distance: lInfinityDistanceOf,
};
const bounded = ['jensen_shannon_distance', 'hellinger_distance', 'total_variation_distance', 'l_infinity_distance'];
const monotone = ['jensen_shannon_distance', 'hellinger_distance', 'total_variation_distance'];
const results = {
  population_stability_index: populationStabilityIndex,
  kullback_leibler_divergence: kullbackLeiblerDivergence,
  jensen_shannon_distance: jensenShannonDistance,
  hellinger_distance: hellingerDistance,
};

describe.each(Object.entries(kernels))('%s', (id, kernel) => {
  it('is 0 for equal counts, finite and not negative for all others', () => {
    fc.assert(
      fc.property(countPairs({ largest: 1e9 }), ([r, c]) => {
        expect(kernel(r, r)).toBe(0);
        const value = kernel(r, c);
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThan(bounded.includes(id) ? 1 + 1e-12 : 1000);
      }),
    );
  });

  it.skipIf(id === 'kullback_leibler_divergence')('is symmetric', () => {
    fc.assert(
      fc.property(countPairs(), ([r, c]) => {
        expect(Math.abs(kernel(r, c) - kernel(c, r))).toBeLessThan(1e-12 * (1 + kernel(r, c)));
      }),
    );
  });

  it('does not depend on the order of bins, nor on bins that are empty on both sides', () => {
    fc.assert(
      fc.property(countPairs(), ([r, c]) => {
        expect(kernel([0, ...r.toReversed(), 0], [0, ...c.toReversed(), 0])).toBeCloseTo(kernel(r, c), 11);
      }),
    );
  });

  it.runIf(bounded.includes(id))('depends on shares only: a million times the rows give the same number', () => {
    const times = (counts: number[]): number[] => counts.map((x) => x * 1_000_000);
    fc.assert(
      fc.property(countPairs(), ([r, c]) => {
        // Jensen-Shannon takes a root of what rounding leaves, so that 10⁻¹⁶ becomes 10⁻⁸.
        expect(Math.abs(kernel(times(r), times(c)) - kernel(r, c))).toBeLessThan(1e-7);
      }),
    );
  });

  // A law of f-divergences of raw shares: smoothing and the largest single bin do not obey it.
  it.runIf(monotone.includes(id))('does not grow when two bins are put into one', () => {
    fc.assert(
      fc.property(countPairs({ binsMin: 2 }), ([r, c]) => {
        const merged = (counts: number[]): number[] => [counts[0] + counts[1], ...counts.slice(2)];
        expect(kernel(merged(r), merged(c))).toBeLessThanOrEqual(kernel(r, c) + 1e-8);
      }),
    );
  });
});

describe('how the divergences hang together', () => {
  it('PSI is the sum of both Kullback-Leibler directions', () => {
    fc.assert(
      fc.property(countPairs(), ([r, c]) => {
        const both = kullbackLeiblerDivergenceOf(r, c) + kullbackLeiblerDivergenceOf(c, r);
        expect(Math.abs(populationStabilityIndexOf(r, c) - both)).toBeLessThan(1e-11 * (1 + both));
      }),
    );
  });

  it('Hellinger² ≤ total variation ≤ √2·Hellinger', () => {
    fc.assert(
      fc.property(countPairs(), ([r, c]) => {
        const hellinger = hellingerDistanceOf(r, c);
        expect(hellinger ** 2).toBeLessThanOrEqual(totalVariationDistanceOf(r, c) + 1e-12);
        expect(totalVariationDistanceOf(r, c)).toBeLessThanOrEqual(Math.SQRT2 * hellinger + 1e-12);
      }),
    );
  });

  it('the terms of PSI sum to it, largest first', () => {
    fc.assert(
      fc.property(countPairs(), ([r, c]) => {
        const terms = populationStabilityTerms(r, c).map(({ term }) => term);
        expect(terms.reduce((sum, term) => sum + term, 0)).toBeCloseTo(populationStabilityIndexOf(r, c), 11);
        expect(terms).toEqual(terms.toSorted((a, b) => b - a));
      }),
    );
  });
});

describe.each(Object.entries(results))('%s with its evidence', (id, metric) => {
  const flat = (n: number, bins = 20): number[] => Array.from({ length: bins }, () => n);

  it('no row is no data; few rows on either side are too few', () => {
    expect(metric(flat(100), flat(0)).kind).toBe('no_data');
    expect(metric(flat(100), flat(4))).toMatchObject({ reason: 'n_below_minimum', n: 80, nMin: 100 });
    expect(metric(flat(0), flat(100))).toMatchObject({ reason: 'n_below_minimum', n: 0 });
  });

  it('noise above half of the threshold gives no value but the rows that would', () => {
    const result = metric(flat(100_000), flat(6));
    expect(result).toMatchObject({ kind: 'insufficient_evidence', reason: 'noise_above_threshold', n: 120 });
    const nMin = result.kind === 'insufficient_evidence' ? (result.nMin ?? 0) : 0;
    expect(metric(flat(100_000), flat(Math.ceil(nMin / 20))).kind).toBe('value');
    expect(metric(flat(100_000), flat(Math.floor(nMin / 20) - 1)).kind).toBe('insufficient_evidence');
  });

  it('a small window is judged on merged bins, which the definition says', () => {
    // As strict as a PSI of 0.2: 20 bins would need 191 rows, 10 bins need 91.
    const threshold = fromPsiScale(id as Divergence, 0.2);
    const options = { regularBins: 20, threshold, binning: 'reference_quantile_20' };
    const small = metric(flat(100_000), flat(6), options);
    expect(small).toMatchObject({ kind: 'value', value: 0 });
    expect(small.kind === 'value' && small.definition).toContain('binning=reference_quantile_20 merged=10 ');
    const large = metric(flat(100_000), flat(60), options);
    expect(large.kind === 'value' && large.definition).not.toContain('merged');
    expect(metric(flat(100_000), flat(6), { ...options, regularBins: undefined }).kind).toBe('insufficient_evidence');
  });

  it('the p-value is 1 for equal counts and tiny for disjoint ones', () => {
    expect(metric([500, 500], [500, 500])).toMatchObject({ pValue: 1 });
    const far = metric([1000, 0], [0, 1000]);
    expect(far.kind === 'value' ? far.pValue : 1).toBeLessThan(1e-100);
  });

  it('refuses vectors of different binnings and what is no count', () => {
    expect(() => metric([1, 2], [1, 2, 3])).toThrow(RangeError);
    expect(() => metric([100, 100], [100, -1])).toThrow(RangeError);
    expect(() => metric([100, 100], [100, Number.NaN])).toThrow(RangeError);
  });

  it('everything in one bin is a value of 0 without noise', () => {
    expect(metric([0, 500], [0, 300])).toMatchObject({ kind: 'value', value: 0, pValue: 1, noiseFloor: 0 });
  });

  it('with an interval, the seed and the draws stand in the definition and repeat', () => {
    const options = { interval: { draws: 200, seed: 7 } };
    const result = metric([3000, 3000, 4000], [2000, 3000, 5000], options);
    expect(result).toEqual(metric([3000, 3000, 4000], [2000, 3000, 5000], options));
    if (result.kind !== 'value' || result.interval === null) throw new Error('an interval was asked for');
    expect(result.definition).toContain('draws=200 seed=7 generator=sfc32');
    expect(result.interval.lower).toBeLessThan(result.value);
    expect(result.interval.upper).toBeGreaterThan(result.value);
  });
});

describe('false alarms', () => {
  it('without drift, p ≤ 0.05 comes in about one window of twenty, for every divergence', () => {
    const reference = Array.from({ length: 20 }, () => 1000);
    const uniform = seededRandom(11);
    const draw = new Float64Array(20);
    const scaled = reference.map(() => 50);
    const alarms = Object.values(results).map(() => 0);
    const windows = 600;
    for (let i = 0; i < windows; i += 1) {
      drawMultinomial(scaled, uniform, draw);
      // The reference is a draw too: its own noise is part of the formula.
      const drawnReference = drawMultinomial(reference, uniform, new Float64Array(20));
      Object.values(results).forEach((metric, k) => {
        const result = metric(drawnReference, draw, { threshold: 1 });
        if (result.kind === 'value' && (result.pValue ?? 1) <= 0.05) alarms[k] += 1;
      });
    }
    for (const count of alarms) {
      expect(count / windows).toBeGreaterThan(0.02);
      expect(count / windows).toBeLessThan(0.09);
    }
  });
});

describe('coverage', () => {
  it.each(Object.entries(results))(
    'the interval of %s holds the true value in at least nine windows of ten',
    (_, metric) => {
      const shares = Array.from({ length: 20 }, () => 1);
      const moved = shares.map((share, i) => share * (i < 10 ? 1.3 : 0.7));
      const many = (counts: number[]): number[] => counts.map((x) => Math.round(x * 1e9));
      const truth = metric(many(shares), many(moved));
      if (truth.kind !== 'value') throw new Error('a value was expected');
      const uniform = seededRandom(21);
      const scaled = (counts: number[], n: number): number[] => counts.map((x) => (x * n) / 20);
      let held = 0;
      const windows = 120;
      for (let seed = 0; seed < windows; seed += 1) {
        const r = drawMultinomial(scaled(shares, 4000), uniform, new Float64Array(20));
        const c = drawMultinomial(scaled(moved, 1000), uniform, new Float64Array(20));
        const result = metric(r, c, { threshold: 1, interval: { draws: 200, seed } });
        if (result.kind !== 'value' || result.interval === null) throw new Error('an interval was expected');
        if (result.interval.lower <= truth.value && truth.value <= result.interval.upper) held += 1;
      }
      expect(held / windows).toBeGreaterThanOrEqual(0.9);
    },
  );
});
