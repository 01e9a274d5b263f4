import Type, { type Static } from 'typebox';
import { MetricResultSchema, VerdictSchema, WindowSchema } from './metric-result.schema.ts';

export const FeatureDriftSchema = Type.Object({
  feature: Type.String({ description: 'name, or $score, $label, $value for the prediction itself' }),
  kind: Type.Union([Type.Literal('numeric'), Type.Literal('categorical'), Type.Literal('boolean')]),
  /** By metric id: population_stability_index, jensen_shannon_distance, kolmogorov_smirnov, … */
  metrics: Type.Record(Type.String(), MetricResultSchema),
  verdict: VerdictSchema,
});

/** `GET /api/v1/models/:model/drift` */
export const DriftSchema = Type.Object({
  model: Type.String(),
  version: Type.Union([Type.String(), Type.Null()]),
  segment: Type.Union([Type.String(), Type.Null()]),
  window: WindowSchema,
  reference: Type.Union([
    Type.Object({
      id: Type.String(),
      kind: Type.String(),
      n: Type.Number(),
      status: Type.String(),
      progress: Type.Number(),
    }),
    Type.Null(),
  ]),
  n: Type.Number(),
  exact: Type.Boolean({ description: 'true: kolmogorov_smirnov and wasserstein were computed on raw rows' }),
  /** Worst first. */
  features: Type.Array(FeatureDriftSchema),
  driftedShare: MetricResultSchema,
  computedInMs: Type.Number(),
  asOf: Type.String(),
});

/** `GET /api/v1/models/:model/drift/heatmap`: at most 300 features × 200 buckets. */
export const HeatmapSchema = Type.Object({
  model: Type.String(),
  metric: Type.String(),
  window: WindowSchema,
  stepSeconds: Type.Number(),
  /** Start of each bucket, ISO 8601, ascending. */
  buckets: Type.Array(Type.String()),
  /** Predictions per bucket. */
  n: Type.Array(Type.Number()),
  /** Worst first; `values[i]` is null where evidence is insufficient or there is no data. */
  features: Type.Array(
    Type.Object({
      feature: Type.String(),
      kind: Type.String(),
      values: Type.Array(Type.Union([Type.Number(), Type.Null()])),
      /** 'v' value, 'i' insufficient evidence, 'n' no data; one letter a bucket. */
      states: Type.String(),
    }),
  ),
  threshold: Type.Object({ warning: Type.Number(), critical: Type.Number() }),
  nMin: Type.Number(),
  reduced: Type.Union([Type.String(), Type.Null()], { description: 'what was left out and how to narrow, or null' }),
  asOf: Type.String(),
});

/** `GET /api/v1/models/:model/features/:feature`: reference and current side by side. */
export const FeatureOverlaySchema = Type.Object({
  model: Type.String(),
  feature: Type.String(),
  kind: Type.Union([Type.Literal('numeric'), Type.Literal('categorical'), Type.Literal('boolean')]),
  window: WindowSchema,
  reference: Type.Union([Type.Object({ id: Type.String(), kind: Type.String(), n: Type.Number() }), Type.Null()]),
  /** Regular bins in order, then under/overflow or other, missing, non-finite. Edges are null for categories and special bins. */
  bins: Type.Array(
    Type.Object({
      label: Type.String(),
      lower: Type.Union([Type.Number(), Type.Null()]),
      upper: Type.Union([Type.Number(), Type.Null()]),
      special: Type.Boolean(),
      reference: Type.Number(),
      current: Type.Number(),
    }),
  ),
  nReference: Type.Number(),
  nCurrent: Type.Number(),
  moments: Type.Object({
    reference: Type.Union([
      Type.Object({ mean: Type.Number(), std: Type.Number(), min: Type.Number(), max: Type.Number() }),
      Type.Null(),
    ]),
    current: Type.Union([
      Type.Object({ mean: Type.Number(), std: Type.Number(), min: Type.Number(), max: Type.Number() }),
      Type.Null(),
    ]),
  }),
  metrics: Type.Record(Type.String(), MetricResultSchema),
  verdict: VerdictSchema,
  /** The same feature per declared segment, largest shift first: where the change comes from. */
  segments: Type.Array(Type.Object({ segment: Type.String(), n: Type.Number(), result: MetricResultSchema })),
  asOf: Type.String(),
});

export type FeatureDrift = Static<typeof FeatureDriftSchema>;
export type Drift = Static<typeof DriftSchema>;
export type Heatmap = Static<typeof HeatmapSchema>;
export type FeatureOverlay = Static<typeof FeatureOverlaySchema>;
