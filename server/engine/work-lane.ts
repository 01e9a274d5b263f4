import { ENGINE_CODES, EngineException } from './engine-exception.ts';

export type WorkLaneOptions = { name: string; concurrencyMax: number; queueLengthMax: number };

/** At most so many statements at once, and at most so many waiting, first come first served; beyond it a clear 503. */
export class WorkLane {
  #options: WorkLaneOptions;
  #running = 0;
  #waiting: (() => void)[] = [];

  constructor(options: WorkLaneOptions) {
    this.#options = options;
  }

  get running(): number {
    return this.#running;
  }

  get isFull(): boolean {
    const { concurrencyMax, queueLengthMax } = this.#options;
    return this.#running >= concurrencyMax && this.#waiting.length >= queueLengthMax;
  }

  /** Says no before the body of a request is read. */
  refuseWhenFull(): void {
    if (!this.isFull) return;
    const { name, concurrencyMax, queueLengthMax } = this.#options;
    throw new EngineException(
      ENGINE_CODES.TOO_MANY_SIMULTANEOUS_QUERIES,
      `Too many simultaneous queries: ${concurrencyMax} ${name} statements are running and ${queueLengthMax} are waiting. Retry later`,
      { status: 503, headers: { 'Retry-After': '1' } },
    );
  }

  /** The slot stays taken until `work` has settled, whatever became of the caller: the engine is busy for as long. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    this.refuseWhenFull();
    if (this.#running < this.#options.concurrencyMax) this.#running += 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      // The slot is handed over rather than freed, so that nobody can slip in before the first in the queue.
      const next = this.#waiting.shift();
      if (next === undefined) this.#running -= 1;
      else next();
    }
  }
}
