import type { CollectorOptions, IngestResult } from './collector-types.ts';
import { JournalError } from './journal/journal-error.ts';
import type { Journal } from './journal/journal.ts';
import { OpenBatch } from './open-batch.ts';
import { ParserThread } from './parser-thread.ts';
import type { SchemaFeed } from './schema-feed.ts';
import type { EventBatchKind, FromWorker, RequestHead, ToWorker } from './worker/worker-messages.ts';

/** Requests that wait while the thread is busy go together in its next message, up to this size. */
const MESSAGE_BYTES_MAX = 1024 * 1024;
const GZIP_RATIO_ASSUMED = 10;
const FAILURE_LOG_INTERVAL_MS = 10_000;

type Frames = Extract<FromWorker, { type: 'frames' }>;
type ParseMessage = Extract<ToWorker, { type: 'parse' }>;
export type HeadOfRequest = Omit<RequestHead, 'offset' | 'byteLength'>;
type Pending = { head: HeadOfRequest; body: Uint8Array; resolve: (result: IngestResult) => void };
type Batches = Partial<Record<EventBatchKind, OpenBatch>>;
type InFlight = { requests: Pending[]; batches: Batches };

const batchKinds = ['predictions', 'feedback'] as const;

const batchKindOf = (head: HeadOfRequest): EventBatchKind => (head.kind === 'prediction' ? 'predictions' : 'feedback');
const retryLater = (code: string, detail: string): IngestResult => ({
  status: 503,
  code,
  detail,
  retryAfterSeconds: 1,
});

/** One parser thread with its open batches: requests in, frames on disk, answers out. */
export class Lane {
  readonly thread: ParserThread;
  acceptedRows = 0;
  pendingBytes = 0;
  private readonly options: CollectorOptions;
  private readonly journal: Journal;
  private readonly queue: Pending[] = [];
  private readonly unanswered = new Set<Promise<unknown>>();
  /** Full batches whose last frames are still being written. */
  private readonly sealing = new Set<OpenBatch>();
  private inFlight: InFlight | null = null;
  private mustForgetRecent = false;
  private failureLoggedAtMs = -Infinity;
  private batches: Batches = {};

  constructor(options: CollectorOptions, journal: Journal, feed: SchemaFeed) {
    this.options = options;
    this.journal = journal;
    const { limits, unknownModels, logger } = options;
    this.thread = new ParserThread({
      settings: { limits, unknownModels },
      feed,
      logger,
      onFrames: (frames) => this.receive(frames),
      onLost: () => this.failInFlight(),
      onReady: () => this.pump(),
    });
  }

  enqueue(head: HeadOfRequest, body: Uint8Array): Promise<IngestResult> {
    this.pendingBytes += body.byteLength;
    const answer = new Promise<IngestResult>((resolve) => this.queue.push({ head, body, resolve })).finally(() => {
      this.pendingBytes -= body.byteLength;
      this.unanswered.delete(answer);
    });
    this.unanswered.add(answer);
    this.pump();
    return answer;
  }

  /** Answers everything that was enqueued so far, then seals what is open. */
  async settle(): Promise<void> {
    await Promise.all(this.unanswered);
    const open = Object.values(this.batches);
    for (const batch of open) batch.isDue = true;
    this.sealDue();
    await Promise.all([...open, ...this.sealing].map((batch) => batch.whenSealed));
  }

  private pump(): void {
    if (this.inFlight !== null || this.queue.length === 0 || !this.thread.isReady) return;
    const requests = this.takeFromQueue();
    const batches: Batches = {};
    for (const { head } of requests) batches[batchKindOf(head)] = this.batchOf(batchKindOf(head));
    this.inFlight = { requests, batches };
    const positions = { predictions: batches.predictions?.position, feedback: batches.feedback?.position };
    const message: ParseMessage = { ...packBodies(requests), positions, mustForgetRecent: this.mustForgetRecent };
    this.mustForgetRecent = false;
    this.thread.post(message, [message.storage]);
  }

  private takeFromQueue(): Pending[] {
    let bytes = 0;
    let n = 0;
    while (n < this.queue.length && (n === 0 || bytes + parsedBytesOf(this.queue[n].body) <= MESSAGE_BYTES_MAX)) {
      bytes += parsedBytesOf(this.queue[n++].body);
    }
    return this.queue.splice(0, n);
  }

  private batchOf(kind: EventBatchKind): OpenBatch {
    const { limits } = this.options;
    const batch = this.batches[kind] ?? new OpenBatch(this.journal, kind, limits, () => this.sealDue());
    this.batches[kind] = batch;
    return batch;
  }

  private receive({ parts, results }: Frames): void {
    const inFlight = this.inFlight;
    if (!inFlight) return;
    this.inFlight = null;
    const commits: Partial<Record<EventBatchKind, Promise<void>>> = {};
    for (const part of parts) commits[part.kind] = inFlight.batches[part.kind]?.append(part, this.options.failpoint);
    this.sealDue();
    this.pump();
    for (const kind of batchKinds) void this.answer(inFlight, kind, results, commits[kind]);
  }

  private async answer(
    { requests, batches }: InFlight,
    kind: EventBatchKind,
    results: IngestResult[],
    commit: Promise<void> | undefined,
  ): Promise<void> {
    let failure: IngestResult | null = null;
    try {
      await commit;
    } catch (error) {
      failure = this.failureOf(error);
      this.mustForgetRecent = true;
      if (batches[kind]?.segment.isAbandoned && this.batches[kind] === batches[kind]) this.seal(kind);
    }
    requests.forEach(({ head, resolve }, i) => {
      if (batchKindOf(head) !== kind) return;
      const result = failure ?? results[i];
      if (result.status === 202) this.acceptedRows += result.reply.accepted;
      resolve(result);
    });
  }

  private failureOf(error: unknown): IngestResult {
    this.logFailure(error);
    if (error instanceof JournalError && error.kind === 'no_space') {
      const detail = 'the disk of the journal is full, so the body was not taken; make room, then send it again';
      return { status: 507, code: 'DISK_FULL', detail, retryAfterSeconds: 5 };
    }
    return retryLater('JOURNAL_UNAVAILABLE', 'the journal cannot be written, so the body was not taken; send it again');
  }

  /** Under load a full disk fails thousands of times a second; one line in ten seconds is enough. */
  private logFailure(error: unknown): void {
    const { clock, logger } = this.options;
    if (clock.monotonicMs() - this.failureLoggedAtMs < FAILURE_LOG_INTERVAL_MS) return;
    this.failureLoggedAtMs = clock.monotonicMs();
    logger.error({ err: error }, 'the journal cannot be written, so nothing is accepted; check its disk');
  }

  private failInFlight(): void {
    const lost = this.inFlight?.requests ?? [];
    this.inFlight = null;
    for (const { resolve } of lost) {
      resolve(retryLater('PARSER_RESTARTED', 'the parser was restarted before the body was taken; send it again'));
    }
    this.sealDue();
  }

  /** While a frame of a batch is being built, the batch must not end: then it is sealed right after that frame. */
  private sealDue(): void {
    for (const kind of batchKinds) {
      const batch = this.batches[kind];
      const isInUse = batch !== undefined && this.inFlight?.batches[kind] === batch;
      if (batch && !isInUse && (batch.isDue || batch.isEmpty)) this.seal(kind);
    }
  }

  private seal(kind: EventBatchKind): void {
    const batch = this.batches[kind];
    if (!batch) return;
    this.sealing.add(batch);
    void batch.seal();
    void batch.whenSealed.finally(() => this.sealing.delete(batch));
    delete this.batches[kind];
  }
}

/** A gzip body is larger once inflated; a thread should not hold many such bodies at once. */
function parsedBytesOf(body: Uint8Array): number {
  return body[0] === 0x1f && body[1] === 0x8b ? body.byteLength * GZIP_RATIO_ASSUMED : body.byteLength;
}

function packBodies(requests: Pending[]): Pick<ParseMessage, 'type' | 'storage' | 'requests'> {
  const storage = new ArrayBuffer(requests.reduce((sum, { body }) => sum + body.byteLength, 0));
  const bytes = new Uint8Array(storage);
  let offset = 0;
  const heads = requests.map(({ head, body }) => {
    bytes.set(body, offset);
    const placed = { ...head, offset, byteLength: body.byteLength };
    offset += body.byteLength;
    return placed;
  });
  return { type: 'parse', storage, requests: heads };
}
