import Type, { type Static } from 'typebox';
import { MetricResultSchema, VerdictSchema, WindowSchema } from './metric-result.schema.ts';

export const HealthStatusSchema = Type.Union([
  Type.Literal('ok'),
  Type.Literal('warning'),
  Type.Literal('critical'),
  Type.Literal('insufficient_evidence'),
  Type.Literal('no_data'),
  Type.Literal('stale'),
]);

/** One row of the fleet: why a model is amber in one clause, with the evidence behind it. */
export const FleetRowSchema = Type.Object({
  model: Type.String(),
  task: Type.Union([Type.Literal('binary'), Type.Literal('multiclass'), Type.Literal('regression')]),
  registration: Type.Union([Type.Literal('declared'), Type.Literal('inferred')]),
  stage: Type.String(),
  versions: Type.Array(Type.Object({ version: Type.String(), firstSeenAt: Type.String() })),
  health: Type.Object({ status: HealthStatusSchema, reason: Type.String() }),
  /** Predictions per step, oldest first; the last step is the running one. */
  traffic: Type.Object({
    from: Type.String(),
    stepSeconds: Type.Number(),
    counts: Type.Array(Type.Number()),
    /** Predictions received in the last minute, per second. */
    perSecond: Type.Number(),
  }),
  /** The window the drift and performance figures of this row were computed on. */
  window: WindowSchema,
  predictions: Type.Number({ description: 'predictions in the window' }),
  labelCoverage: Type.Union([MetricResultSchema, Type.Null()]),
  worstDrift: Type.Union([
    Type.Object({ feature: Type.String(), metric: Type.String(), result: MetricResultSchema, verdict: VerdictSchema }),
    Type.Null(),
  ]),
  performance: Type.Union([
    Type.Object({
      metric: Type.String(),
      result: MetricResultSchema,
      /** The window of labelled predictions it rests on, often older than `window`. */
      window: WindowSchema,
    }),
    Type.Null(),
  ]),
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
  /** Newest event time and newest receive time, ISO 8601; null before the first event. */
  newestOccurredAt: Type.Union([Type.String(), Type.Null()]),
  newestReceivedAt: Type.Union([Type.String(), Type.Null()]),
  evaluatedAt: Type.String(),
});

export const FleetSchema = Type.Object({
  rows: Type.Array(FleetRowSchema),
  seq: Type.Number(),
  epoch: Type.String(),
  asOf: Type.String(),
});

export type HealthStatus = Static<typeof HealthStatusSchema>;
export type FleetRow = Static<typeof FleetRowSchema>;
export type Fleet = Static<typeof FleetSchema>;
