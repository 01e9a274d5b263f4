import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { startForTest } from './engine-in-temporary-directory.ts';

const disk = mountSmallDisk();
afterAll(() => {
  if (disk === undefined) return;
  execFileSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true });
});

describe(`a full disk${disk === undefined ? ' (skipped: mounting a small disk takes root)' : ''}`, () => {
  it.skipIf(disk === undefined)(
    'fails inserts with code 243, keeps what was acknowledged, reads on, and recovers with space',
    { timeout: 60_000 },
    async () => {
      const dataDir = disk ?? '';
      const ballast = join(dataDir, 'ballast');
      await writeFile(ballast, Buffer.alloc(16 * 1024 * 1024));
      const { client, rows } = await startForTest(dataDir);
      const window = 'SETTINGS non_replicated_deduplication_window = 100';
      const columns = 'batch UInt32, s String CODEC(NONE)';
      await client.command({ query: `CREATE TABLE filling (${columns}) ENGINE = MergeTree ORDER BY batch ${window}` });
      const insert = (batch: number) => {
        const values = Array.from({ length: 20 }, (_, row) => ({ batch, s: `${row}`.padEnd(50_000, 'x') }));
        const settings = { async_insert: 0 as const, insert_deduplication_token: `b${batch}` };
        return client.insert({ table: 'filling', values, format: 'JSONEachRow', clickhouse_settings: settings }).then(
          () => undefined,
          (error: unknown) => error,
        );
      };
      const stored = 'SELECT toUInt32(uniqExact(batch)) AS batches, toUInt32(count()) AS n FROM filling';
      let batch = 0;
      let failure = await insert(batch);
      while (failure === undefined && batch < 200) failure = await insert((batch += 1));
      expect(failure).toMatchObject({ code: '243' });
      expect(await rows(stored)).toEqual([{ batches: batch, n: batch * 20 }]);
      await rm(ballast);
      await expect.poll(() => insert(batch), { timeout: 20_000 }).toBeUndefined();
      expect(await insert(batch)).toBeUndefined();
      expect(await rows(stored)).toEqual([{ batches: batch + 1, n: (batch + 1) * 20 }]);
    },
  );
});

/** A disk of 64 MB where this process may mount one. */
function mountSmallDisk(): string | undefined {
  const path = mkdtempSync(join(tmpdir(), 'plumbline-small-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', path], { stdio: 'ignore' });
    return path;
  } catch {
    rmSync(path, { recursive: true });
    return undefined;
  }
}
