import { request } from 'node:http';
import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { onEachEngine } from './on-each-engine.ts';

const HOSTILE = "it's \\ \t\n\0 \"`;\n\n'); DROP TABLE victim; -- \\' é漢🙂";

onEachEngine('queries', (engine) => {
  it('answers ping with and without a query', async () => {
    const client = engine.client();
    expect(await client.ping()).toEqual({ success: true });
    expect(await client.ping({ select: true })).toEqual({ success: true });
    const ping = await fetch(`${engine.address().url}/ping`);
    expect([ping.status, await ping.text()]).toEqual([200, 'Ok.\n']);
    const replicas = await fetch(`${engine.address().url}/replicas_status`);
    expect(replicas.status).toBe(200);
  });

  it('says its version', async () => {
    const [{ version }] = await engine.rows('SELECT version() AS version');
    expect(version).toMatch(/^\d+\.\d+\.\d+/);
  });

  it('binds typed parameters, and a hostile string stays a string', async () => {
    await engine.client().command({ query: 'CREATE TABLE victim (id UInt32) ENGINE = MergeTree ORDER BY id' });
    const query =
      'SELECT {n:UInt32} AS n, {s:String} AS s, {list:Array(String)} AS list, {x:Float64} AS x FROM {t:Identifier} RIGHT JOIN (SELECT 1 AS one) AS o ON id = one';
    const parameters = { n: 7, s: HOSTILE, list: [HOSTILE, 'plain'], x: 0.5, t: 'victim' };
    expect(await engine.rows(query, parameters)).toEqual([{ n: 7, s: HOSTILE, list: [HOSTILE, 'plain'], x: 0.5 }]);
    expect(await engine.rows('EXISTS TABLE victim')).toEqual([{ result: 1 }]);
  });

  it('brings any text through a parameter, a list and an insert unchanged', async () => {
    await engine
      .client()
      .command({ query: 'CREATE TABLE any_text (n UInt32, s String) ENGINE = MergeTree ORDER BY n' });
    const texts = fc.sample(fc.string({ unit: 'binary', maxLength: 30 }), 200);
    const hostile = fc.sample(
      fc.array(fc.constantFrom('\\', "'", '`', '\n', '\t', '\0', ';', '--', '/*', 'N', '{', '}'), { maxLength: 9 }),
      200,
    );
    const list = [...texts, ...hostile.map((parts) => parts.join(''))].map((text) => text.toWellFormed());
    expect(await engine.rows('SELECT {list:Array(String)} AS list', { list })).toEqual([{ list }]);
    const values = list.map((s, n) => ({ n, s }));
    await engine.client().insert({ table: 'any_text', values, format: 'JSONEachRow' });
    expect(await engine.rows('SELECT n, s FROM any_text ORDER BY n')).toEqual(values);
    for (const s of list.slice(190, 230)) expect(await engine.rows('SELECT {s:String} AS s', { s })).toEqual([{ s }]);
  });

  it('binds null, dates, booleans, maps and big integers', async () => {
    const query =
      'SELECT {a:Nullable(String)} AS a, {d:DateTime64(3)} AS d, {b:Bool} AS b, {m:Map(String, UInt8)} AS m, toString({i:UInt64}) AS i';
    const parameters = {
      a: null,
      d: new Date('2026-01-02T03:04:05.678Z'),
      b: true,
      m: { "k'": 1 },
      i: 18446744073709551615n,
    };
    expect(await engine.rows(query, parameters)).toEqual([
      { a: null, d: '2026-01-02 03:04:05.678', b: true, m: { "k'": 1 }, i: '18446744073709551615' },
    ]);
  });

  it('takes a parameter of half a megabyte in a form', async () => {
    const ids = Array.from({ length: 50_000 }, (_, index) => `id-${index}`);
    const result = await engine.client().query({
      query: 'SELECT toString(length({ids:Array(String)})) AS n, {ids:Array(String)}[50000] AS last',
      query_params: { ids },
      format: 'JSONEachRow',
      use_multipart_params: true,
    });
    expect(await result.json()).toEqual([{ n: '50000', last: 'id-49999' }]);
  });

  it('names a parameter that is missing', async () => {
    await expect(engine.rows('SELECT {absent:UInt32}')).rejects.toMatchObject({ code: '456' });
  });

  it('applies the settings of a request to that request alone', async () => {
    const client = engine.client();
    const threads = async (settings?: Record<string, string>) => {
      const query = "SELECT getSetting('max_block_size') AS n";
      const result = await client.query({ query, format: 'JSONEachRow', clickhouse_settings: settings });
      return (await result.json<{ n: string }>())[0].n;
    };
    const before = await threads();
    expect(Number(await threads({ max_block_size: '1234' }))).toBe(1234);
    for (let index = 0; index < 8; index += 1) expect(await threads()).toEqual(before);
  });

  it('lets the SETTINGS of a query win over those of its request', async () => {
    const query = "SELECT getSetting('max_block_size') AS n SETTINGS max_block_size = 77 FORMAT JSONEachRow";
    const response = await engine.send({ query, max_block_size: '55' });
    expect(JSON.parse(await response.text())).toMatchObject({ n: expect.toSatisfy((n) => Number(n) === 77) });
  });

  it('keeps a hostile setting inert', async () => {
    await engine.client().command({ query: 'CREATE TABLE prey (id UInt32) ENGINE = MergeTree ORDER BY id' });
    const hostile = "\\'; DROP TABLE prey; --";
    const result = await engine.send({ query: "SELECT getSetting('log_comment')", log_comment: hostile });
    expect(await result.text()).toContain('DROP TABLE prey');
    const inName = await engine.send({ query: 'SELECT 1', 'max_threads=1; DROP TABLE prey; --': '1' });
    expect(inName.headers.get('x-clickhouse-exception-code')).toBe('115');
    expect(await engine.rows('EXISTS TABLE prey')).toEqual([{ result: 1 }]);
  });

  it('refuses a setting that does not exist', async () => {
    const settings = { no_such_setting: '1' } as Record<string, string>;
    const attempt = engine.client().query({ query: 'SELECT 1', clickhouse_settings: settings });
    await expect(attempt).rejects.toMatchObject({ code: '115', type: 'UNKNOWN_SETTING' });
  });

  it('forgets USE, SET and temporary tables when the request ends', async () => {
    const client = engine.client();
    await client.command({ query: 'USE system' });
    await client.command({ query: 'SET max_block_size = 99' });
    await client.command({ query: 'CREATE TEMPORARY TABLE passing (id UInt8)' });
    const [row] = await engine.rows("SELECT currentDatabase() AS d, getSetting('max_block_size') AS n");
    expect(row.d).toBe(engine.address().database);
    expect(Number(row.n)).not.toBe(99);
    await expect(engine.rows('SELECT * FROM passing')).rejects.toMatchObject({ code: '60' });
  });

  it('takes the query from the URL, from the body, or half from each', async () => {
    const text = async (response: Response) => [response.status, await response.text()];
    expect(await text(await engine.send({ query: 'SELECT 1' }))).toEqual([200, '1\n']);
    expect(await text(await engine.send({}, { body: 'SELECT 2' }))).toEqual([200, '2\n']);
    expect(await text(await engine.send({ query: 'SELECT' }, { body: '3' }))).toEqual([200, '3\n']);
    expect(await text(await engine.send({ query: 'SELECT 4 -- note' }, { method: 'GET' }))).toEqual([200, '4\n']);
  });

  it('reads only on GET', async () => {
    const create = 'CREATE TABLE by_get (id UInt32) ENGINE = MergeTree ORDER BY id';
    const response = await engine.send({ query: create }, { method: 'GET' });
    expect(response.status).toBe(500);
    expect(response.headers.get('x-clickhouse-exception-code')).toBe('164');
    expect(await engine.rows('EXISTS TABLE by_get')).toEqual([{ result: 0 }]);
  });

  it('uses default_format unless the query names a format', async () => {
    const byDefault = await engine.send({ query: 'SELECT 1 AS x', default_format: 'JSONEachRow' });
    expect([byDefault.headers.get('x-clickhouse-format'), await byDefault.text()]).toEqual([
      'JSONEachRow',
      '{"x":1}\n',
    ]);
    const named = await engine.send({ query: 'SELECT 1 AS x FORMAT CSV', default_format: 'JSONEachRow' });
    expect([named.headers.get('x-clickhouse-format'), await named.text()]).toEqual(['CSV', '1\n']);
  });

  it('tells the query id, the time zone and a summary', async () => {
    const response = await engine.send({
      query: 'SELECT sum(number) FROM numbers(10)',
      query_id: 'plumb-1',
      wait_end_of_query: '1',
    });
    expect(response.headers.get('x-clickhouse-query-id')).toBe('plumb-1');
    expect(response.headers.get('x-clickhouse-timezone')).toBe('UTC');
    expect(response.headers.get('x-clickhouse-server-display-name')).toBeTruthy();
    expect(JSON.parse(response.headers.get('x-clickhouse-summary') ?? '')).toMatchObject({
      read_rows: expect.stringMatching(/^\d+$/),
      elapsed_ns: expect.stringMatching(/^\d+$/),
    });
    expect(await response.text()).toBe('45\n');
  });

  it('compresses a result when asked to', async () => {
    const { url, username, password } = engine.address();
    const headers = { 'Accept-Encoding': 'gzip', 'X-ClickHouse-User': username, 'X-ClickHouse-Key': password };
    const path = '/?enable_http_compression=1&query=SELECT+repeat(%27x%27,1000)';
    const { encoding, body } = await new Promise<{ encoding?: string; body: Buffer }>((resolve, reject) => {
      request(`${url}${path}`, { headers }, async (response) => {
        const body = Buffer.concat(await response.toArray());
        resolve({ encoding: response.headers['content-encoding'], body });
      })
        .on('error', reject)
        .end();
    });
    expect(encoding).toBe('gzip');
    expect(gunzipSync(body).toString()).toBe(`${'x'.repeat(1000)}\n`);
  });

  it('speaks gzip both ways through the client', async () => {
    const client = engine.client({ compression: { request: true, response: true } });
    await client.command({ query: 'CREATE TABLE zipped (s String) ENGINE = MergeTree ORDER BY s' });
    await client.insert({ table: 'zipped', values: [{ s: HOSTILE }], format: 'JSONEachRow' });
    const result = await client.query({ query: 'SELECT s FROM zipped', format: 'JSONEachRow' });
    expect(await result.json()).toEqual([{ s: HOSTILE }]);
  });

  it('refuses a wrong password and takes the right one in three ways', async () => {
    const { url, username, password } = engine.address();
    const query = 'query=SELECT+1';
    const wrong = await fetch(`${url}/?${query}`, {
      headers: { 'X-ClickHouse-User': username, 'X-ClickHouse-Key': `${password}x` },
    });
    expect([401, 403]).toContain(wrong.status);
    expect(wrong.headers.get('x-clickhouse-exception-code')).toBe('516');
    expect(await wrong.text()).toMatch(/^Code: 516\. DB::Exception: .*\(AUTHENTICATION_FAILED\)/);
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    const inUrl = new URLSearchParams({ user: username, password });
    for (const response of [
      await fetch(`${url}/?${query}`, { headers: { Authorization: `Basic ${basic}` } }),
      await fetch(`${url}/?${query}`, { headers: { 'X-ClickHouse-User': username, 'X-ClickHouse-Key': password } }),
      await fetch(`${url}/?${query}&${inUrl}`),
    ]) {
      expect([response.status, await response.text()]).toEqual([200, '1\n']);
    }
  });

  it.each([
    ['SELEC 1', 62, 400],
    ['SELECT 1; SELECT 2', 62, 400],
    ['SELECT * FROM no_such_table', 60, 404],
    ['SELECT no_such_column FROM system.one', 47, 404],
    ['SELECT no_such_function(1)', 46, 404],
    ['SELECT * FROM no_such_database.t', 81, 404],
    ['SELECT 1 FORMAT NoSuchFormat', 73, 404],
    ["SELECT throwIf(1, 'on purpose')", 395, 500],
  ])('answers %s with code %i and status %i', async (query, code, status) => {
    const response = await engine.send({}, { body: query });
    const text = await response.text();
    expect([response.headers.get('x-clickhouse-exception-code'), response.status]).toEqual([String(code), status]);
    expect(text).toMatch(new RegExp(`^Code: ${code}\\. DB::Exception: [^]*\\([A-Z_]+\\) \\(version [^)]+\\)`));
    expect(text.match(/DB::Exception/g)).toHaveLength(1);
  });

  it('gives the client an error with code and type', async () => {
    await expect(engine.rows('SELECT * FROM no_such_table')).rejects.toMatchObject({
      code: '60',
      type: 'UNKNOWN_TABLE',
    });
  });

  it('takes one semicolon at the end and comments anywhere', async () => {
    const response = await engine.send({}, { body: "/* a; b */ SELECT ';' -- ; c\n ; -- d\n" });
    expect(await response.text()).toBe(';\n');
  });
});
