import { createHash } from 'node:crypto';
import type { Logger } from '../ports/logger.ts';
import type { ClickHouse } from './click-house.ts';
import { type MigrationFile, migrationFiles } from './sql-files.ts';

/** How the same migration files become tables of one node or of a cluster. */
export type Dialect = {
  /** Name of the cluster for `ON CLUSTER`, null on a single node. */
  cluster: string | null;
  dedupWindowBlocks: number;
};

type AppliedMigration = { version: number; name: string; checksum: string };

/**
 * Applies the migrations that are not there yet, in order. Forward only.
 *
 * @throws Error when an applied file was changed since, or the store is newer than this program
 */
export async function migrate(store: ClickHouse, dialect: Dialect, logger: Logger): Promise<void> {
  const onCluster = dialect.cluster === null ? '' : `ON CLUSTER '${dialect.cluster}'`;
  await store.command(
    `CREATE TABLE IF NOT EXISTS schema_migrations ${onCluster} (version UInt32, name String, checksum String, applied_at DateTime64(3, 'UTC'))
     ENGINE = ${engineFor(dialect, 'ReplacingMergeTree', '')} ORDER BY version`,
  );
  const text = await store.text('SELECT version, name, checksum FROM schema_migrations FINAL ORDER BY version');
  const applied = new Map(
    text === ''
      ? []
      : text
          .split('\n')
          .map(parseApplied)
          .map((m) => [m.version, m]),
  );
  const files = migrationFiles();
  refuseUnknown(applied, files);
  let count = 0;
  for (const file of files) {
    const known = applied.get(file.version);
    if (known !== undefined) continue;
    await store.command(renderMigration(file.text, dialect));
    await store.command(
      `INSERT INTO schema_migrations VALUES (${file.version}, '${file.name}', '${checksum(file)}', now64(3))`,
    );
    logger.debug({ version: file.version, name: file.name }, 'migration applied');
    count++;
  }
  if (count > 0) logger.info({ migrations: count }, 'the tables are up to date');
}

function parseApplied(line: string): AppliedMigration {
  const [version, name, sum] = line.split('\t');
  return { version: Number(version), name, checksum: sum };
}

function refuseUnknown(applied: Map<number, AppliedMigration>, files: MigrationFile[]): void {
  const byVersion = new Map(files.map((file) => [file.version, file]));
  for (const migration of applied.values()) {
    const file = byVersion.get(migration.version);
    if (file === undefined) {
      throw new Error(
        `The store has migration ${migration.version} (${migration.name}), which this Plumbline does not know. ` +
          'It was written by a newer version: start that version, or restore a backup made before the upgrade.',
      );
    }
    if (checksum(file) !== migration.checksum) {
      throw new Error(
        `Migration ${migration.version} (${migration.name}) was changed after it was applied. ` +
          'Restore the file from the release you run; a change of the tables needs a new migration.',
      );
    }
  }
}

const checksum = (file: MigrationFile): string => createHash('sha256').update(file.text).digest('hex').slice(0, 16);

/** Replaces `{on_cluster}`, `{engine:Kind:arguments}` and `{dedup_window}`. */
export function renderMigration(text: string, dialect: Dialect): string {
  const window =
    dialect.cluster === null
      ? `non_replicated_deduplication_window = ${dialect.dedupWindowBlocks}`
      : `replicated_deduplication_window = ${dialect.dedupWindowBlocks}, replicated_deduplication_window_seconds = 604800`;
  return text
    .replaceAll('{on_cluster}', dialect.cluster === null ? '' : `ON CLUSTER '${dialect.cluster}'`)
    .replaceAll('{dedup_window}', window)
    .replaceAll(/\{engine:(\w+)(?::(\w+))?\}/g, (_, kind: string, args: string | undefined) =>
      engineFor(dialect, kind, args ?? ''),
    );
}

function engineFor(dialect: Dialect, kind: string, args: string): string {
  if (dialect.cluster === null) return `${kind}(${args})`;
  const path = `'/clickhouse/tables/{shard}/{database}/{table}', '{replica}'`;
  return `Replicated${kind}(${args === '' ? path : `${path}, ${args}`})`;
}
