import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  domainClassifierAuc,
  domainClassifierWeights,
} from '../../../../server/metrics/drift/dataset/domain-classifier-auc.ts';
import type { FeatureColumn } from '../../../../server/metrics/drift/dataset/feature-column.ts';
import { fitLogisticRidge } from '../../../../server/metrics/drift/dataset/logistic-ridge.ts';
import { fitPca } from '../../../../server/metrics/drift/dataset/pca-model.ts';
import {
  pcaReconstructionError,
  pcaRowErrors,
} from '../../../../server/metrics/drift/dataset/pca-reconstruction-error.ts';
import { SparseRowsBuilder } from '../../../../server/metrics/drift/dataset/sparse-rows.ts';
import { symmetricEigen } from '../../../../server/metrics/drift/dataset/symmetric-eigen.ts';
import { momentsOf } from '../../../../server/metrics/support/moments/moments.ts';
import { seededRandom } from '../../../../server/metrics/support/numerics/seeded-random.ts';

/** Two columns that move together unless `broken`, one category that follows them, one numeric with gaps. */
function table(seed: number, n: number, options: { shift?: number; broken?: boolean } = {}): FeatureColumn[] {
  const { shift = 0, broken = false } = options;
  const uniform = seededRandom(seed);
  const x = Array.from({ length: n }, () => uniform() * 10);
  const y = x.map((value) => (broken ? uniform() * 10 : value) + uniform());
  return [
    { name: 'x', kind: 'numeric', values: x.map((value) => value + shift) },
    { name: 'y', kind: 'numeric', values: y },
    { name: 'size', kind: 'categorical', values: x.map((value) => (value > 5 ? 'large' : 'small')) },
    { name: 'gaps', kind: 'numeric', values: x.map(() => (uniform() < 0.2 ? Number.NaN : uniform())) },
  ];
}

describe('symmetric eigenvalues', () => {
  it('put the matrix together again, with orthogonal axes', () => {
    const size = fc.integer({ min: 1, max: 6 });
    const entry = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(
        size.chain((n) => fc.array(fc.array(entry, { minLength: n, maxLength: n }), { minLength: n, maxLength: n })),
        (rows) => {
          const matrix = rows.map((row, i) => row.map((value, j) => (value + rows[j][i]) / 2));
          const { values, vectors } = symmetricEigen(matrix);
          expect(values).toEqual(values.toSorted((a, b) => b - a));
          matrix.forEach((row, i) =>
            row.forEach((expected, j) => {
              const actual = values.reduce((sum, value, k) => sum + value * vectors[k][i] * vectors[k][j], 0);
              expect(Math.abs(actual - expected)).toBeLessThan(1e-10);
              const dot = vectors[i].reduce((sum, value, k) => sum + value * vectors[j][k], 0);
              expect(Math.abs(dot - (i === j ? 1 : 0))).toBeLessThan(1e-12);
            }),
          );
        },
      ),
    );
  });
});

describe('PCA reconstruction error', () => {
  const model = fitPca(table(1, 800));
  if (model === null) throw new Error('a model was expected');
  const meanError = (columns: FeatureColumn[]): number => momentsOf(pcaRowErrors(model, columns)).mean;

  it('rises when the correlation between features breaks, though no feature moves alone', () => {
    expect(meanError(table(3, 800))).toBeCloseTo(meanError(table(1, 800)), 1);
    expect(meanError(table(2, 800, { broken: true }))).toBeGreaterThan(1.3 * meanError(table(1, 800)));
  });

  it('does not depend on the order of columns or rows, and its moments merge', () => {
    const window = table(4, 200);
    expect(meanError(window.toReversed())).toBeCloseTo(meanError(window), 12);
    const errors = pcaRowErrors(model, window);
    expect(momentsOf(errors.toReversed()).mean).toBeCloseTo(momentsOf(errors).mean, 12);
  });

  it('survives missing values, categories it never saw, and storage as JSON', () => {
    const stored = JSON.parse(JSON.stringify(model));
    const strange: FeatureColumn[] = [
      { name: 'x', kind: 'numeric', values: [Number.NaN, 1] },
      { name: 'y', kind: 'numeric', values: [Infinity, 1] },
      { name: 'size', kind: 'categorical', values: [null, 'giant'] },
      { name: 'gaps', kind: 'numeric', values: [Number.NaN, 0.5] },
    ];
    const errors = pcaRowErrors(stored, strange);
    expect([...errors].every(Number.isFinite)).toBe(true);
    expect([...errors]).toEqual([...pcaRowErrors(model, strange)]);
  });

  it('has no model without two columns that vary, and says which column is missing', () => {
    const constant: FeatureColumn = { name: 'c', kind: 'numeric', values: [1, 1, 1] };
    expect(fitPca([constant, { name: 'v', kind: 'numeric', values: [1, 2, 3] }])).toBeNull();
    expect(() => pcaRowErrors(model, [constant])).toThrow(/no column/);
    expect(() => fitPca([constant, { name: 'short', kind: 'numeric', values: [1] }])).toThrow(/same rows/);
  });

  it('gives an interval of the mean, no data without rows and too few below 100', () => {
    const result = pcaReconstructionError(momentsOf(pcaRowErrors(model, table(5, 300))), model);
    if (result.kind !== 'value' || result.interval === null) throw new Error('a value was expected');
    expect(result.interval.lower).toBeLessThan(result.value);
    expect(pcaReconstructionError(momentsOf([]), model).kind).toBe('no_data');
    expect(pcaReconstructionError(momentsOf([1, 2]), model)).toMatchObject({ reason: 'n_below_minimum', nMin: 100 });
  });
});

describe('logistic regression with a ridge', () => {
  it('stops where the gradient of the penalised loss is 0, also for separable rows', () => {
    const builder = new SparseRowsBuilder();
    const rows = [-2, -1, 0.5, 1, 3];
    for (const x of rows) {
      builder.add(0, x);
      builder.add(1, 1);
      builder.endRow();
    }
    const labels = [0, 0, 1, 1, 1];
    const weights = fitLogisticRidge({ matrix: builder.build(2), labels, rows: [0, 1, 2, 3, 4], ridge: 1 });
    const residuals = rows.map((x, i) => 1 / (1 + Math.exp(-(weights[0] * x + weights[1]))) - labels[i]);
    expect(residuals.reduce((sum, r, i) => sum + r * rows[i], weights[0])).toBeCloseTo(0, 4);
    expect(residuals.reduce((sum, r) => sum + r, 0)).toBeCloseTo(0, 4);
  });
});

describe('domain classifier', () => {
  const options = { seed: 1, rowsMin: 100 };

  it('cannot tell two windows of one population apart, and repeats with its seed', () => {
    const result = domainClassifierAuc(table(1, 400), table(2, 400), options);
    expect(result).toMatchObject({ kind: 'value', value: expect.closeTo(0.5, 1) });
    expect(result.kind === 'value' && result.pValue).toBeGreaterThan(0.01);
    expect(result).toEqual(domainClassifierAuc(table(1, 400), table(2, 400), options));
  });

  it('finds a shift, and names the feature that gives it away', () => {
    const result = domainClassifierAuc(table(1, 400), table(2, 400, { shift: 3 }), options);
    expect(result.kind === 'value' && result.value).toBeGreaterThan(0.9);
    expect(result.kind === 'value' && result.pValue).toBeLessThan(1e-10);
    const heaviest = domainClassifierWeights(table(1, 400), table(2, 400, { shift: 3 }), options)[0];
    expect(heaviest).toMatchObject({ feature: 'x', term: 'value' });
    expect(heaviest.weight).toBeGreaterThan(0);
  });

  it('perfect separation has a p but no interval', () => {
    const result = domainClassifierAuc(table(1, 200), table(2, 200, { shift: 100 }), options);
    expect(result).toMatchObject({ value: 1, interval: null });
    expect(result.kind === 'value' && result.pValue).toBeLessThan(1e-20);
  });

  it('says when rows are missing or few', () => {
    expect(domainClassifierAuc(table(1, 600), table(2, 0), { seed: 1 }).kind).toBe('no_data');
    expect(domainClassifierAuc(table(1, 600), table(2, 40), { seed: 1 })).toMatchObject({ n: 40, nMin: 500 });
    expect(() => domainClassifierAuc(table(1, 600), table(2, 600).slice(1), { seed: 1 })).toThrow(/no column x/);
  });
});
