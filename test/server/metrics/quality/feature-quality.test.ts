import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Binning, FeatureTally } from '../../../../server/domain/binning.ts';
import { dataQualityCounts } from '../../../../server/metrics/quality/data-quality-counts.ts';
import { duplicateRate } from '../../../../server/metrics/quality/duplicate-rate.ts';
import { featureQualityCounts } from '../../../../server/metrics/quality/feature-quality-counts.ts';
import { ingestionShare } from '../../../../server/metrics/quality/ingestion-share.ts';
import { missingRateChange } from '../../../../server/metrics/quality/missing-rate-change.ts';
import { missingRate } from '../../../../server/metrics/quality/missing-rate.ts';
import { outOfRangeRate } from '../../../../server/metrics/quality/out-of-range-rate.ts';
import { typeMismatchRate } from '../../../../server/metrics/quality/type-mismatch-rate.ts';
import { unseenCategoryRate } from '../../../../server/metrics/quality/unseen-category-rate.ts';
import { valueOf } from '../golden/evidence-off.ts';

const numeric: Binning = {
  kind: 'numeric',
  edges: [0, 1, 2],
  center: 1,
  std: 1,
  min: 0,
  max: 2,
  method: 'reference_quantile_20',
};
const categorical: Binning = { kind: 'categorical', categories: ['a', 'b'], known: ['c'], method: 'top_50' };
const tallyOf = (binning: Binning, counts: number[]): FeatureTally => ({
  binning,
  counts: Float64Array.from(counts),
  moments: null,
});

describe('quality of a feature tally', () => {
  // [bin 0, bin 1, underflow, overflow, missing, nonFinite | typeMismatch]
  const age = featureQualityCounts(tallyOf(numeric, [300, 500, 20, 30, 100, 50, 40]));
  // [a, b, other, missing | unseen, typeMismatch]
  const region = featureQualityCounts(tallyOf(categorical, [400, 300, 200, 100, 50, 20]));

  test('a mismatch stands in the missing bin, yet is no missing value', () => {
    expect(age).toEqual({ n: 1000, missing: 60, typeMismatch: 40, outOfRange: 50, unseen: 0 });
    expect(region).toEqual({ n: 1000, missing: 80, typeMismatch: 20, outOfRange: 0, unseen: 50 });
  });

  test('every rate has the denominator of its definition', () => {
    expect(missingRate(age)).toMatchObject({ value: 0.06, n: 1000 });
    expect(typeMismatchRate(age)).toMatchObject({ value: 40 / 940, n: 940 });
    expect(outOfRangeRate(age)).toMatchObject({ value: 50 / 900, n: 900 });
    expect(unseenCategoryRate(region)).toMatchObject({ value: 50 / 900, n: 900 });
  });

  test('a known rare category is in `other`, but not unseen', () => {
    expect(region.unseen).toBeLessThan(200);
  });
});

describe('quality rates', () => {
  const counts = (n: number) => ({ n, missing: 0, typeMismatch: 0, outOfRange: 0, unseen: 0 });

  test('need 100 rows; an empty window is no data; nothing present has no denominator', () => {
    expect(missingRate(counts(99))).toMatchObject({ reason: 'n_below_minimum', n: 99, nMin: 100 });
    expect(missingRate(counts(0)).kind).toBe('no_data');
    expect(typeMismatchRate({ ...counts(200), missing: 200 })).toMatchObject({ reason: 'zero_denominator' });
    expect(duplicateRate(0, 0).kind).toBe('no_data');
    expect(ingestionShare('late', 3, 300)).toMatchObject({ value: 0.01, definition: 'late_rate/1 of=received' });
  });

  test('a rate of 0 keeps an interval that says how little was seen', () => {
    const result = missingRate(counts(100));
    expect(result.kind === 'value' && result.interval?.upper).toBeGreaterThan(0.03);
  });

  test('the change of the missing rate turns round with its sides and needs both', () => {
    const side = { missing: 20, n: 400 };
    const other = { missing: 90, n: 600 };
    expect(valueOf(missingRateChange(other, side))).toBeCloseTo(-(valueOf(missingRateChange(side, other)) ?? 0), 12);
    expect(missingRateChange(side, { missing: 0, n: 0 })).toMatchObject({ reason: 'zero_denominator' });
    expect(missingRateChange(side, { missing: 0, n: 50 })).toMatchObject({ reason: 'n_below_minimum', n: 50 });
    expect(missingRateChange({ missing: 0, n: 0 }, side).kind).toBe('no_data');
  });
});

describe('quality counts of rows', () => {
  const schema = new Map([
    ['age', { type: 'number' as const, minimum: 0, maximum: 120 }],
    ['region', { type: 'category' as const, referenceCategories: ['north'] }],
  ]);
  const row = fc.record({
    predictionId: fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5'),
    values: fc.record({
      age: fc.constantFrom(null, 5, -1, 200, '5'),
      region: fc.constantFrom(null, 'north', 'west', '', 7),
    }),
  });

  test('a repeated id counts once, and no row is counted in two ways', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 20 }), (rows) => {
        const found = dataQualityCounts(rows, schema);
        const distinct = new Set(rows.map((one) => one.predictionId)).size;
        expect(found.rows - found.duplicates).toBe(distinct);
        for (const field of found.fields.values()) {
          expect(field.n).toBe(distinct);
          const wrong = field.missing + field.typeMismatch + field.outOfRange + field.unseen;
          expect(wrong).toBeLessThanOrEqual(distinct);
        }
      }),
    );
  });

  test('the closed range holds its ends', () => {
    const rows = [0, 120, -0.001, 120.001].map((age, i) => ({
      predictionId: `p${i}`,
      values: { age, region: 'north' },
    }));
    expect(dataQualityCounts(rows, schema).fields.get('age')).toMatchObject({ outOfRange: 2 });
  });
});
