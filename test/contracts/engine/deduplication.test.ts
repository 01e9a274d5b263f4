import { expect, it } from 'vitest';
import { arrowStream } from './arrow-batches.ts';
import { onEachEngine } from './on-each-engine.ts';

const WINDOW = 'SETTINGS non_replicated_deduplication_window = 100';

onEachEngine('deduplication', (engine) => {
  const command = (query: string) => engine.client().command({ query });
  const insert = async (query: string, body: string | Uint8Array, token: string) => {
    const settings = { async_insert: '0', deduplicate_insert: 'enable', insert_deduplication_token: token };
    const response = await engine.send({ query, ...settings }, { body: Buffer.from(body) });
    expect(await response.text()).toBe('');
    expect(response.status).toBe(200);
  };
  const counts = (ids: number[]) => arrowStream([ids.map((id) => ({ id, numeric: [1, id] }))]);

  it.each([
    ['JSONEachRow', '{"id":1}\n{"id":2}\n'],
    ['CSV', '1\n2\n'],
    ['Values', '(1),(2)'],
  ])('stores a repeated token once, in %s', async (format, body) => {
    const table = `once_${format}`;
    await command(`CREATE TABLE ${table} (id UInt32) ENGINE = MergeTree ORDER BY id ${WINDOW}`);
    const query = `INSERT INTO ${table} FORMAT ${format}`;
    await insert(query, body, 'a');
    await insert(query, body, 'a');
    await insert(query, body, 'b');
    await insert(query, body, 'a');
    expect(await engine.rows(`SELECT toUInt32(count()) AS n FROM ${table}`)).toEqual([{ n: 4 }]);
  });

  it('stores equal data under no token each time the token differs, and never lends a token to the next insert', async () => {
    await command(`CREATE TABLE lent (id UInt32) ENGINE = MergeTree ORDER BY id ${WINDOW}`);
    await insert('INSERT INTO lent FORMAT CSV', '1\n', 'a');
    await engine.client().insert({ table: 'lent', values: [{ id: 2 }], format: 'JSONEachRow' });
    await engine.client().insert({ table: 'lent', values: [{ id: 3 }], format: 'JSONEachRow' });
    expect(await engine.rows('SELECT id FROM lent ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
  });

  it('stores a repeated Arrow stream once, over partitions and in the target of a view', async () => {
    await command(
      `CREATE TABLE source (id UInt32, numeric Array(Float64)) ENGINE = MergeTree PARTITION BY id % 3 ORDER BY id ${WINDOW}`,
    );
    await command(`CREATE TABLE target (k UInt32, n UInt64) ENGINE = SummingMergeTree ORDER BY k ${WINDOW}`);
    await command(
      'CREATE MATERIALIZED VIEW feeding TO target AS SELECT id % 2 AS k, count() AS n FROM source GROUP BY k',
    );
    const query = 'INSERT INTO source FORMAT ArrowStream';
    for (const token of ['a', 'a', 'b', 'b', 'a']) await insert(query, counts([0, 1, 2, 3, 4, 5]), token);
    expect(await engine.rows('SELECT toUInt32(count()) AS n FROM source')).toEqual([{ n: 12 }]);
    expect(await engine.rows('SELECT k, toUInt32(sum(n)) AS n FROM target GROUP BY k ORDER BY k')).toEqual([
      { k: 0, n: 6 },
      { k: 1, n: 6 },
    ]);
  });

  it('counts a repeated token once behind a Null table', async () => {
    await command('CREATE TABLE door (id UInt32, numeric Array(Float64)) ENGINE = Null');
    const state = 'AggregateFunction(sumForEach, Array(Float64))';
    await command(
      `CREATE TABLE tallies (id UInt32, counts ${state}) ENGINE = AggregatingMergeTree ORDER BY id ${WINDOW}`,
    );
    await command(
      'CREATE MATERIALIZED VIEW counting TO tallies AS SELECT id, sumForEachState(numeric) AS counts FROM door GROUP BY id',
    );
    for (const token of ['a', 'a', 'b', 'a', 'b']) {
      await insert('INSERT INTO door FORMAT ArrowStream', counts([7, 7, 8]), token);
    }
    const query = 'SELECT id, sumForEachMerge(counts) AS counts FROM tallies GROUP BY id ORDER BY id';
    expect(await engine.rows(query)).toEqual([
      { id: 7, counts: [4, 28] },
      { id: 8, counts: [2, 16] },
    ]);
  });

  it('repairs the target of a view that failed, when the insert is repeated', async () => {
    await command(`CREATE TABLE checked (id UInt32) ENGINE = MergeTree ORDER BY id ${WINDOW}`);
    await command(`CREATE TABLE copies (id UInt32) ENGINE = MergeTree ORDER BY id ${WINDOW}`);
    await command('CREATE TABLE switch (isBroken UInt8) ENGINE = Memory');
    await command('INSERT INTO switch VALUES (1)');
    await command(
      'CREATE MATERIALIZED VIEW copying TO copies AS SELECT id + throwIf((SELECT max(isBroken) FROM switch) = 1) AS id FROM checked',
    );
    const search = { query: 'INSERT INTO checked FORMAT CSV', async_insert: '0', insert_deduplication_token: 'a' };
    const failed = await engine.send(search, { body: '1\n2\n' });
    expect(failed.headers.get('x-clickhouse-exception-code')).toBe('395');
    await command('TRUNCATE TABLE switch');
    await insert('INSERT INTO checked FORMAT CSV', '1\n2\n', 'a');
    await insert('INSERT INTO checked FORMAT CSV', '1\n2\n', 'a');
    const query =
      'SELECT toUInt32((SELECT count() FROM checked)) AS checked, toUInt32((SELECT count() FROM copies)) AS copies';
    expect(await engine.rows(query)).toEqual([{ checked: 2, copies: 2 }]);
  });
});
