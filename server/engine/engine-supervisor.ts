import { setTimeout as wait } from 'node:timers/promises';
import { EngineChild } from './engine-child.ts';
import type { EngineAddress, EngineLogger } from './engine-child.ts';
import type { EngineProcessOptions } from './engine-messages.ts';
import { EngineStartError } from './engine-start-error.ts';

export type EngineState = 'starting' | 'ready' | 'restarting' | 'stopped';

const STOP_LIMIT_MS = 12_000;
/** A killed service's engine follows within two seconds; until then its directory is still locked. */
const LOCK_PATIENCE_MS = 3_500;
const LOCK_RETRY_MS = 150;
const BACKOFF_MIN_MS = 100;
const BACKOFF_MAX_MS = 3_000;
/** After this time of service a crash is news again, and the next restart comes at once. */
const CALM_MS = 30_000;
const PROBE_INTERVAL_MS = 5_000;
const PROBE_FAILURES_MAX = 3;

/** Keeps one engine process alive: restarts it after a crash, ends it when it no longer answers. */
export class EngineSupervisor {
  state: EngineState = 'starting';
  restarts = 0;
  #options: EngineProcessOptions;
  #logger: EngineLogger;
  #child: EngineChild | undefined;
  #listeners = new Set<(state: EngineState) => void>();
  #stopping = new AbortController();
  #watching: Promise<void> = Promise.resolve();

  constructor(options: EngineProcessOptions, logger: EngineLogger) {
    this.#options = options;
    this.#logger = logger;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  onStateChange(listener: (state: EngineState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  async start(): Promise<EngineAddress> {
    const startedAt = performance.now();
    const address = await this.#startWhenUnlocked();
    // Clients keep the address over restarts.
    this.#options = { ...this.#options, port: address.port };
    this.#setState('ready');
    const milliseconds = Math.round(performance.now() - startedAt);
    this.#logger.info({ pid: this.pid, engineVersion: address.engineVersion, milliseconds }, 'engine ready');
    this.#watching = this.#watch();
    return address;
  }

  async stop(): Promise<void> {
    if (this.state === 'stopped') return;
    this.#stopping.abort();
    await this.#child?.stop(STOP_LIMIT_MS);
    await this.#watching;
    this.#setState('stopped');
  }

  async #startWhenUnlocked(): Promise<EngineAddress> {
    for (const deadline = performance.now() + LOCK_PATIENCE_MS; ; await wait(LOCK_RETRY_MS)) {
      try {
        return await this.#startChild();
      } catch (error) {
        const isLocked = error instanceof EngineStartError && error.code === 'engine_directory_locked';
        if (!isLocked || performance.now() > deadline) throw error;
      }
    }
  }

  async #startChild(): Promise<EngineAddress> {
    const child = new EngineChild(this.#options, this.#logger);
    this.#child = child;
    return child.start().catch((error: unknown) => {
      child.kill();
      throw error;
    });
  }

  async #watch(): Promise<void> {
    let backoffMs = BACKOFF_MIN_MS;
    while (!this.#stopping.signal.aborted && this.#child !== undefined) {
      const readyAt = performance.now();
      const reason = await this.#untilGone(this.#child);
      if (this.#stopping.signal.aborted) return;
      this.#setState('restarting');
      if (performance.now() - readyAt > CALM_MS) backoffMs = BACKOFF_MIN_MS;
      this.#logger.error({ reason, backoffMs }, 'engine process ended; it is restarted');
      backoffMs = await this.#restart(backoffMs);
    }
  }

  /** Tries until the engine is back or the service stops; returns the pause before the next crash's restart. */
  async #restart(firstBackoffMs: number): Promise<number> {
    let backoffMs = firstBackoffMs;
    while (!this.#stopping.signal.aborted) {
      await wait(backoffMs, undefined, { signal: this.#stopping.signal }).catch(() => undefined);
      if (this.#stopping.signal.aborted) break;
      backoffMs = Math.min(backoffMs * 2, BACKOFF_MAX_MS);
      try {
        await this.#startChild();
        this.restarts += 1;
        this.#setState('ready');
        break;
      } catch (error) {
        this.#logger.error(
          { reason: error instanceof Error ? error.message : String(error), backoffMs },
          'engine restart failed',
        );
      }
    }
    return backoffMs;
  }

  async #untilGone(child: EngineChild): Promise<string> {
    const done = new AbortController();
    void this.#probeWhileAlive(child, done.signal);
    const reason = await child.exited;
    done.abort();
    return reason;
  }

  /** An engine that hangs is as good as a dead one. The probe has a lane of its own, so load cannot fail it. */
  async #probeWhileAlive(child: EngineChild, gone: AbortSignal): Promise<void> {
    for (let failures = 0; !gone.aborted && failures < PROBE_FAILURES_MAX;) {
      await wait(PROBE_INTERVAL_MS, undefined, { signal: gone, ref: false }).catch(() => undefined);
      if (gone.aborted || this.#stopping.signal.aborted) return;
      const isAnswering = await child.probe(this.#options.port).then(
        () => true,
        () => false,
      );
      failures = isAnswering ? 0 : failures + 1;
    }
    if (gone.aborted || this.#stopping.signal.aborted) return;
    this.#logger.error({ pid: child.pid }, 'engine does not answer; it is ended');
    child.kill();
  }

  #setState(state: EngineState): void {
    if (this.state === state) return;
    this.state = state;
    for (const listener of this.#listeners) listener(state);
  }
}
