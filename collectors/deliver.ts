import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { CollectorOptions } from './collector-types.ts';
import { openSealedBatch } from './journal/sealed-batch.ts';
import type { SealedSegment } from './journal/segment.ts';

const BACKOFF_FIRST_MS = 200;
const BACKOFF_MAX_MS = 5_000;

type DeliveryDeps = Pick<CollectorOptions, 'sink' | 'logger' | 'failpoint'> & {
  onDelivered: (segment: SealedSegment) => void;
};

/**
 * Hands sealed segments to the sink, in order, one at a time. What the sink refuses is offered again until it is taken;
 * nothing is dropped or overtaken. Only names wait in memory, the bytes wait on disk.
 */
export class Delivery {
  delivered = 0;
  failures = 0;
  lastError: string | null = null;
  private readonly deps: DeliveryDeps;
  private readonly queue: SealedSegment[] = [];
  private readonly stopping = new AbortController();
  private running: Promise<void> | null = null;
  private waiters: { batchId: string; resolve: () => void }[] = [];

  constructor(deps: DeliveryDeps) {
    this.deps = deps;
  }

  get pending(): number {
    return this.queue.length;
  }

  get oldestOpenedAt(): number | null {
    return this.queue.length > 0 ? this.queue[0].openedAt : null;
  }

  find(batchId: string): SealedSegment | undefined {
    return this.queue.find((segment) => segment.batchId === batchId);
  }

  push(segment: SealedSegment): void {
    this.queue.push(segment);
    this.running ??= this.run();
  }

  /**
   * Resolves when everything that waits now is delivered, with the outcomes that it brought; at once after `stop`.
   * What arrives meanwhile is not waited for: under steady traffic the queue may never be empty.
   */
  async drained(): Promise<void> {
    const last = this.queue.at(-1);
    if (last === undefined || this.stopping.signal.aborted) return;
    const waiter = Promise.withResolvers<void>();
    this.waiters.push({ batchId: last.batchId, resolve: waiter.resolve });
    await waiter.promise;
    if (this.queue.length > 0 && this.queue.every(({ kind }) => kind === 'outcomes')) await this.drained();
  }

  /** Ends after the delivery that is on its way; the rest stays on disk for the next start. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
    this.wake(() => true);
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    while (this.queue.length > 0 && !signal.aborted) {
      await this.deliverUntilTaken(this.queue[0], signal);
      if (signal.aborted && this.lastError !== null) break;
      const delivered = this.queue.shift();
      this.wake(({ batchId }) => batchId === delivered?.batchId);
    }
    this.running = null;
  }

  private wake(isDone: (waiter: { batchId: string }) => boolean): void {
    const done = this.waiters.filter(isDone);
    this.waiters = this.waiters.filter((waiter) => !done.includes(waiter));
    for (const { resolve } of done) resolve();
  }

  private async deliverUntilTaken(segment: SealedSegment, signal: AbortSignal): Promise<void> {
    for (let backoffMs = BACKOFF_FIRST_MS; ; backoffMs = Math.min(2 * backoffMs, BACKOFF_MAX_MS)) {
      try {
        await this.deliver(segment);
        return;
      } catch (error) {
        this.failures++;
        this.lastError = error instanceof Error ? error.message : String(error);
        if (signal.aborted) return;
        const details = { err: error, batchId: segment.batchId, kind: segment.kind, retryInMs: backoffMs };
        this.deps.logger.warn(details, 'storage did not take a batch; it is kept in the journal and offered again');
      }
      const jitteredMs = backoffMs * (0.75 + Math.random() / 2);
      await delay(jitteredMs, undefined, { signal, ref: false }).catch(() => {});
      if (signal.aborted) return;
    }
  }

  private async deliver(segment: SealedSegment): Promise<void> {
    const { failpoint, sink, onDelivered } = this.deps;
    const batch = await openSealedBatch(segment);
    await failpoint?.('before_deliver');
    await sink.deliver(batch);
    await failpoint?.('after_deliver');
    await rm(segment.path, { force: true });
    this.delivered++;
    this.lastError = null;
    onDelivered(segment);
  }
}
