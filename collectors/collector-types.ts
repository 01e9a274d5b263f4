import type { BatchKind, IdempotencyRecord, SealedBatch } from '../server/domain/batch.ts';
import type { BatchSink } from '../server/ports/batch-sink.ts';
import type { Clock } from '../server/ports/clock.ts';
import type { Logger } from '../server/ports/logger.ts';
import type { SchemaSource, UnknownModelPolicy } from '../server/ports/schema-source.ts';
import type { IngestReply } from '../server/schemas/ingest.schema.ts';

export type EventKind = 'prediction' | 'feedback';

/** Every bound of ingestion; sizes in bytes, times in milliseconds. */
export type CollectorLimits = {
  /** One request body, after inflation. */
  bodyBytesMax: number;
  recordsMax: number;
  /** One record, also inside a JSON array. */
  lineBytesMax: number;
  depthMax: number;
  /** Features of one record, and of one model's open schema. */
  featuresMax: number;
  idBytesMax: number;
  stringBytesMax: number;
  journalBytesMax: number;
  batchRowsMax: number;
  batchBytesMax: number;
  batchAgeMs: number;
  futureSkewMs: number;
  modelsMax: number;
  classesMax: number;
  /** Request bodies held in memory, waiting for a worker or being parsed. */
  pendingRequestBytesMax: number;
};

export type CollectorOptions = {
  journalDir: string;
  collectorId: string;
  schema: SchemaSource;
  sink: BatchSink;
  clock: Clock;
  logger: Logger;
  unknownModels: UnknownModelPolicy;
  limits: CollectorLimits;
  /** Parser threads, each with a journal lane of its own. */
  workers: number;
  /** Awaited at named points of the durable path; fault tests kill the process there. */
  failpoint?: (name: string) => void | Promise<void>;
};

export type IngestRequest = {
  kind: EventKind;
  body: Uint8Array;
  contentType: string;
  contentEncoding: string | null;
  source: string;
  idempotencyKey: string | null;
  defaultModel: string | null;
  defaultVersion: string | null;
  /** Models the caller's key may write to; null means all. */
  allowedModels: readonly string[] | null;
};

export type IngestResult =
  | { status: 202; reply: IngestReply }
  | {
      status: 400 | 409 | 413 | 415 | 422 | 429 | 503 | 507;
      code: string;
      detail: string;
      retryAfterSeconds?: number;
      reply?: IngestReply;
    };

export type CollectorStats = {
  collectorId: string;
  journalBytes: number;
  journalBytesMax: number;
  /** Sealed batches that the sink has not taken yet. */
  pendingBatches: number;
  /** When the oldest of them was opened, milliseconds since the epoch. */
  oldestPendingOpenedAt: number | null;
  pendingRequestBytes: number;
  acceptedRows: number;
  deliveredBatches: number;
  deliveryFailures: number;
  lastDeliveryError: string | null;
  recoveredBatches: number;
  /** Damaged journal tails cut off at the last start. */
  cutSegments: number;
  workerRestarts: number;
};

export type Collector = {
  accept(request: IngestRequest): Promise<IngestResult>;
  stats(): CollectorStats;
  stop(): Promise<void>;
  rememberIdempotency(records: IdempotencyRecord[]): void;
  /** Seals and delivers everything accepted so far; while storage is away it waits. */
  flush(): Promise<void>;
  /** The same durable path for batches that the service makes itself; resolves once the batch is on disk. */
  appendFrozen(
    kind: Extract<BatchKind, 'outcomes'>,
    rows: number,
    body: Uint8Array,
    batchId: string,
  ): Promise<SealedBatch>;
  /** Batches that are open, sealed or being delivered: not counted yet. */
  pendingBatchIds(): string[];
};
