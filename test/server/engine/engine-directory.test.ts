import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import {
  checkVersionStamp,
  compareVersions,
  engineDirectory,
  ensurePassword,
  writeEngineConfig,
  writeVersionStamp,
} from '../../../server/engine/engine-directory.ts';
import { temporaryDataDir } from './engine-in-temporary-directory.ts';

describe('compareVersions', () => {
  it.each([
    ['26.7.3', '26.7.3', 0],
    ['26.7.3', '26.10.1', -1],
    ['26.7.3.1', '26.7.3', 1],
    ['26.7', '26.7.0.0', 0],
    ['27.1', '26.12.9', 1],
  ])('%s against %s is %i', (left, right, sign) => {
    expect(Math.sign(compareVersions(left, right))).toBe(sign);
  });
});

describe('the version stamp', () => {
  it('lets the same and a newer engine in, and an older one not', async () => {
    const directory = engineDirectory(await temporaryDataDir());
    await checkVersionStamp(directory, '26.7.3');
    await ensurePassword(directory);
    await writeVersionStamp(directory, '26.7.3');
    await checkVersionStamp(directory, '26.7.3');
    await checkVersionStamp(directory, '26.8.1');
    await expect(checkVersionStamp(directory, '26.6.9')).rejects.toMatchObject({ code: 'engine_directory_newer' });
  });
});

describe('the engine configuration', () => {
  it('caps memory and caches, and keeps a path with odd characters a path', async () => {
    const directory = engineDirectory(`${await temporaryDataDir()}/a & <b>`);
    await ensurePassword(directory);
    await writeEngineConfig(directory, 1_600_000_000);
    const config = await readFile(directory.configFile, 'utf8');
    expect(config).toContain('<max_server_memory_usage>1600000000</max_server_memory_usage>');
    expect(config).toContain('<mark_cache_size>67108864</mark_cache_size>');
    expect(config).toContain('/a &amp; &lt;b&gt;/engine/backups/');
  });
});
