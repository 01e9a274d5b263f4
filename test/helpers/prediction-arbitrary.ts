import fc from 'fast-check';
import type { FeatureKind, ModelDefinition } from '../../server/domain/model.ts';
import { modelDefinition } from './model-definition.ts';
import { plainPrediction, type PlainPrediction } from './prediction-segment.ts';

export const watchedFeatures: Record<string, FeatureKind> = {
  income: 'numeric',
  region: 'categorical',
  age: 'numeric',
  isMember: 'boolean',
};

export const watchedModel: ModelDefinition = modelDefinition(watchedFeatures, {
  segments: ['channel', 'country=|%'],
  sensitiveFeatures: ['sex', 'race'],
  intersections: [['sex', 'race']],
});

const numbers = fc.oneof(
  fc.integer({ min: -3, max: 12 }),
  fc.double({ min: -3, max: 12, noNaN: true }),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, -0, 0, 5e-324, Number.MAX_VALUE, -Number.MAX_VALUE),
);
const texts = fc.oneof(
  fc.constantFrom('north', 'south', 'a=b|c%', '', '__proto__', 'ünï 🌍', 'true', 'false'),
  fc.string({ maxLength: 4, unit: 'grapheme' }),
);
const nullable = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(value, { nil: null, freq: 4 });
const ordinals = fc.uniqueArray(fc.integer({ min: 0, max: 3 }), { maxLength: 3 });

/** Rows of `watchedModel`, with every oddity that validation lets through: short lists, nulls, flags, infinities. */
export const anyPrediction: fc.Arbitrary<PlainPrediction> = fc
  .record({
    model: fc.constantFrom('m', 'm', 'm', 'other'),
    version: fc.constantFrom('1', '2', ''),
    id: fc.integer({ min: 0, max: 30 }).map((n) => `p${n}`),
    occurredAt: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2026, 0, 1) + 200_000 }),
    numeric: fc.array(numbers, { maxLength: 2 }),
    categorical: fc.array(nullable(texts), { maxLength: 2 }),
    nonFinite: ordinals,
    mismatched: ordinals,
    score: fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(Number.NaN, 0, 0.5, 1)),
    label: nullable(fc.constantFrom('1', '0')),
    value: numbers,
    segments: fc.array(nullable(texts), { maxLength: 2 }),
    groups: fc.array(nullable(fc.constantFrom('F', 'M', 'x=y|z')), { maxLength: 2 }),
  })
  .map(plainPrediction);

/** The rows of one batch, cut into frames. */
export const anyBatch: fc.Arbitrary<PlainPrediction[][]> = fc.array(
  fc.array(anyPrediction, { minLength: 1, maxLength: 12 }),
  {
    maxLength: 4,
  },
);
