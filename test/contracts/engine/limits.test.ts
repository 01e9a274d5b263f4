import { expect, it } from 'vitest';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('limits', (engine) => {
  it('ends a query at the memory the request allows', async () => {
    const query = 'SELECT length(groupArray(number)) FROM numbers(100000000)';
    const attempt = engine.client().query({ query, clickhouse_settings: { max_memory_usage: '50000000' } });
    await expect(attempt).rejects.toMatchObject({ code: '241', type: 'MEMORY_LIMIT_EXCEEDED' });
  });

  it('ends a query at the time the request allows', async () => {
    const query = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1';
    const startedAt = performance.now();
    const attempt = engine.client().query({ query, clickhouse_settings: { max_execution_time: 1 } });
    await expect(attempt).rejects.toMatchObject({ code: '159', type: 'TIMEOUT_EXCEEDED' });
    expect(performance.now() - startedAt).toBeLessThan(5_000);
  });

  it('serves short queries beside a long one, and inserts beside both', { timeout: 30_000 }, async () => {
    const client = engine.client();
    await client.command({ query: 'CREATE TABLE beside (id UInt32) ENGINE = MergeTree ORDER BY id' });
    const settings = { max_execution_time: 3, max_threads: 1 };
    const query = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1';
    const long = client.query({ query, clickhouse_settings: settings }).catch((error: unknown) => error);
    const milliseconds: number[] = [];
    for (let round = 0; round < 10; round += 1) {
      const startedAt = performance.now();
      await Promise.all(Array.from({ length: 10 }, (_, x) => engine.rows('SELECT {x:UInt32} AS x', { x })));
      milliseconds.push((performance.now() - startedAt) / 10);
      await client.insert({ table: 'beside', values: [{ id: round }], format: 'JSONEachRow' });
    }
    const isLongStillRunning = await Promise.race([long.then(() => false), Promise.resolve(true)]);
    expect(isLongStillRunning).toBe(true);
    expect(milliseconds.toSorted((a, b) => a - b)[5]).toBeLessThan(100);
    expect(await long).toMatchObject({ code: '159' });
  });

  it('gives each of many concurrent queries its own parameters and settings', async () => {
    const answers = await Promise.all(
      Array.from({ length: 150 }, async (_, index) => {
        const result = await engine.client().query({
          query: "SELECT {x:UInt32} AS x, toUInt32(getSetting('max_block_size')) AS size",
          query_params: { x: index },
          clickhouse_settings: { max_block_size: String(1000 + index) },
          format: 'JSONEachRow',
        });
        return (await result.json())[0];
      }),
    );
    expect(answers).toEqual(Array.from({ length: 150 }, (_, index) => ({ x: index, size: 1000 + index })));
  });

  it('survives clients that leave before the answer', async () => {
    const client = engine.client();
    await Promise.all(
      Array.from({ length: 12 }, async (_, index) => {
        const controller = new AbortController();
        setTimeout(() => controller.abort(), 20 + index * 10);
        const query = 'SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 1';
        const settings = { max_execution_time: 4, max_threads: 1 };
        await client
          .query({ query, clickhouse_settings: settings, abort_signal: controller.signal })
          .catch(() => undefined);
      }),
    );
    expect(await engine.rows('SELECT 7 AS x')).toEqual([{ x: 7 }]);
  });

  it('returns a result of ten megabytes whole', async () => {
    const response = await engine.send({ query: "SELECT repeat('x', 999) FROM numbers(10000)" });
    expect((await response.arrayBuffer()).byteLength).toBe(10_000_000);
  });
});
