import Type from 'typebox';

const NameSchema = Type.String({ minLength: 1, maxLength: 256 });
const NamesSchema = Type.Array(NameSchema, { maxItems: 200, uniqueItems: true });
const LabelSchema = Type.String({ minLength: 1, maxLength: 256 });

/** The same names that events may carry. */
const ModelNameSchema = Type.String({
  pattern: '^[\\p{L}\\p{N}][\\p{L}\\p{M}\\p{N}._:@ -]{0,127}$',
  description: '1 to 128 letters, digits, blanks and . _ : @ -, beginning with a letter or digit',
});

const changeableMembers = {
  schemaMode: Type.Optional(
    Type.Union([Type.Literal('open'), Type.Literal('closed')], {
      description: 'open: new features join the schema; closed: they are kept beside it and reported',
    }),
  ),
  positiveLabel: Type.Optional(LabelSchema),
  negativeLabel: Type.Optional(LabelSchema),
  threshold: Type.Optional(Type.Number({ description: 'score at which a prediction counts as positive' })),
  intersections: Type.Optional(
    Type.Array(Type.Array(NameSchema, { minItems: 2, maxItems: 4, uniqueItems: true }), { maxItems: 20 }),
  ),
  minGroupN: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000_000 })),
};

/** `POST /api/v1/models` */
export const RegisterModelSchema = Type.Object(
  {
    model: ModelNameSchema,
    task: Type.Union([Type.Literal('binary'), Type.Literal('multiclass'), Type.Literal('regression')]),
    features: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: NameSchema,
            kind: Type.Union([Type.Literal('numeric'), Type.Literal('categorical'), Type.Literal('boolean')]),
          },
          { additionalProperties: false },
        ),
        { maxItems: 2000 },
      ),
    ),
    scoreScale: Type.Optional(Type.Union([Type.Literal('probability'), Type.Literal('unbounded')])),
    valueCenter: Type.Optional(Type.Number({ description: 'a typical actual value, for regression' })),
    segments: Type.Optional(NamesSchema),
    sensitiveFeatures: Type.Optional(NamesSchema),
    classes: Type.Optional(NamesSchema),
    ...changeableMembers,
  },
  {
    additionalProperties: false,
    examples: [{ model: 'credit-risk', task: 'binary', positiveLabel: 'approve', negativeLabel: 'decline' }],
  },
);

/** `PATCH /api/v1/models/:model` */
export const ChangeModelSchema = Type.Object(
  {
    registration: Type.Optional(Type.Literal('declared', { description: 'takes over a model that was inferred' })),
    ...changeableMembers,
  },
  { additionalProperties: false, minProperties: 1, examples: [{ threshold: 0.6 }] },
);

/** `POST /api/v1/models/:model/references` */
export const CreateReferenceSchema = Type.Object(
  {
    kind: Type.Union([Type.Literal('window'), Type.Literal('imported')]),
    modelVersion: Type.Optional(Type.Union([Type.String({ minLength: 1, maxLength: 256 }), Type.Null()])),
    from: Type.String({ maxLength: 40, description: 'start, inclusive, RFC 3339 with zone' }),
    to: Type.String({ maxLength: 40, description: 'end, exclusive, RFC 3339 with zone' }),
  },
  {
    additionalProperties: false,
    examples: [{ kind: 'window', from: '2026-01-01T00:00:00Z', to: '2026-01-31T00:00:00Z' }],
  },
);
