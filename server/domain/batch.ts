import type { IngestOutcome } from './events.ts';

export type BatchKind = 'predictions' | 'feedback' | 'outcomes';

/** Where a batch lies and what it holds. Its frozen bytes are the insert body; its id is the unit of exactly-once. */
export type BatchInfo = {
  /** 32 hex digits, ascending in time: 12 of milliseconds, 20 random. */
  id: string;
  kind: BatchKind;
  rows: number;
  bytes: number;
  openedAt: number;
  sealedAt: number;
};

/** What the requests of a batch brought besides rows: counts and dead letters, made durable in the same frames. */
export type BatchAccount = {
  /** Start of the minute of receipt, milliseconds. */
  minute: number;
  source: string;
  model: string;
  outcome: IngestOutcome;
  /** Rejection code for `rejected` and `quarantined`, else empty. */
  code: string;
  n: number;
};

export type DeadLetter = {
  id: string;
  receivedAt: number;
  source: string;
  kind: 'prediction' | 'feedback';
  model: string;
  index: number;
  code: string;
  detail: string;
  /** The offending event as received, cut to 64 KiB. */
  body: string;
};

/** An `Idempotency-Key` and the answer it got. */
export type IdempotencyRecord = { key: string; bodyDigest: string; batchId: string; reply: string; receivedAt: number };

export type SealedBatch = BatchInfo & {
  accounts: BatchAccount[];
  deadLetters: DeadLetter[];
  idempotency: IdempotencyRecord[];
  /** The whole Arrow IPC stream (schema, record batches, end), read from the journal. */
  readBody(): Promise<Uint8Array>;
};
