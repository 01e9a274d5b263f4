import Type from 'typebox';

const members = {
  id: Type.String(),
  name: Type.String(),
  prefix: Type.String({ description: 'first characters, enough to recognise the key' }),
  scopes: Type.Array(Type.String()),
  models: Type.Array(Type.String(), { description: 'models the key is limited to; empty: all' }),
  createdAt: Type.String(),
  revokedAt: Type.Union([Type.String(), Type.Null()]),
};

export const KeySchema = Type.Object(members);
export const KeyListSchema = Type.Object({ keys: Type.Array(KeySchema) });
export const NewKeySchema = Type.Object({ ...members, key: Type.String({ description: 'shown this once' }) });

/** `POST /api/v1/keys` */
export const CreateKeySchema = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 100 }),
    scopes: Type.Array(Type.Union([Type.Literal('ingest'), Type.Literal('read'), Type.Literal('admin')]), {
      minItems: 1,
      uniqueItems: true,
    }),
    models: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { maxItems: 1000 })),
  },
  { additionalProperties: false, examples: [{ name: 'scoring service', scopes: ['ingest'], models: ['credit-risk'] }] },
);

/** `DELETE /api/v1/keys/:key` */
export const RevokeKeyQuerySchema = Type.Object(
  { reason: Type.Optional(Type.String({ minLength: 1, maxLength: 500, description: 'kept in the record' })) },
  { additionalProperties: false },
);
