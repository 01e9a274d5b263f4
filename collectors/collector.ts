import { hash } from 'node:crypto';
import type { IdempotencyRecord, SealedBatch } from '../server/domain/batch.ts';
import { checkRequest } from './check-request.ts';
import type { Collector, CollectorOptions, CollectorStats, IngestRequest, IngestResult } from './collector-types.ts';
import { Delivery } from './deliver.ts';
import { envelopeKey } from './envelope-key.ts';
import { IdempotencyTable } from './idempotency-table.ts';
import { encodeFrame } from './journal/frame.ts';
import { Journal } from './journal/journal.ts';
import { openSealedBatch } from './journal/sealed-batch.ts';
import type { SealedSegment } from './journal/segment.ts';
import { recoverSegments, type Recovery } from './journal/recover-segments.ts';
import { Lane, type HeadOfRequest } from './lane.ts';
import { SchemaFeed } from './schema-feed.ts';

export type { Collector, CollectorOptions } from './collector-types.ts';

/** Small requests go to the first lane until it has this much to do: together they make fewer, larger frames. */
const LANE_BYTES_BEFORE_NEXT = 256 * 1024;
const FULL_RETRY_AFTER_SECONDS = 5;
const BUSY_RETRY_AFTER_SECONDS = 1;

/** Recovers the journal, starts the parser threads and begins to deliver. */
export async function startCollector(options: CollectorOptions): Promise<Collector> {
  const collector = new RunningCollector(options);
  await collector.start();
  return collector;
}

class RunningCollector implements Collector {
  private readonly options: CollectorOptions;
  private readonly journal: Journal;
  private readonly delivery: Delivery;
  private readonly feed: SchemaFeed;
  private readonly lanes: Lane[];
  private readonly idempotency = new IdempotencyTable();
  private recovery: Recovery = { segments: [], idempotency: [], cutSegments: 0 };
  private isStopping = false;

  constructor(options: CollectorOptions) {
    const { sink, logger, failpoint, schema, workers } = options;
    this.options = options;
    this.journal = new Journal(options, (segment) => this.delivery.push(segment));
    const onDelivered = (segment: SealedSegment) => this.journal.release(segment);
    this.delivery = new Delivery({ sink, logger, failpoint, onDelivered });
    this.feed = new SchemaFeed(schema, logger);
    this.lanes = Array.from({ length: Math.max(1, workers) }, () => new Lane(options, this.journal, this.feed));
  }

  async start(): Promise<void> {
    const { journalDir, logger, clock } = this.options;
    await this.journal.createDirectory();
    this.recovery = await recoverSegments(journalDir, logger, () => clock.now());
    this.idempotency.remember(this.recovery.idempotency);
    await Promise.all(this.lanes.map(({ thread }) => thread.start()));
    for (const segment of this.recovery.segments) {
      this.journal.add(segment);
      this.delivery.push(segment);
    }
  }

  async accept(request: IngestRequest): Promise<IngestResult> {
    const format = checkRequest(request, this.options.limits);
    if (typeof format !== 'string') return format;
    const { idempotencyKey, kind, source, defaultModel, defaultVersion, allowedModels } = request;
    const receivedAt = this.options.clock.now();
    const common = { kind, format, source, receivedAt, defaultModel, defaultVersion, allowedModels };
    // Two sources may count their keys alike.
    const givenKey = idempotencyKey === null ? null : `${source}/${idempotencyKey}`;
    const key = givenKey ?? (format === 'json' ? envelopeKey(request.body, source) : null);
    if (key === null) return this.ingest({ ...common, idempotency: null }, request.body);
    const bodyDigest = hash('sha256', request.body, 'hex');
    const head: HeadOfRequest = { ...common, idempotency: { key, bodyDigest } };
    return this.idempotency.once(key, bodyDigest, () => this.ingest(head, request.body));
  }

  stats(): CollectorStats {
    const { delivery, lanes, recovery, options } = this;
    const sum = (valueOf: (lane: Lane) => number) => lanes.reduce((total, lane) => total + valueOf(lane), 0);
    return {
      collectorId: options.collectorId,
      journalBytes: this.journal.bytes,
      journalBytesMax: options.limits.journalBytesMax,
      pendingBatches: delivery.pending,
      oldestPendingOpenedAt: delivery.oldestOpenedAt,
      pendingRequestBytes: sum(({ pendingBytes }) => pendingBytes),
      acceptedRows: sum(({ acceptedRows }) => acceptedRows),
      deliveredBatches: delivery.delivered,
      deliveryFailures: delivery.failures,
      lastDeliveryError: delivery.lastError,
      recoveredBatches: recovery.segments.length,
      cutSegments: recovery.cutSegments,
      workerRestarts: sum(({ thread }) => thread.restarts),
    };
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    await Promise.all(this.lanes.map((lane) => lane.settle()));
    await this.delivery.stop();
    await Promise.all(this.lanes.map(({ thread }) => thread.stop()));
    this.feed.close();
  }

  rememberIdempotency(records: IdempotencyRecord[]): void {
    this.idempotency.remember(records);
  }

  async flush(): Promise<void> {
    await Promise.all(this.lanes.map((lane) => lane.settle()));
    await this.delivery.drained();
  }

  /** Never refused for the journal's size: outcomes are made while the journal is drained, and refusing would stop that. */
  async appendFrozen(kind: 'outcomes', rows: number, body: Uint8Array, batchId: string): Promise<SealedBatch> {
    const frozen = this.delivery.find(batchId);
    if (frozen) return openSealedBatch(frozen);
    const segment = this.journal.open(kind, batchId);
    const { openedAt } = segment;
    const header = { rows, openedAt, accounts: [], deadLetters: [], idempotency: [] };
    const frame = encodeFrame(header, body.byteLength, (target) => target.set(body));
    try {
      await this.journal.append(segment, frame, rows);
    } finally {
      await this.journal.seal(segment);
    }
    const sealedAt = this.options.clock.now();
    const info = { id: batchId, kind, rows, bytes: frame.byteLength, openedAt, sealedAt };
    return { ...info, accounts: [], deadLetters: [], idempotency: [], readBody: async () => body };
  }

  pendingBatchIds(): string[] {
    return [...this.journal.undelivered];
  }

  private ingest(head: HeadOfRequest, body: Uint8Array): Promise<IngestResult> {
    const refusal = this.refuseForLoad(body.byteLength);
    return refusal ? Promise.resolve(refusal) : this.laneFor(body.byteLength).enqueue(head, body);
  }

  private refuseForLoad(bodyBytes: number): IngestResult | null {
    const { pendingRequestBytesMax, journalBytesMax } = this.options.limits;
    if (this.isStopping) {
      const detail = 'the collector is shutting down; send the body again shortly';
      return { status: 503, code: 'SHUTTING_DOWN', detail, retryAfterSeconds: FULL_RETRY_AFTER_SECONDS };
    }
    const pendingBytes = this.lanes.reduce((sum, lane) => sum + lane.pendingBytes, 0);
    if (this.journal.bytes + pendingBytes >= journalBytesMax) {
      const detail = `the journal holds ${this.journal.bytes} of ${journalBytesMax} bytes because storage is behind; send again later`;
      return { status: 503, code: 'JOURNAL_FULL', detail, retryAfterSeconds: FULL_RETRY_AFTER_SECONDS };
    }
    if (pendingBytes + bodyBytes <= pendingRequestBytesMax || pendingBytes === 0) return null;
    const detail = `${pendingBytes} bytes of requests are waiting to be read; send again shortly, with fewer requests at once`;
    return { status: 503, code: 'COLLECTOR_BUSY', detail, retryAfterSeconds: BUSY_RETRY_AFTER_SECONDS };
  }

  private laneFor(bodyBytes: number): Lane {
    const idle = this.lanes.find(({ pendingBytes }) => pendingBytes + bodyBytes <= LANE_BYTES_BEFORE_NEXT);
    return idle ?? this.lanes.reduce((least, lane) => (lane.pendingBytes < least.pendingBytes ? lane : least));
  }
}
