import { fork } from 'node:child_process';
import { once } from 'node:events';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startEmbeddedEngine } from '../../../server/engine/start-embedded-engine.ts';
import { engineOptions } from '../../contracts/engine/engine-options.ts';
import { killEngine, startForTest, temporaryDataDir, untilState } from './engine-in-temporary-directory.ts';

const WINDOW = 'SETTINGS non_replicated_deduplication_window = 1000';

/** A process that ended but was not yet collected by its new parent is dead, too. */
async function isAlive(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  return stat !== '' && !/\) [ZX] /.test(stat);
}

describe('a crash of the engine', () => {
  it('is followed by a restart at the same address, and the data is there', async () => {
    const { engine, client, rows } = await startForTest(await temporaryDataDir());
    const states: string[] = [];
    engine.onStateChange((state) => states.push(state));
    await client.command({ query: 'CREATE TABLE kept (id UInt32) ENGINE = MergeTree ORDER BY id' });
    await client.insert({ table: 'kept', values: [{ id: 1 }], format: 'JSONEachRow' });
    const before = engine.pid();
    expect(killEngine(engine)).toBe(true);
    await untilState(engine, 'restarting');
    await untilState(engine, 'ready');
    expect(await rows('SELECT id FROM kept')).toEqual([{ id: 1 }]);
    expect(engine.pid()).not.toBe(before);
    expect([engine.restarts(), states]).toEqual([1, ['restarting', 'ready']]);
  });

  it('loses no acknowledged insert and stores a repeated one once', { timeout: 60_000 }, async () => {
    const { engine, client, rows } = await startForTest(await temporaryDataDir());
    await client.command({
      query: `CREATE TABLE raw (id UInt32, batch UInt32) ENGINE = MergeTree PARTITION BY id % 2 ORDER BY id ${WINDOW}`,
    });
    await client.command({
      query: `CREATE TABLE sums (batch UInt32, n UInt64) ENGINE = SummingMergeTree ORDER BY batch ${WINDOW}`,
    });
    await client.command({
      query: 'CREATE MATERIALIZED VIEW summing TO sums AS SELECT batch, count() AS n FROM raw GROUP BY batch',
    });
    const batches = 60;
    let kills = 0;
    const killer = setInterval(() => {
      if (kills < 5 && engine.state() === 'ready' && killEngine(engine)) kills += 1;
    }, 170);
    try {
      for (let batch = 0; batch < batches; batch += 1) {
        const values = Array.from({ length: 2000 }, (_, id) => ({ id, batch }));
        const settings = { async_insert: 0 as const, insert_deduplication_token: `batch-${batch}` };
        for (let isStored = false; !isStored;) {
          isStored = await client
            .insert({ table: 'raw', values, format: 'JSONEachRow', clickhouse_settings: settings })
            .then(
              () => true,
              () => wait(50, false),
            );
        }
        await wait(20);
      }
    } finally {
      clearInterval(killer);
    }
    await untilState(engine, 'ready');
    expect(kills).toBeGreaterThan(2);
    const query = 'SELECT toUInt32((SELECT count() FROM raw)) AS raw, toUInt32((SELECT sum(n) FROM sums)) AS sums';
    expect(await rows(query)).toEqual([{ raw: batches * 2000, sums: batches * 2000 }]);
  });
});

describe('a data directory', () => {
  it('refuses a second engine and says which directory and what to do', { timeout: 30_000 }, async () => {
    const dataDir = await temporaryDataDir();
    const { rows } = await startForTest(dataDir);
    const second = startEmbeddedEngine(engineOptions(dataDir));
    await expect(second).rejects.toMatchObject({
      code: 'engine_directory_locked',
      message: expect.stringMatching(new RegExp(`${join(dataDir, 'engine')}.*--data-dir`)),
    });
    expect(await rows('SELECT 1 AS x')).toEqual([{ x: 1 }]);
  });

  it('refuses an engine older than the one that wrote it', async () => {
    const dataDir = await temporaryDataDir();
    const first = await startEmbeddedEngine(engineOptions(dataDir));
    await first.stop();
    const stampFile = join(dataDir, 'engine', 'engine_version');
    expect(await readFile(stampFile, 'utf8')).toMatch(/^\d+\.\d+/);
    await writeFile(stampFile, '99.1.2.3\n');
    await expect(startEmbeddedEngine(engineOptions(dataDir))).rejects.toMatchObject({
      code: 'engine_directory_newer',
      message: expect.stringMatching(/99\.1\.2\.3.*Start the newer Plumbline/),
    });
    expect(await readFile(stampFile, 'utf8')).toBe('99.1.2.3\n');
  });

  it('keeps one password that only its owner can read', async () => {
    const dataDir = await temporaryDataDir();
    const first = await startEmbeddedEngine(engineOptions(dataDir));
    await first.stop();
    const second = await startForTest(dataDir);
    expect(second.engine.password).toBe(first.password);
    expect(first.password).toMatch(/^[0-9a-f]{64}$/);
    const file = await stat(join(dataDir, 'engine', 'password'));
    expect(file.mode & 0o777).toBe(0o600);
  });

  it('is free within seconds after its service was killed, query or no query', { timeout: 40_000 }, async () => {
    const dataDir = await temporaryDataDir();
    const service = fork(new URL('./service-process.ts', import.meta.url), [dataDir], {
      execArgv: [],
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    });
    const [{ pid }] = (await once(service, 'message')) as [{ pid: number }];
    expect(await isAlive(pid)).toBe(true);
    await wait(300);
    service.kill('SIGKILL');
    const startedAt = performance.now();
    const { rows } = await startForTest(dataDir);
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    expect(await isAlive(pid)).toBe(false);
    expect(await rows('SELECT id FROM by_service')).toEqual([{ id: 1 }]);
  });
});

describe('start and stop', () => {
  it('starts again on an existing directory', async () => {
    const dataDir = await temporaryDataDir();
    const first = await startEmbeddedEngine(engineOptions(dataDir));
    await first.stop();
    const { engine } = await startForTest(dataDir);
    expect(engine.state()).toBe('ready');
  });

  it('finishes what runs, refuses what comes, and leaves no process', async () => {
    const { engine, rows } = await startForTest(await temporaryDataDir());
    const pid = engine.pid();
    const running = rows('SELECT sleep(1) AS x');
    await wait(200);
    await engine.stop();
    expect(await running).toEqual([{ x: 0 }]);
    expect([engine.state(), engine.pid(), await isAlive(pid ?? 0)]).toEqual(['stopped', undefined, false]);
    await expect(rows('SELECT 1')).rejects.toThrow();
    await engine.stop();
  });

  it('does not let an interrupt of the terminal end the engine before its service', async () => {
    const { engine, rows } = await startForTest(await temporaryDataDir());
    const pid = engine.pid();
    if (pid === undefined) throw new Error('there is no engine process');
    process.kill(pid, 'SIGINT');
    process.kill(pid, 'SIGTERM');
    await wait(200);
    expect(await rows('SELECT 1 AS x')).toEqual([{ x: 1 }]);
    expect(engine.restarts()).toBe(0);
  });
});
