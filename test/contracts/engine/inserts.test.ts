import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { arrowStream } from './arrow-batches.ts';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('inserts', (engine) => {
  const create = async (table: string, columns: string) => {
    await engine.client().command({ query: `CREATE TABLE ${table} (${columns}) ENGINE = MergeTree ORDER BY tuple()` });
  };
  const insert = async (query: string, body: string | Uint8Array, settings: Record<string, string> = {}) => {
    const response = await engine.send({ query, ...settings }, { body: Buffer.from(body) });
    return {
      code: response.headers.get('x-clickhouse-exception-code'),
      text: await response.text(),
      status: response.status,
    };
  };
  const inserted = { code: null, text: '', status: 200 };

  it('keeps SQL after a blank line out of the engine, in JSONEachRow', async () => {
    await create('json_victim', 'id UInt32');
    const answer = await insert('INSERT INTO json_victim FORMAT JSONEachRow', '{"id":1}\n\n; DROP TABLE json_victim\n');
    expect(answer.code).not.toBeNull();
    expect(await engine.rows('EXISTS TABLE json_victim')).toEqual([{ result: 1 }]);
    expect(await insert('INSERT INTO json_victim FORMAT JSONEachRow', '{"id":1}\n\n\n{"id":2}\n')).toEqual(inserted);
    expect(await engine.rows('SELECT id FROM json_victim ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it('keeps SQL after a blank line out of the engine, in CSV', async () => {
    await create('csv_victim', 's String');
    const answer = await insert('INSERT INTO csv_victim FORMAT CSV', 'a\n\n; DROP TABLE csv_victim\n');
    expect(answer).toEqual(inserted);
    const rows = await engine.rows('SELECT s FROM csv_victim');
    expect(rows.map((row) => row.s)).toContain('; DROP TABLE csv_victim');
  });

  it('keeps SQL after VALUES out of the engine', async () => {
    await create('values_victim', 'id UInt32');
    await insert('INSERT INTO values_victim VALUES', '(1);\n\n DROP TABLE values_victim');
    await engine.send({}, { body: 'INSERT INTO values_victim VALUES (2); DROP TABLE values_victim' });
    expect(await engine.rows('EXISTS TABLE values_victim')).toEqual([{ result: 1 }]);
  });

  it('keeps multibyte text whole however the body is cut', async () => {
    await create('multibyte', 's String');
    const bytes = Buffer.from(`${JSON.stringify({ s: 'é漢🙂'.repeat(200) })}\n`);
    const stream = Readable.from(
      Array.from(bytes, (byte) => Buffer.from([byte])),
      { objectMode: false },
    );
    const { stream: answer } = await engine
      .client()
      .exec({ query: 'INSERT INTO multibyte FORMAT JSONEachRow', values: stream });
    await answer.resume().toArray();
    expect(await engine.rows('SELECT s FROM multibyte')).toEqual([{ s: 'é漢🙂'.repeat(200) }]);
  });

  it('fills missing columns with their defaults, also when they are expressions', async () => {
    await create(
      'defaults',
      "id UInt32, label String DEFAULT concat('n', toString(id)), doubled UInt32 MATERIALIZED id * 2",
    );
    const client = engine.client();
    await client.insert({ table: 'defaults', values: [{ id: 1 }, { id: 2, label: 'given' }], format: 'JSONEachRow' });
    await client.insert({ table: 'defaults', columns: ['id'], values: [[3]], format: 'JSONCompactEachRow' });
    await client.command({ query: 'INSERT INTO defaults (id) VALUES ({id:UInt32}), (2 + 3)', query_params: { id: 4 } });
    expect(await engine.rows('SELECT id, label, doubled FROM defaults ORDER BY id')).toEqual([
      { id: 1, label: 'n1', doubled: 2 },
      { id: 2, label: 'given', doubled: 4 },
      { id: 3, label: 'n3', doubled: 6 },
      { id: 4, label: 'n4', doubled: 8 },
      { id: 5, label: 'n5', doubled: 10 },
    ]);
  });

  it.each(['Native', 'RowBinary', 'Parquet', 'ArrowStream', 'TabSeparated', 'CSV'])(
    'reads its own %s back with NaN, infinities and text intact',
    async (format) => {
      const table = `round_${format}`;
      await create(table, 'id UInt32, x Array(Float64), s String');
      const source = `SELECT toUInt32(number) AS id, [nan, inf, -inf, -0.5] AS x, 'é\\n\\n; DROP TABLE ${table}' AS s FROM numbers(3)`;
      const body = new Uint8Array(await (await engine.send({ query: `${source} FORMAT ${format}` })).arrayBuffer());
      expect(await insert(`INSERT INTO ${table} FORMAT ${format}`, body)).toEqual(inserted);
      const check = `SELECT toUInt32(count()) AS n, min(isNaN(x[1]) AND x[2] = inf AND x[3] = -inf AND x[4] = -0.5 AND s LIKE 'é%DROP TABLE%') AS ok FROM ${table}`;
      expect(await engine.rows(check)).toEqual([{ n: 3, ok: 1 }]);
    },
  );

  it('stores an Arrow stream of several record batches as one part, NaN included', async () => {
    await create(
      'arrow',
      "id UInt32, numeric Array(Float64), at DateTime DEFAULT toDateTime('2026-01-01 00:00:00', 'UTC')",
    );
    const batches = [0, 1, 2, 3].map((batch) =>
      [0, 1].map((row) => ({ id: batch * 2 + row, numeric: [batch, NaN, Infinity] })),
    );
    expect(await insert('INSERT INTO arrow (id, numeric) FORMAT ArrowStream', arrowStream(batches))).toEqual(inserted);
    const [row] = await engine.rows(
      'SELECT toUInt32(count()) AS n, toUInt32(countIf(isNaN(numeric[2]))) AS nan, toUInt32(uniqExact(_part)) AS parts, toString(any(at)) AS at FROM arrow',
    );
    expect(row).toEqual({ n: 8, nan: 8, parts: 1, at: '2026-01-01 00:00:00' });
  });

  it('takes a large Arrow stream through the client, compressed or not', async () => {
    await create('large', 'id UInt32, numeric Array(Float64)');
    const rows = Array.from({ length: 20_000 }, (_, id) => ({
      id,
      numeric: Array.from({ length: 20 }, (_, f) => id / (f + 1)),
    }));
    const body = arrowStream([rows]);
    expect(body.length).toBeGreaterThan(3_000_000);
    for (const compressed of [false, true]) {
      const client = engine.client({ compression: { request: compressed } });
      const values = Readable.from([body.subarray(0, 1_000_001), body.subarray(1_000_001)], { objectMode: false });
      const { stream } = await client.exec({ query: 'INSERT INTO large FORMAT ArrowStream', values });
      await stream.resume().toArray();
    }
    expect(await engine.rows('SELECT toUInt32(count()) AS n, toUInt32(uniqExact(id)) AS ids FROM large')).toEqual([
      { n: 40_000, ids: 20_000 },
    ]);
  });

  it('reads the data after the query in one body, whole or gzipped', async () => {
    await create('one_body', 'id UInt32, s String');
    const body =
      'INSERT INTO one_body -- why\n SETTINGS async_insert = 0 FORMAT JSONEachRow\n{"id":1,"s":"FORMAT CSV\\n\\n"}\n';
    expect(await insert('', body)).toEqual(inserted);
    const headers = { 'Content-Encoding': 'gzip' };
    const zipped = await engine.send({}, { body: gzipSync(body), headers });
    expect(zipped.status).toBe(200);
    expect(await engine.rows('SELECT * FROM one_body')).toEqual([1, 2].map(() => ({ id: 1, s: 'FORMAT CSV\n\n' })));
  });

  it('takes data through input() as well', async () => {
    await create('through_input', 'id UInt32, s String');
    const query =
      "INSERT INTO through_input SELECT id * 10, upper(s) FROM input('id UInt32, s String') FORMAT JSONEachRow";
    expect(await insert(query, '{"id":1,"s":"a"}\n{"id":2,"s":"b"}\n')).toEqual(inserted);
    expect(await engine.rows('SELECT * FROM through_input ORDER BY id')).toEqual([
      { id: 10, s: 'A' },
      { id: 20, s: 'B' },
    ]);
  });

  it('stores nothing of a body with one bad row', async () => {
    await create('bad_row', 'id UInt32');
    const answer = await insert('INSERT INTO bad_row FORMAT JSONEachRow', '{"id":1}\n{"id":"x"}\n{"id":3}\n');
    expect(answer.status).toBe(400);
    expect(await engine.rows('SELECT id FROM bad_row')).toEqual([]);
  });

  it('refuses a broken gzip body and stores nothing', async () => {
    await create('broken_gzip', 'id UInt32');
    const whole = gzipSync(Buffer.from('{"id":1}\n'.repeat(10_000)));
    const init = { body: whole.subarray(0, whole.length - 12), headers: { 'Content-Encoding': 'gzip' } };
    const response = await engine.send({ query: 'INSERT INTO broken_gzip FORMAT JSONEachRow' }, init);
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(await engine.rows('SELECT id FROM broken_gzip')).toEqual([]);
  });

  it('inserts into tables whose names look like keywords', async () => {
    await create('`values`', 'id UInt32');
    await create('format', 'id UInt32');
    expect(await insert('INSERT INTO values FORMAT CSV', '1\n')).toEqual(inserted);
    expect(await insert(`INSERT INTO ${engine.address().database}.format (id) VALUES`, '(2)')).toEqual(inserted);
    expect(await engine.rows('SELECT id FROM `values` UNION ALL SELECT id FROM format ORDER BY id')).toEqual([
      { id: 1 },
      { id: 2 },
    ]);
  });

  it('inserts nothing and says so for an empty list of rows', async () => {
    await create('nothing', 'id UInt32');
    expect(await insert('INSERT INTO nothing FORMAT JSONEachRow', '')).toEqual(inserted);
    expect(await engine.rows('SELECT id FROM nothing')).toEqual([]);
  });

  it('refuses to read a file of the machine as the data of an insert', async () => {
    await create('no_file', 's String');
    const answer = await insert('', "INSERT INTO no_file FROM INFILE '/etc/hostname' FORMAT LineAsString");
    expect(answer.code).not.toBeNull();
    expect(await engine.rows('SELECT s FROM no_file')).toEqual([]);
  });
});
