import Type, { type Static } from 'typebox';

export const IntervalSchema = Type.Object({
  lower: Type.Number(),
  upper: Type.Number(),
  level: Type.Number(),
  method: Type.String(),
});

/** The wire form of `MetricResult`: a value with its evidence, or why there is none. */
export const MetricResultSchema = Type.Object({
  kind: Type.Union([Type.Literal('value'), Type.Literal('insufficient_evidence'), Type.Literal('no_data')]),
  value: Type.Optional(Type.Number()),
  n: Type.Optional(Type.Number()),
  nReference: Type.Optional(Type.Number()),
  nMin: Type.Optional(Type.Number()),
  reason: Type.Optional(Type.String()),
  interval: Type.Optional(Type.Union([IntervalSchema, Type.Null()])),
  pValue: Type.Optional(Type.Number()),
  noiseFloor: Type.Optional(Type.Number()),
  labelCoverage: Type.Optional(Type.Number()),
  errorBound: Type.Optional(Type.Number()),
  definition: Type.Optional(Type.String()),
});

/** `ok`, `breached` … decided by effect, evidence and adjusted p; `reasons` are sentences for people. */
export const VerdictSchema = Type.Object({
  status: Type.Union([
    Type.Literal('ok'),
    Type.Literal('breached'),
    Type.Literal('insufficient_evidence'),
    Type.Literal('no_data'),
  ]),
  severity: Type.Optional(Type.Union([Type.Literal('warning'), Type.Literal('critical')])),
  reasons: Type.Array(Type.String()),
});

export const WindowSchema = Type.Object({ from: Type.String(), to: Type.String() });

export type MetricResultWire = Static<typeof MetricResultSchema>;
export type VerdictWire = Static<typeof VerdictSchema>;
