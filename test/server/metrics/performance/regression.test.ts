import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { regressionPerformance } from '../../../../server/metrics/performance/regression-performance.ts';
import { maxError } from '../../../../server/metrics/performance/regression/max-error.ts';
import { meanAbsolutePercentageError } from '../../../../server/metrics/performance/regression/mean-absolute-percentage-error.ts';
import { meanSquaredLogarithmicError } from '../../../../server/metrics/performance/regression/mean-squared-logarithmic-error.ts';
import { medianAbsoluteError } from '../../../../server/metrics/performance/regression/median-absolute-error.ts';
import { quantileLoss } from '../../../../server/metrics/performance/regression/quantile-loss.ts';
import { rSquared, rSquaredOfRows } from '../../../../server/metrics/performance/regression/r-squared.ts';
import { symmetricMeanAbsolutePercentageError } from '../../../../server/metrics/performance/regression/symmetric-mean-absolute-percentage-error.ts';
import { seededRandom } from '../../../../server/metrics/support/numerics/seeded-random.ts';
import { evidenceOff, valueOf } from '../golden/evidence-off.ts';
import { regressionTallyOfRows } from './tally-of-rows.ts';

const number = fc.double({ min: -100, max: 100, noNaN: true });
const rows = fc
  .array(fc.tuple(number, number), { minLength: 1, maxLength: 50 })
  .map((list) => ({ actual: list.map(([y]) => y), predicted: list.map(([, p]) => p) }));
type Rows = { actual: number[]; predicted: number[] };

const meanOf = ({ actual, predicted }: Rows, loss: (p: number, y: number) => number) =>
  actual.reduce((sum, y, i) => sum + loss(predicted[i], y), 0) / actual.length;
const tallyOf = (one: Rows, center = 0) => regressionTallyOfRows(one.actual, one.predicted, center);
const quick = { ...evidenceOff, bootstrap: null };

describe('losses of a regression tally', () => {
  test('are the means of the rows’ losses', () => {
    fc.assert(
      fc.property(rows, (one) => {
        const found = regressionPerformance(tallyOf(one), evidenceOff);
        const value = (id: string) => valueOf(found.get(id));
        const squared = meanOf(one, (p, y) => (p - y) ** 2);
        expect(value('mean_error')).toBeCloseTo(
          meanOf(one, (p, y) => p - y),
          9,
        );
        expect(value('mean_absolute_error')).toBeCloseTo(
          meanOf(one, (p, y) => Math.abs(p - y)),
          9,
        );
        expect(value('mean_squared_error')).toBeCloseTo(squared, 6);
        expect(value('root_mean_squared_error')).toBeCloseTo(Math.sqrt(squared), 6);
      }),
    );
  });

  test('the root mean square is never below the mean absolute error, nor that below the size of the mean error', () => {
    fc.assert(
      fc.property(rows, (one) => {
        const found = regressionPerformance(tallyOf(one), evidenceOff);
        const [bias, absolute, root] = ['mean_error', 'mean_absolute_error', 'root_mean_squared_error'].map(
          (id) => valueOf(found.get(id)) ?? Number.NaN,
        );
        expect(absolute).toBeGreaterThanOrEqual(Math.abs(bias) - 1e-9);
        expect(root).toBeGreaterThanOrEqual(absolute - 1e-9);
      }),
    );
  });

  test('30 labelled rows are needed', () => {
    const few = { actual: Array.from({ length: 29 }, () => 1), predicted: Array.from({ length: 29 }, () => 2) };
    for (const [id, result] of regressionPerformance(tallyOf(few))) {
      expect(result, id).toMatchObject({ reason: 'n_below_minimum', n: 29, nMin: 30 });
    }
  });

  test('errors too large for their squares give no number, not Infinity', () => {
    const huge = tallyOf({ actual: [0, 1e200], predicted: [1e200, 0] });
    expect(regressionPerformance(huge, evidenceOff).get('mean_squared_error')).toMatchObject({
      kind: 'insufficient_evidence',
      reason: 'noise_above_threshold',
    });
    expect(regressionPerformance(huge, evidenceOff).get('mean_absolute_error')).toMatchObject({ kind: 'value' });
  });

  test('an empty window is no data', () => {
    for (const [, result] of regressionPerformance(tallyOf({ actual: [], predicted: [] }), evidenceOff)) {
      expect(result.kind).toBe('no_data');
    }
  });

  test('equal errors have a value and no interval: never ±0', () => {
    const shifted = { actual: [1, 2, 3, 4], predicted: [2, 3, 4, 5] };
    const result = regressionPerformance(tallyOf(shifted), evidenceOff).get('mean_error');
    expect(result).toMatchObject({ kind: 'value', value: 1, interval: null });
  });
});

describe('R²', () => {
  test('of a tally is that of the rows, wherever its center is frozen', () => {
    fc.assert(
      fc.property(rows, fc.integer({ min: -50, max: 50 }), (one, center) => {
        const spread = Math.max(...one.actual) - Math.min(...one.actual);
        if (one.actual.length < 2 || spread < 1) return;
        const exact = valueOf(rSquaredOfRows(one, quick)) ?? Number.NaN;
        const found = valueOf(rSquared(tallyOf(one, center), evidenceOff)) ?? Number.NaN;
        expect(Math.abs(found - exact) / Math.max(1, Math.abs(exact))).toBeLessThan(1e-8);
      }),
    );
  });

  test('is 1 for perfect predictions, 0 for the mean of the window, and at most 1', () => {
    const actual = [1, 2, 3, 4, 10];
    expect(valueOf(rSquared(tallyOf({ actual, predicted: actual }), evidenceOff))).toBe(1);
    expect(valueOf(rSquared(tallyOf({ actual, predicted: actual.map(() => 4) }), evidenceOff))).toBeCloseTo(0, 12);
  });

  test('a constant truth has none', () => {
    const constant = { actual: [0.1, 0.1, 0.1], predicted: [0, 0.2, 0.3] };
    expect(rSquared(tallyOf(constant), evidenceOff)).toMatchObject({ reason: 'zero_variance' });
    expect(rSquaredOfRows(constant, quick)).toMatchObject({ reason: 'zero_variance' });
  });

  test('of rows has a bootstrap interval that holds the value', () => {
    const uniform = seededRandom(2);
    const actual = Array.from({ length: 200 }, () => uniform() * 10);
    const predicted = actual.map((y) => y + uniform() - 0.5);
    const result = rSquaredOfRows({ actual, predicted }, { bootstrap: { draws: 300, seed: 5 } });
    if (result.kind !== 'value') throw new Error('200 rows must be enough');
    expect(result.interval?.lower).toBeLessThan(result.value);
    expect(result.interval?.upper).toBeGreaterThan(result.value);
    expect(result.definition).toContain('bootstrap=300 seed=5');
  });
});

describe('losses that need rows', () => {
  test('percentage error leaves out truth 0 and counts it', () => {
    const result = meanAbsolutePercentageError({ actual: [2, 4, 0], predicted: [1, 5, 1] }, evidenceOff);
    expect(result.excluded).toBe(1);
    expect(valueOf(result.result)).toBe(0.375);
    const none = meanAbsolutePercentageError({ actual: [0, 0], predicted: [1, 1] }, evidenceOff);
    expect(none).toMatchObject({ excluded: 2, result: { reason: 'zero_denominator' } });
  });

  test('the symmetric percentage error is in [0, 2] and does not mind which side is which', () => {
    fc.assert(
      fc.property(rows, ({ actual, predicted }) => {
        const forward = valueOf(symmetricMeanAbsolutePercentageError({ actual, predicted }, evidenceOff)) ?? Number.NaN;
        const swapped = valueOf(
          symmetricMeanAbsolutePercentageError({ actual: predicted, predicted: actual }, evidenceOff),
        );
        expect(forward).toBeGreaterThanOrEqual(0);
        expect(forward).toBeLessThanOrEqual(2 + 1e-12);
        expect(swapped).toBeCloseTo(forward, 12);
      }),
    );
  });

  test('the logarithmic error leaves out what has no logarithm', () => {
    const { result, excluded } = meanSquaredLogarithmicError(
      { actual: [-1, 1, 1], predicted: [1, -2, 3] },
      evidenceOff,
    );
    expect(excluded).toBe(2);
    expect(valueOf(result)).toBeCloseTo(Math.log(2) ** 2, 12);
  });

  test('at one half the quantile loss is half the mean absolute error', () => {
    fc.assert(
      fc.property(rows, (one) => {
        const expected = meanOf(one, (p, y) => Math.abs(p - y)) / 2;
        expect(valueOf(quantileLoss(one, 0.5, evidenceOff))).toBeCloseTo(expected, 9);
      }),
    );
    expect(() => quantileLoss({ actual: [1], predicted: [1] }, 1)).toThrow(/for example 0.9/);
  });

  test('rows that are not finite are refused by number', () => {
    const broken = { actual: [1, 2], predicted: [1, Number.NaN] };
    for (const metric of [maxError, medianAbsoluteError, rSquaredOfRows, symmetricMeanAbsolutePercentageError]) {
      expect(() => metric(broken, quick)).toThrow(/row 1 has no finite/);
    }
    expect(() => maxError({ actual: [1], predicted: [] })).toThrow(/are no rows/);
  });

  test('the median error is at most the max error', () => {
    fc.assert(
      fc.property(rows, (one) => {
        const median = valueOf(medianAbsoluteError(one, evidenceOff)) ?? Number.NaN;
        expect(median).toBeLessThanOrEqual(valueOf(maxError(one, evidenceOff)) ?? Number.NaN);
      }),
    );
    expect(maxError({ actual: [], predicted: [] }, evidenceOff).kind).toBe('no_data');
  });
});
