import Type, { type Static } from 'typebox';

export const RejectionSchema = Type.Object({
  index: Type.Number(),
  code: Type.String(),
  pointer: Type.String(),
  detail: Type.String(),
});

/** The 202 of `POST /api/v1/predictions` and `/api/v1/feedback`. */
export const IngestReplySchema = Type.Object({
  batchId: Type.String(),
  accepted: Type.Number(),
  duplicates: Type.Number({ description: 'events of this body that repeat an earlier event of the same body' }),
  rejected: Type.Number(),
  errors: Type.Array(RejectionSchema, { maxItems: 100 }),
  errorsTruncated: Type.Boolean(),
});

/** `GET /api/v1/ingestion`: per source, what was received and what became of it. */
export const IngestionSchema = Type.Object({
  window: Type.Object({ from: Type.String(), to: Type.String() }),
  sources: Type.Array(
    Type.Object({
      source: Type.String(),
      received: Type.Number(),
      accepted: Type.Number(),
      duplicate: Type.Number(),
      rejected: Type.Number(),
      late: Type.Number(),
      quarantined: Type.Number(),
      reasons: Type.Array(Type.Object({ code: Type.String(), n: Type.Number() })),
      lastReceivedAt: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  journal: Type.Object({
    bytes: Type.Number(),
    bytesMax: Type.Number(),
    pendingBatches: Type.Number(),
    oldestPendingSeconds: Type.Union([Type.Number(), Type.Null()]),
  }),
  engine: Type.Object({ state: Type.String(), restarts: Type.Number() }),
  feedback: Type.Object({ unpaired: Type.Number() }),
  asOf: Type.String(),
});

/** `GET /api/v1/rejected`: dead letters, newest first. */
export const RejectedListSchema = Type.Object({
  rows: Type.Array(
    Type.Object({
      id: Type.String(),
      receivedAt: Type.String(),
      source: Type.String(),
      kind: Type.Union([Type.Literal('prediction'), Type.Literal('feedback')]),
      model: Type.String(),
      index: Type.Number(),
      code: Type.String(),
      detail: Type.String(),
      body: Type.String(),
      replayedAt: Type.Union([Type.String(), Type.Null()]),
    }),
  ),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
});

export type IngestReply = Static<typeof IngestReplySchema>;
export type Ingestion = Static<typeof IngestionSchema>;
export type RejectedList = Static<typeof RejectedListSchema>;
