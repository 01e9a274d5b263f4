import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attributionNdcg, attributionNdcgOf } from '../../../../server/metrics/drift/attribution-ndcg.ts';
import {
  centroidDistanceOf,
  embeddingCentroidDistance,
} from '../../../../server/metrics/drift/embeddings/embedding-centroid-distance.ts';
import {
  discrepancyOf,
  maximumMeanDiscrepancy,
  pooledKernel,
} from '../../../../server/metrics/drift/embeddings/maximum-mean-discrepancy.ts';
import { seededRandom } from '../../../../server/metrics/support/numerics/seeded-random.ts';

const cloud = (seed: number, n: number, shift: number, spread = 1): number[][] => {
  const uniform = seededRandom(seed);
  return Array.from({ length: n }, () => Array.from({ length: 4 }, () => spread * (uniform() - 0.5) + shift));
};

/** The definition, term by term. */
function bruteForceDiscrepancy(a: number[][], b: number[][], bandwidth: number): number {
  const k = (x: number[], y: number[]): number =>
    Math.exp(-x.reduce((sum, value, d) => sum + (value - y[d]) ** 2, 0) / bandwidth);
  const within = (rows: number[][]): number => {
    let sum = 0;
    rows.forEach((x, i) => rows.forEach((y, j) => (sum += i === j ? 0 : k(x, y))));
    return sum / (rows.length * (rows.length - 1));
  };
  let across = 0;
  for (const x of a) for (const y of b) across += k(x, y);
  return within(a) + within(b) - (2 * across) / (a.length * b.length);
}

describe('embedding centroid distance', () => {
  it('is 0 for equal rows, whatever their order, and the length of a shift', () => {
    const rows = cloud(1, 120, 0);
    expect(embeddingCentroidDistance(rows, rows.toReversed())).toMatchObject({ value: expect.closeTo(0, 12) });
    const shifted = embeddingCentroidDistance(
      rows,
      rows.map((row) => row.map((x) => x + 0.5)),
    );
    expect(shifted).toMatchObject({ value: expect.closeTo(1, 12) });
  });

  it('cosine sees direction only, and no direction is no distance', () => {
    expect(centroidDistanceOf([1, 2], [2, 4], 'cosine')).toBeCloseTo(0, 12);
    expect(centroidDistanceOf([1, 0], [-1, 0], 'cosine')).toBe(2);
    expect(centroidDistanceOf([0, 0], [1, 0], 'cosine')).toBe(0);
  });

  it('the permutation p tells a shift from none and repeats with its seed', () => {
    const options = { permutation: { seed: 4 } };
    expect(embeddingCentroidDistance(cloud(1, 100, 0), cloud(2, 100, 0.4), options)).toMatchObject({ pValue: 1 / 200 });
    const none = embeddingCentroidDistance(cloud(1, 100, 0), cloud(2, 100, 0), options);
    expect(none).toEqual(embeddingCentroidDistance(cloud(1, 100, 0), cloud(2, 100, 0), options));
    expect(none.kind === 'value' && none.pValue).toBeGreaterThan(0.01);
  });

  it('says when rows are missing, few, of different lengths or not finite', () => {
    expect(embeddingCentroidDistance([[1]], []).kind).toBe('no_data');
    expect(embeddingCentroidDistance([[1]], [[1]])).toMatchObject({ reason: 'n_below_minimum', nMin: 100 });
    expect(() => embeddingCentroidDistance([[1, 2]], [[1]])).toThrow(/same length/);
    expect(() => embeddingCentroidDistance([[1]], [[Number.NaN]])).toThrow(/finite/);
  });
});

describe('maximum mean discrepancy', () => {
  it('is its definition, for every way to choose the side (brute force)', () => {
    const rows = [...cloud(5, 7, 0), ...cloud(6, 6, 1)];
    const kernel = pooledKernel(rows);
    if (kernel === null) throw new Error('a kernel was expected');
    for (const side of [
      [0, 1, 2, 3, 4, 5, 6],
      [1, 12, 5],
      [0, 2, 4, 6, 8, 10, 12, 11],
    ]) {
      const a = side.map((i) => rows[i]);
      const b = rows.filter((_, i) => !side.includes(i));
      expect(discrepancyOf(kernel, side)).toBeCloseTo(bruteForceDiscrepancy(a, b, kernel.bandwidth), 12);
    }
  });

  it('sees a change of spread that keeps the mean, and none where there is none', () => {
    const changed = maximumMeanDiscrepancy(cloud(1, 150, 0), cloud(2, 150, 0, 4), { seed: 1 });
    expect(changed).toMatchObject({ pValue: 1 / 200 });
    const none = maximumMeanDiscrepancy(cloud(1, 150, 0), cloud(3, 150, 0), { seed: 1 });
    expect(none.kind === 'value' && none.pValue).toBeGreaterThan(0.01);
    expect(none).toEqual(maximumMeanDiscrepancy(cloud(1, 150, 0), cloud(3, 150, 0), { seed: 1 }));
  });

  it('samples large sides and says so', () => {
    const result = maximumMeanDiscrepancy(cloud(1, 300, 0), cloud(2, 200, 0), { seed: 1, rowsMax: 120, draws: 0 });
    expect(result).toMatchObject({ n: 120, nReference: 120 });
    expect(result.kind === 'value' && result.definition).toContain('rows_max=120');
  });

  it('equal rows have no scale', () => {
    const same = Array.from({ length: 100 }, () => [1, 2]);
    expect(maximumMeanDiscrepancy(same, same, { seed: 1 })).toMatchObject({ reason: 'zero_variance' });
    expect(maximumMeanDiscrepancy(same, [], { seed: 1 }).kind).toBe('no_data');
  });
});

describe('attribution drift', () => {
  const weights = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.double({ min: 0, max: 10, noNaN: true }));
  const mapOf = (record: Record<string, number>): Map<string, number> => new Map(Object.entries(record));

  it('is 1 for the same order and in [0, 1] for every other', () => {
    fc.assert(
      fc.property(weights, weights, (reference, current) => {
        const value = attributionNdcgOf(mapOf(reference), mapOf(current));
        if (value === null) {
          expect(Object.values(reference).every((x) => x === 0)).toBe(true);
          return;
        }
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
        // Weights near the smallest double underflow to no weight at all.
        if (Object.values(reference).some((x) => x > 1e-300)) {
          expect(attributionNdcgOf(mapOf(reference), mapOf(reference))).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  it('a swap at the top costs more than one at the bottom', () => {
    const reference = mapOf({ a: 4, b: 3, c: 2, d: 1 });
    const top = attributionNdcgOf(reference, mapOf({ a: 3, b: 4, c: 2, d: 1 })) ?? 0;
    const bottom = attributionNdcgOf(reference, mapOf({ a: 4, b: 3, c: 1, d: 2 })) ?? 0;
    expect(top).toBeLessThan(bottom);
  });

  it('ties are broken by name, so that the order of input cannot matter', () => {
    const reference = mapOf({ a: 4, b: 3, c: 2 });
    const forward = attributionNdcgOf(reference, mapOf({ a: 1, b: 1, c: 1 }));
    expect(attributionNdcgOf(reference, mapOf({ c: 1, b: 1, a: 1 }))).toBe(forward);
  });

  it('says when rows are missing, few, or the reference leans on nothing', () => {
    const some = { n: 200, byFeature: mapOf({ a: 1 }) };
    expect(attributionNdcg(some, { ...some, n: 0 }).kind).toBe('no_data');
    expect(attributionNdcg(some, { ...some, n: 20 })).toMatchObject({ reason: 'n_below_minimum', nMin: 100 });
    expect(attributionNdcg({ ...some, byFeature: mapOf({ a: 0 }) }, some)).toMatchObject({
      reason: 'zero_denominator',
    });
  });

  it('a bootstrap of the rows gives an interval around the value', () => {
    const uniform = seededRandom(3);
    const attributions = Array.from({ length: 200 }, () => [uniform() * 3, uniform() * 2.9, uniform()]);
    const mean = (f: number): number => attributions.reduce((sum, row) => sum + row[f], 0) / 200;
    const byFeature = mapOf({ a: mean(0), b: mean(1), c: mean(2) });
    const result = attributionNdcg(
      { n: 500, byFeature: mapOf({ a: 3, b: 2, c: 1 }) },
      { n: 200, byFeature },
      {
        rows: { features: ['a', 'b', 'c'], attributions },
        interval: { seed: 2, draws: 300 },
      },
    );
    if (result.kind !== 'value' || result.interval === null) throw new Error('an interval was asked for');
    expect(result.interval.lower).toBeLessThanOrEqual(result.value);
    expect(result.interval.upper).toBeGreaterThanOrEqual(result.value);
  });
});
