import type { CollectorOptions, IngestResult } from './collector-types.ts';
import { JournalError } from './journal/journal-error.ts';
import type { Journal } from './journal/journal.ts';
import { OpenBatch } from './open-batch.ts';
import { ParserThread } from './parser-thread.ts';
import type { SchemaFeed } from './schema-feed.ts';
import type { EventBatchKind, FromWorker, RequestHead, ToWorker } from './worker/worker-messages.ts';

/** Requests that wait while the thread is busy go together in its next message, up to this size. */
const MESSAGE_BYTES_MAX = 1024 * 1024;

type Frames = Extract<FromWorker, { type: 'frames' }>;
type ParseMessage = Extract<ToWorker, { type: 'parse' }>;
export type HeadOfRequest = Omit<RequestHead, 'offset' | 'byteLength'>;
type Pending = { head: HeadOfRequest; body: Uint8Array; resolve: (result: IngestResult) => void };
type Batches = Record<EventBatchKind, OpenBatch>;
type InFlight = { requests: Pending[]; batches: Batches };

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
  private inFlight: InFlight | null = null;
  private mustForgetRecent = false;
  private batches: Partial<Batches> = {};

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
    await Promise.all([...this.unanswered]);
    await Promise.all([this.seal('predictions'), this.seal('feedback')]);
  }

  private pump(): void {
    if (this.inFlight !== null || this.queue.length === 0 || !this.thread.isReady) return;
    const requests = this.takeFromQueue();
    const batches = { predictions: this.batchOf('predictions'), feedback: this.batchOf('feedback') };
    this.inFlight = { requests, batches };
    const positions = { predictions: batches.predictions.position, feedback: batches.feedback.position };
    const message: ParseMessage = { ...packBodies(requests), positions, mustForgetRecent: this.mustForgetRecent };
    this.mustForgetRecent = false;
    this.thread.post(message, [message.storage]);
  }

  private takeFromQueue(): Pending[] {
    let bytes = 0;
    let n = 0;
    while (n < this.queue.length && (n === 0 || bytes + this.queue[n].body.byteLength <= MESSAGE_BYTES_MAX)) {
      bytes += this.queue[n++].body.byteLength;
    }
    return this.queue.splice(0, n);
  }

  private batchOf(kind: EventBatchKind): OpenBatch {
    const { limits } = this.options;
    const batch = this.batches[kind] ?? new OpenBatch(this.journal, kind, limits, () => this.sealWhenIdle(kind));
    this.batches[kind] = batch;
    return batch;
  }

  private receive({ parts, results }: Frames): void {
    const inFlight = this.inFlight;
    if (!inFlight) return;
    this.inFlight = null;
    const commits: Partial<Record<EventBatchKind, Promise<void>>> = {};
    for (const part of parts) commits[part.kind] = inFlight.batches[part.kind].append(part, this.options.failpoint);
    for (const kind of ['predictions', 'feedback'] as const) {
      if (inFlight.batches[kind].isDue && this.batches[kind] === inFlight.batches[kind]) void this.seal(kind);
    }
    this.pump();
    for (const kind of ['predictions', 'feedback'] as const) void this.answer(inFlight, kind, results, commits[kind]);
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
      if (batches[kind].segment.isAbandoned && this.batches[kind] === batches[kind]) void this.seal(kind);
    }
    requests.forEach(({ head, resolve }, i) => {
      if (batchKindOf(head) !== kind) return;
      const result = failure ?? results[i];
      if (result.status === 202) this.acceptedRows += result.reply.accepted;
      resolve(result);
    });
  }

  private failureOf(error: unknown): IngestResult {
    this.options.logger.error({ err: error }, 'the journal cannot be written, so nothing is accepted; check its disk');
    if (error instanceof JournalError && error.kind === 'no_space') {
      const detail = 'the disk of the journal is full, so the body was not taken; make room, then send it again';
      return { status: 507, code: 'DISK_FULL', detail, retryAfterSeconds: 5 };
    }
    return retryLater('JOURNAL_UNAVAILABLE', 'the journal cannot be written, so the body was not taken; send it again');
  }

  private failInFlight(): void {
    const lost = this.inFlight?.requests ?? [];
    this.inFlight = null;
    for (const { resolve } of lost) {
      resolve(retryLater('PARSER_RESTARTED', 'the parser was restarted before the body was taken; send it again'));
    }
    for (const kind of ['predictions', 'feedback'] as const) if (this.batches[kind]?.isDue) void this.seal(kind);
  }

  /** While a frame of this batch is being built its place must not move: then the batch is sealed right after it. */
  private sealWhenIdle(kind: EventBatchKind): void {
    if (this.inFlight === null) void this.seal(kind);
  }

  private async seal(kind: EventBatchKind): Promise<void> {
    const batch = this.batches[kind];
    delete this.batches[kind];
    await batch?.seal();
  }
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
