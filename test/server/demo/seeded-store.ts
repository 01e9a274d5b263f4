import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedDemo } from '../../../server/demo/seed-demo.ts';
import { startEmbeddedEngine } from '../../../server/engine/start-embedded-engine.ts';
import { loadModelBaselines } from '../../../server/services/fold-models.ts';
import { startGovernance } from '../../../server/services/governance.ts';
import { openClickHouse } from '../../../server/stores/click-house.ts';
import { migrate } from '../../../server/stores/migrate.ts';
import { clickHouseReferenceStore } from '../../../server/stores/reference-store.ts';
import { clickHouseTallyStore } from '../../../server/stores/tally-store.ts';
import { engineOptions } from '../../contracts/engine/engine-options.ts';

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** A twentieth of the demo's rows in a real embedded engine. */
export async function seededStore(now: number) {
  const dataDir = await mkdtemp(join(tmpdir(), 'plumbline-demo-'));
  const engine = await startEmbeddedEngine(engineOptions(dataDir));
  const { url, username, password, database } = engine;
  const limits = { requestTimeoutMs: 60_000, queryTimeoutSeconds: 30, queryMemoryBytesMax: 512 * 1024 * 1024 };
  const clickHouse = openClickHouse({ url, username, password, database, ...limits });
  await migrate(clickHouse, { cluster: null, dedupWindowBlocks: 100 }, silent);
  const log = { load: async () => [], append: async () => undefined, close: async () => undefined };
  const governance = await startGovernance(log, { now: () => now, monotonicMs: () => 0 });
  const deps = { clickHouse, governance, now, seed: 7, logger: silent, rowsPerDay: 335 };
  await seedDemo(deps);
  const references = clickHouseReferenceStore(clickHouse);
  return {
    clickHouse,
    governance,
    references,
    tallies: clickHouseTallyStore(clickHouse),
    baselines: await loadModelBaselines(governance, references),
    seedAgain: () => seedDemo(deps),
    async close() {
      await clickHouse.close();
      await engine.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type SeededStore = Awaited<ReturnType<typeof seededStore>>;
