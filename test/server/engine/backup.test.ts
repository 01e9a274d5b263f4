import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startForTest, temporaryDataDir } from './engine-in-temporary-directory.ts';

it('backs up into its own directory, and restores from there', async () => {
  const dataDir = await temporaryDataDir();
  const { client, rows } = await startForTest(dataDir);
  await client.command({ query: 'CREATE TABLE precious (id UInt32) ENGINE = MergeTree ORDER BY id' });
  await client.insert({ table: 'precious', values: [{ id: 1 }, { id: 2 }], format: 'JSONEachRow' });
  await client.command({ query: "BACKUP DATABASE plumbline TO File('first')" });
  expect(await readdir(join(dataDir, 'engine', 'backups'))).toEqual(['first']);
  await client.command({ query: 'DROP TABLE precious SYNC' });
  await client.command({ query: "RESTORE TABLE plumbline.precious FROM File('first')" });
  expect(await rows('SELECT id FROM precious ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
  await expect(client.command({ query: "BACKUP DATABASE plumbline TO File('/tmp/elsewhere')" })).rejects.toThrow();
});
