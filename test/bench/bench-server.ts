import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type BenchServer = {
  url: string;
  dataDir: string;
  key: string;
  adminKey: string;
  startMs: number;
  /** Resident memory of the service and its engine, MiB. */
  residentMiB(): { service: number; engine: number; total: number };
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: unknown): Promise<T>;
  /** A statement on the server's own store: for preparing data that would take minutes to send. */
  sql(text: string): Promise<void>;
  stop(options?: { keep?: boolean }): Promise<void>;
};

type Hello = { url: string; ingestKey: string | null; enginePid: number | null };

/** Starts a Plumbline in a process of its own on a fresh (or given) data directory. */
export async function startBenchServer(
  options: { dataDir?: string; flags?: Record<string, unknown>; key?: string } = {},
): Promise<BenchServer> {
  const dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
  const flags = { dataDir, port: 0, logLevel: 'warn', ...options.flags };
  const started = performance.now();
  const child = fork(join(import.meta.dirname, 'serve-child.ts'), [JSON.stringify(flags)], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    // As `npm start` does: fewer malloc arenas keep what large buffers leave behind small.
    env: { ...process.env, MALLOC_ARENA_MAX: '2' },
  });
  const hello = await nextMessage<Hello>(child);
  const startMs = performance.now() - started;
  const adminKey = readFileSync(join(dataDir, 'local-key'), 'utf8').trim();
  const headers = { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' };
  async function ask<T>(path: string, init: RequestInit): Promise<T> {
    const answer = await fetch(hello.url + path, { ...init, headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as T;
  }
  return {
    url: hello.url,
    dataDir,
    key: hello.ingestKey ?? options.key ?? adminKey,
    adminKey,
    startMs,
    residentMiB() {
      const service = residentMiB(child.pid);
      const engine = residentMiB(hello.enginePid);
      return { service, engine, total: service + engine };
    },
    get: (path) => ask(path, { method: 'GET' }),
    post: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
    async sql(text) {
      child.send({ sql: text });
      const answer = await nextMessage<{ done: boolean; error?: string }>(child);
      if (!answer.done) throw new Error(answer.error);
    },
    async stop({ keep = false } = {}) {
      const ended = new Promise((done) => child.once('exit', done));
      child.send('stop');
      await ended;
      if (!keep) rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

function nextMessage<T>(child: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('exit', (code) => reject(new Error(`the server ended with ${code} before it answered`)));
  });
}

function residentMiB(pid: number | null | undefined): number {
  if (!pid) return 0;
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
}
