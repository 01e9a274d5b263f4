import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { CollectorStats, EventKind, IngestResult } from '../../collectors/collector-types.ts';
import type { CountsOfModel } from '../helpers/counted-once.ts';
import type { Command } from './pipeline-child.ts';

export type Stored = { counts: CountsOfModel; predictionIds: string[]; feedbackIds: string[] };
export type PipelineOptions = { failpoint?: string; tokens?: boolean };

type WithoutId<T> = T extends { id: number } ? Omit<T, 'id'> : never;

/** The process died before it answered: nobody may conclude anything about the request. */
export class PipelineGone extends Error {}

/** A pipeline in a process of its own, by its commands. */
export class Pipeline {
  readonly exited: Promise<void>;
  isGone = false;
  private readonly child: ChildProcess;
  private readonly waiting = new Map<number, { resolve: (result: unknown) => void; reject: (error: Error) => void }>();
  private nextId = 0;

  private constructor(child: ChildProcess) {
    this.child = child;
    this.exited = new Promise((resolve) => {
      child.once('exit', () => {
        this.isGone = true;
        for (const { reject } of this.waiting.values()) reject(new PipelineGone());
        this.waiting.clear();
        resolve();
      });
    });
  }

  /** Null when the failpoint struck before the pipeline was up. */
  static async start(
    dataDir: string,
    { failpoint = '', tokens = true }: PipelineOptions = {},
  ): Promise<Pipeline | null> {
    const script = join(import.meta.dirname, 'pipeline-child.ts');
    const args = ['--no-warnings', script, dataDir, failpoint, tokens ? 'tokens' : 'no-tokens'];
    const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    const pipeline = new Pipeline(child);
    child.stdin.on('error', () => undefined);
    const ready = new Promise<Pipeline>((resolve) => {
      createInterface({ input: child.stdout }).on('line', (line) => {
        const message = JSON.parse(line) as { ready?: true; id: number; result?: unknown; error?: string };
        if (message.ready === true) resolve(pipeline);
        else pipeline.settleCall(message);
      });
    });
    return Promise.race([ready, pipeline.exited.then(() => null)]);
  }

  send(kind: EventKind, rows: object[], key: string | null = null): Promise<IngestResult> {
    return this.ask({ do: 'send', kind, rows, key });
  }

  settle(): Promise<void> {
    return this.ask({ do: 'settle' });
  }

  stored(model: string): Promise<Stored> {
    return this.ask({ do: 'counts', model });
  }

  enginePid(): Promise<number | null> {
    return this.ask({ do: 'engine-pid' });
  }

  stats(): Promise<CollectorStats> {
    return this.ask({ do: 'stats' });
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  async stop(): Promise<void> {
    this.child.stdin?.end();
    await this.exited;
  }

  private ask<Result>(command: WithoutId<Command>): Promise<Result> {
    if (this.isGone) return Promise.reject(new PipelineGone());
    const id = this.nextId++;
    return new Promise<Result>((resolve, reject) => {
      this.waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      this.child.stdin?.write(`${JSON.stringify({ ...command, id })}\n`);
    });
  }

  private settleCall({ id, result, error }: { id: number; result?: unknown; error?: string }): void {
    const call = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) call?.resolve(result);
    else call?.reject(new Error(error));
  }
}
