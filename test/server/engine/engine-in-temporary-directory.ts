import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { startEmbeddedEngine } from '../../../server/engine/start-embedded-engine.ts';
import type { EmbeddedEngine, EmbeddedEngineOptions } from '../../../server/engine/start-embedded-engine.ts';
import { engineOptions } from '../../contracts/engine/engine-options.ts';
import { quietClient } from '../../contracts/engine/on-each-engine.ts';

/** A data directory that is gone after the test. */
export async function temporaryDataDir(): Promise<string> {
  const dataDir = await mkdtemp(join(tmpdir(), 'plumbline-engine-'));
  onTestFinished(() => rm(dataDir, { recursive: true, force: true }));
  return dataDir;
}

/** An engine that is stopped after the test. */
export async function startForTest(dataDir: string, changes: Partial<EmbeddedEngineOptions> = {}) {
  const engine = await startEmbeddedEngine(engineOptions(dataDir, changes));
  const client = quietClient(engine);
  onTestFinished(async () => {
    await client.close();
    await engine.stop();
  });
  const rows = async (query: string) =>
    (await client.query({ query, format: 'JSONEachRow' })).json<Record<string, unknown>>();
  return { engine, client, rows };
}

export function untilState(engine: EmbeddedEngine, wanted: ReturnType<EmbeddedEngine['state']>): Promise<void> {
  if (engine.state() === wanted) return Promise.resolve();
  return new Promise((resolve) => {
    const forget = engine.onStateChange((state) => {
      if (state !== wanted) return;
      forget();
      resolve();
    });
  });
}

/** Ends the engine's process without notice, as an out-of-memory killer would. False while there is none to end. */
export function killEngine(engine: EmbeddedEngine): boolean {
  const pid = engine.pid();
  return pid !== undefined && process.kill(pid, 'SIGKILL');
}
