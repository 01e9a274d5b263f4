import type { Config } from '../config.ts';
import { type EmbeddedEngine, startEmbeddedEngine } from '../engine/start-embedded-engine.ts';
import type { Logger } from '../ports/logger.ts';
import { type ClickHouse, openClickHouse } from '../stores/click-house.ts';
import { migrate } from '../stores/migrate.ts';

export type Storage = { engine: EmbeddedEngine | null; clickHouse: ClickHouse; close(): Promise<void> };

/** The embedded engine, or the server that the configuration names; migrated. */
export async function openStorage(config: Config, logger: Logger): Promise<Storage> {
  const engine =
    config.clickhouseUrl !== ''
      ? null
      : await startEmbeddedEngine({
          dataDir: config.dataDir,
          memoryBytesMax: config.engineMemoryBytesMax,
          queryMemoryBytesMax: config.queryMemoryBytesMax,
          queryTimeoutSeconds: config.queryTimeoutSeconds,
          readConnections: 3,
          queueLengthMax: 256,
          logger,
        });
  const clickHouse = openClickHouse({
    url: engine?.url ?? config.clickhouseUrl,
    username: engine?.username ?? config.clickhouseUser,
    password: engine?.password ?? config.clickhousePassword,
    database: engine?.database ?? config.clickhouseDatabase,
    requestTimeoutMs: (config.queryTimeoutSeconds + 15) * 1000,
    queryTimeoutSeconds: config.queryTimeoutSeconds,
    queryMemoryBytesMax: config.queryMemoryBytesMax,
  });
  await migrate(
    clickHouse,
    { cluster: config.clickhouseCluster || null, dedupWindowBlocks: config.dedupWindowBlocks },
    logger,
  );
  return {
    engine,
    clickHouse,
    async close() {
      await clickHouse.close();
      await engine?.stop();
    },
  };
}
