import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '../server/ports/logger.ts';
import type { SchemaFeed } from './schema-feed.ts';
import type { FromWorker, ToWorker, WorkerSettings } from './worker/worker-messages.ts';

const RESTART_DELAY_MS = 250;
const STOP_PATIENCE_MS = 2_000;

export type ParserThreadDeps = {
  settings: WorkerSettings;
  feed: SchemaFeed;
  logger: Logger;
  onFrames: (frames: Extract<FromWorker, { type: 'frames' }>) => void;
  /** The thread died with whatever it was parsing; a new one is on its way. */
  onLost: () => void;
  onReady: () => void;
};

/** A worker thread that parses, and is replaced when it dies. */
export class ParserThread {
  restarts = 0;
  isReady = false;
  private readonly deps: ParserThreadDeps;
  private worker: Worker | null = null;
  private unsubscribe: (() => void) | null = null;
  private isStopping = false;
  private hasStarted = false;

  constructor(deps: ParserThreadDeps) {
    this.deps = deps;
  }

  /** Resolves when the thread can parse; rejects when it cannot be started. */
  start(): Promise<void> {
    const { settings, feed } = this.deps;
    const worker = new Worker(new URL('./worker/parse-worker.ts', import.meta.url), { workerData: settings });
    this.worker = worker;
    return new Promise((resolve, reject) => {
      worker.on('message', (message: FromWorker) => {
        if (message.type === 'ready') resolve(this.becomeReady(worker, feed));
        else this.receive(worker, message);
      });
      worker.on('error', (error) => {
        this.deps.logger.error({ err: error }, 'a parser thread failed; it is replaced, its requests are answered 503');
        reject(error);
      });
      worker.on('exit', () => void this.replace(worker));
    });
  }

  post(message: ToWorker, transfer: ArrayBuffer[] = []): void {
    this.worker?.postMessage(message, transfer);
  }

  async stop(): Promise<void> {
    this.isStopping = true;
    this.unsubscribe?.();
    const { worker } = this;
    if (!worker) return;
    this.post({ type: 'stop' });
    // A thread that ends by itself is never cut off in the middle of its work.
    const hasEnded = await Promise.race([once(worker, 'exit'), delay(STOP_PATIENCE_MS, null, { ref: false })]);
    if (hasEnded === null) await worker.terminate();
  }

  private becomeReady(worker: Worker, feed: SchemaFeed): void {
    this.isReady = true;
    this.hasStarted = true;
    this.unsubscribe = feed.subscribe((message) => worker.postMessage(message));
    this.deps.onReady();
  }

  private receive(worker: Worker, message: Exclude<FromWorker, { type: 'ready' }>): void {
    if (message.type === 'frames') {
      this.deps.onFrames(message);
      return;
    }
    void this.deps.feed.extend(message.proposals).then((isDurable) => {
      const answer: ToWorker = { type: 'extended', isDurable };
      worker.postMessage(answer);
    });
  }

  private async replace(worker: Worker): Promise<void> {
    if (this.worker !== worker || !this.hasStarted || this.isStopping) return;
    this.isReady = false;
    this.unsubscribe?.();
    this.restarts++;
    this.deps.onLost();
    await delay(RESTART_DELAY_MS);
    // A thread that cannot start exits too, and comes back here.
    if (!this.isStopping) await this.start().catch(() => {});
  }
}
