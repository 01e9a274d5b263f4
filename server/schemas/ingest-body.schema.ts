import Type, { type TSchema } from 'typebox';

const AttributesSchema = Type.Record(
  Type.String(),
  Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()]),
);

/** One prediction as it is sent. Describes the door for readers; the collector checks records one by one itself. */
const PredictionRecordSchema = Type.Object(
  {
    id: Type.Optional(Type.String({ description: 'yours, text; feedback refers to it. Left out: one is made' })),
    model: Type.Optional(Type.String({ description: 'may be left out when the header x-plumbline-model names it' })),
    modelVersion: Type.Optional(Type.String()),
    time: Type.Optional(Type.String({ description: 'RFC 3339 with zone; left out: now' })),
    features: AttributesSchema,
    prediction: Type.Object({
      label: Type.Optional(Type.String()),
      score: Type.Optional(Type.Number()),
      scores: Type.Optional(Type.Record(Type.String(), Type.Number())),
      value: Type.Optional(Type.Number({ description: 'regression' })),
    }),
    latencyMs: Type.Optional(Type.Number()),
    segments: Type.Optional(Type.Record(Type.String(), Type.String())),
    sensitive: Type.Optional(Type.Record(Type.String(), Type.String())),
    explanations: Type.Optional(Type.Record(Type.String(), Type.Number())),
    variant: Type.Optional(Type.String()),
    traceId: Type.Optional(Type.String()),
  },
  {
    examples: [
      {
        id: 'p-1',
        model: 'credit-risk',
        modelVersion: '3.2.0',
        time: '2026-11-22T10:15:30.123Z',
        features: { income: 52_000, region: 'north', age: null },
        prediction: { label: 'approve', score: 0.83 },
      },
    ],
  },
);

/** One statement of truth: `label` for classes, `value` for numbers. The highest revision counts, then the latest time. */
const FeedbackRecordSchema = Type.Object(
  {
    predictionId: Type.String(),
    model: Type.Optional(Type.String()),
    label: Type.Optional(Type.String()),
    value: Type.Optional(Type.Number()),
    time: Type.Optional(Type.String({ description: 'RFC 3339 with zone; left out: now' })),
    revision: Type.Optional(Type.Integer({ minimum: 0 })),
  },
  { examples: [{ predictionId: 'p-1', model: 'credit-risk', label: 'decline', time: '2026-11-29T08:00:00Z' }] },
);

const oneOrMany = <T extends TSchema>(record: T) =>
  Type.Union([record, Type.Array(record), Type.Object({ records: Type.Array(record) })]);

export const PredictionsBodySchema = oneOrMany(PredictionRecordSchema);
export const FeedbackBodySchema = oneOrMany(FeedbackRecordSchema);
