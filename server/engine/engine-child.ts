import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { EngineProcessOptions, FromEngine, ToEngine } from './engine-messages.ts';
import { engineDirectory } from './engine-directory.ts';
import { EngineStartError } from './engine-start-error.ts';
import type { EngineStartErrorCode } from './engine-start-error.ts';

export type EngineLogger = {
  info(details: object, message: string): void;
  warn(details: object, message: string): void;
  error(details: object, message: string): void;
};

export type EngineAddress = { port: number; engineVersion: string };

/**
 * Every running statement holds a thread of the pool, and files, DNS and compression need some as well.
 * The pool's size is read when a process starts, so it can only be given from outside.
 */
const THREADS_BESIDE_STATEMENTS = 14;
const PROBE_TIMEOUT_MS = 10_000;
const OUTPUT_LINES_MAX = 100;

/** One life of the engine process, from its start until it has gone. */
export class EngineChild {
  readonly #child: ChildProcess;
  readonly #options: EngineProcessOptions;
  readonly #output: string[] = [];
  readonly exited: Promise<string>;

  constructor(options: EngineProcessOptions, logger: EngineLogger) {
    this.#options = options;
    const threads = options.readConnections + 2 + THREADS_BESIDE_STATEMENTS;
    this.#child = fork(new URL('./engine-process.ts', import.meta.url), [], {
      execPath: process.execPath,
      execArgv: [],
      // Nothing else of the environment: the engine needs none of the service's secrets.
      env: { UV_THREADPOOL_SIZE: String(threads), TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    this.exited = new Promise((resolve) => {
      // 'close' comes after the last line of output, which may hold the reason.
      this.#child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
      this.#child.once('error', (error) => resolve(error.message));
    });
    this.#logOutput(logger);
  }

  get pid(): number | undefined {
    const hasEnded = this.#child.exitCode !== null || this.#child.signalCode !== null;
    return hasEnded ? undefined : this.#child.pid;
  }

  /** Resolves when a query has been answered through the door. */
  async start(): Promise<EngineAddress> {
    const reported = new Promise<Exclude<FromEngine, { kind: 'log' }>>((resolve) => {
      this.#child.on('message', (message: FromEngine) => {
        if (message.kind !== 'log') resolve(message);
      });
    });
    this.#send({ kind: 'start', options: this.#options });
    const report = await Promise.race([reported, this.exited]);
    if (typeof report === 'string') throw this.#startError('engine_start_failed', `its process ended (${report})`);
    if (report.kind === 'failed') {
      await this.exited;
      throw this.#startError(report.code, report.message);
    }
    await this.probe(report.port);
    return { port: report.port, engineVersion: report.engineVersion };
  }

  async probe(port: number): Promise<void> {
    const { username, password } = this.#options;
    const response = await fetch(`http://127.0.0.1:${port}/?query=SELECT+1`, {
      headers: { 'X-ClickHouse-User': username, 'X-ClickHouse-Key': password },
      signal: AbortSignal.timeout(PROBE_TIMEOUT_MS),
    });
    const text = (await response.text()).trim();
    if (text !== '1') throw new EngineStartError('engine_start_failed', `The engine answered SELECT 1 with: ${text}`);
  }

  async stop(limitMs: number): Promise<void> {
    this.#send({ kind: 'stop' });
    const timer = setTimeout(() => this.kill(), limitMs);
    await this.exited;
    clearTimeout(timer);
  }

  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #send(message: ToEngine): void {
    // A process that has just died cannot be told anything; `exited` says so.
    if (this.#child.connected) this.#child.send(message, () => undefined);
  }

  #logOutput(logger: EngineLogger): void {
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      if (stream === null) continue;
      createInterface({ input: stream }).on('line', (line) => {
        if (this.#output.length < OUTPUT_LINES_MAX) this.#output.push(line);
        logger.warn({ pid: this.#child.pid, line }, 'engine output');
      });
    }
    this.#child.on('message', (message: FromEngine) => {
      if (message.kind === 'log') logger[message.level]({ pid: this.#child.pid }, message.message);
    });
  }

  /** chDB prints why it cannot open a directory, and throws an error without a reason. */
  #startError(code: EngineStartErrorCode, reason: string): EngineStartError {
    const { root } = engineDirectory(this.#options.dataDir);
    const output = this.#output.join('\n');
    if (output.includes('Cannot lock file')) {
      const advice = 'Stop it first, or start this one with another --data-dir.';
      return new EngineStartError('engine_directory_locked', `Another Plumbline is using ${root}. ${advice}`);
    }
    if (code !== 'engine_start_failed') return new EngineStartError(code, reason);
    const advice = 'Check that the directory is writable and its disk is not full.';
    return new EngineStartError(code, `The engine cannot start in ${root}: ${reason}. ${advice}\n${output}`.trimEnd());
  }
}
