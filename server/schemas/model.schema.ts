import Type, { type Static } from 'typebox';

export const ReferenceSchema = Type.Object({
  id: Type.String(),
  kind: Type.Union([Type.Literal('imported'), Type.Literal('window'), Type.Literal('provisional')]),
  modelVersion: Type.Union([Type.String(), Type.Null()]),
  from: Type.Union([Type.String(), Type.Null()]),
  to: Type.Union([Type.String(), Type.Null()]),
  n: Type.Number(),
  createdAt: Type.String(),
  createdBy: Type.String(),
  status: Type.Union([
    Type.Literal('refolding'),
    Type.Literal('ready'),
    Type.Literal('superseded'),
    Type.Literal('failed'),
  ]),
  progress: Type.Number(),
});

export const FeatureDefinitionSchema = Type.Object({
  name: Type.String(),
  kind: Type.Union([Type.Literal('numeric'), Type.Literal('categorical'), Type.Literal('boolean')]),
  origin: Type.Union([Type.Literal('declared'), Type.Literal('inferred')]),
});

/** `GET /api/v1/models/:model` */
export const ModelDetailSchema = Type.Object({
  id: Type.String(),
  task: Type.Union([Type.Literal('binary'), Type.Literal('multiclass'), Type.Literal('regression')]),
  registration: Type.Union([Type.Literal('declared'), Type.Literal('inferred')]),
  schemaMode: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  features: Type.Array(FeatureDefinitionSchema),
  /** Features seen in traffic that a closed schema does not have. */
  unknownFeatures: Type.Array(Type.Object({ feature: Type.String(), kind: Type.String(), firstSeenAt: Type.String() })),
  positiveLabel: Type.String(),
  negativeLabel: Type.String(),
  threshold: Type.Number(),
  scoreScale: Type.Union([Type.Literal('probability'), Type.Literal('unbounded')]),
  segments: Type.Array(Type.String()),
  sensitiveFeatures: Type.Array(Type.String()),
  classes: Type.Array(Type.String()),
  intersections: Type.Array(Type.Array(Type.String())),
  minGroupN: Type.Number(),
  stage: Type.String(),
  versions: Type.Array(Type.Object({ version: Type.String(), firstSeenAt: Type.String() })),
  references: Type.Array(ReferenceSchema),
  createdAt: Type.String(),
  revision: Type.Number(),
});

export type ReferenceWire = Static<typeof ReferenceSchema>;
export type ModelDetail = Static<typeof ModelDetailSchema>;
