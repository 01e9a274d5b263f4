import Type from 'typebox';
import { MetricResultSchema, WindowSchema } from './metric-result.schema.ts';
import { ReferenceSchema } from './model.schema.ts';

/** `GET /api/v1/models/:model/metrics` */
export const MetricsAnswerSchema = Type.Object({
  model: Type.String(),
  window: WindowSchema,
  results: Type.Array(
    Type.Object({
      metric: Type.String(),
      feature: Type.Optional(Type.String()),
      group: Type.Optional(Type.String()),
      segment: Type.Optional(Type.String()),
      version: Type.Optional(Type.String()),
      result: Type.Unsafe<object>(MetricResultSchema),
    }),
  ),
});

/** `GET /api/v1/models/:model/references` */
export const ReferenceListSchema = Type.Object({ references: Type.Array(ReferenceSchema) });

/** `POST /api/v1/rejected/replay` */
export const ReplayRequestSchema = Type.Object(
  {
    ids: Type.Array(Type.String({ minLength: 1, maxLength: 512 }), { minItems: 1, maxItems: 1000, uniqueItems: true }),
  },
  { additionalProperties: false },
);
export const ReplayAnswerSchema = Type.Object({
  accepted: Type.Number(),
  rejected: Type.Number(),
  results: Type.Array(Type.Object({ id: Type.String(), status: Type.String() })),
});
