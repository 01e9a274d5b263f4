import Type from 'typebox';

/** A query or body with members that are not declared is refused: a mistyped name must not be ignored in silence. */
const closed = { additionalProperties: false } as const;

const NameSchema = Type.String({ minLength: 1, maxLength: 1024 });

export const ModelParamsSchema = Type.Object({ model: NameSchema }, closed);
export const FeatureParamsSchema = Type.Object({ model: NameSchema, feature: NameSchema }, closed);
export const KeyParamsSchema = Type.Object({ key: NameSchema }, closed);
export const NoQuerySchema = Type.Object({}, closed);

const windowMembers = {
  window: Type.Optional(
    Type.String({
      maxLength: 20,
      description: 'length of a window that ends now: 15m, 24h, 7d, 4w or all',
      examples: ['24h'],
    }),
  ),
  from: Type.Optional(
    Type.String({
      maxLength: 40,
      description: 'start, inclusive, RFC 3339 with zone',
      examples: ['2026-01-31T00:00:00Z'],
    }),
  ),
  to: Type.Optional(Type.String({ maxLength: 40, description: 'end, exclusive, RFC 3339 with zone; default: now' })),
};

const VersionSchema = Type.Optional(Type.String({ maxLength: 256, description: 'only this model version' }));
const sliceMembers = {
  ...windowMembers,
  version: VersionSchema,
  segment: Type.Optional(
    Type.String({ maxLength: 1024, description: 'only this segment, as name=value', examples: ['channel=web'] }),
  ),
};
const ExactSchema = Type.Optional(
  Type.Boolean({ description: 'compute on raw rows where a metric has an exact form; slower' }),
);
const MetricNameSchema = Type.Optional(
  Type.String({ maxLength: 100, description: 'id of a metric', examples: ['population_stability_index'] }),
);

export const WindowQuerySchema = Type.Object(windowMembers, closed);
export const SliceQuerySchema = Type.Object(sliceMembers, closed);
export const FairnessQuerySchema = Type.Object({ ...windowMembers, version: VersionSchema }, closed);
export const DriftQuerySchema = Type.Object(
  {
    ...sliceMembers,
    exact: ExactSchema,
    interval: Type.Optional(Type.Boolean({ description: 'add intervals that take resampling' })),
  },
  closed,
);
export const HeatmapQuerySchema = Type.Object({ ...sliceMembers, metric: MetricNameSchema }, closed);
export const MetricsQuerySchema = Type.Object(
  {
    ...sliceMembers,
    metric: MetricNameSchema,
    feature: Type.Optional(Type.String({ maxLength: 1024, description: 'only this feature' })),
    group: Type.Optional(
      Type.String({ maxLength: 1024, description: 'a sensitive feature, or one of its groups as name=value' }),
    ),
    exact: ExactSchema,
  },
  closed,
);

export const RejectedQuerySchema = Type.Object(
  {
    model: Type.Optional(Type.String({ maxLength: 256 })),
    code: Type.Optional(Type.String({ maxLength: 100, description: 'only events refused with this code' })),
    cursor: Type.Optional(Type.String({ maxLength: 1024, description: '`nextCursor` of the page before' })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 500 })),
  },
  closed,
);
