import { expect, it } from 'vitest';
import { onEachEngine } from './on-each-engine.ts';

onEachEngine('statements', (engine) => {
  const command = (query: string, parameters?: Record<string, unknown>) =>
    engine.client().command({ query, query_params: parameters });

  it('defines, changes, describes and drops tables, with settings on the request', async () => {
    const client = engine.client();
    const settings = { mutations_sync: '2', alter_sync: '1' };
    const run = (query: string) => client.command({ query, clickhouse_settings: settings });
    await run(
      'CREATE TABLE plan (id UInt32, s String) ENGINE = MergeTree ORDER BY id SETTINGS index_granularity = 1024',
    );
    await run("INSERT INTO plan VALUES (1, 'a'), (2, 'b'), (3, 'c')");
    await run('ALTER TABLE plan ADD COLUMN n UInt32 DEFAULT id * 2');
    await run("ALTER TABLE plan UPDATE s = 'changed' WHERE id = 1");
    await run('ALTER TABLE plan MODIFY SETTING merge_with_ttl_timeout = 60');
    await run('OPTIMIZE TABLE plan FINAL');
    await run('RENAME TABLE plan TO plan_b');
    expect(await engine.rows('SELECT * FROM plan_b ORDER BY id')).toEqual([
      { id: 1, s: 'changed', n: 2 },
      { id: 2, s: 'b', n: 4 },
      { id: 3, s: 'c', n: 6 },
    ]);
    const described = await engine.rows('DESCRIBE TABLE plan_b');
    expect(described.map((row) => row.name)).toEqual(['id', 's', 'n']);
    const [{ statement }] = await engine.rows('SHOW CREATE TABLE plan_b');
    expect(statement).toContain('index_granularity = 1024');
    expect(statement).not.toContain('mutations_sync');
    await run('DROP TABLE plan_b SYNC');
    expect(await engine.rows('EXISTS TABLE plan_b')).toEqual([{ result: 0 }]);
  });

  it('binds parameters in deletes, updates, inserts and views', async () => {
    await command('CREATE TABLE bound (id UInt32, s String) ENGINE = MergeTree ORDER BY id');
    await command('INSERT INTO bound SELECT number, {s:String} FROM numbers({n:UInt32})', { s: "it's", n: 5 });
    await command('DELETE FROM bound WHERE id = {id:UInt32}', { id: 2 });
    await command('ALTER TABLE bound DELETE WHERE id IN {ids:Array(UInt32)} SETTINGS mutations_sync = 2', {
      ids: [0, 1],
    });
    await command('CREATE VIEW above AS SELECT id FROM bound WHERE id >= {least:UInt32}');
    expect(await engine.rows('SELECT id, s FROM bound ORDER BY id')).toEqual([
      { id: 3, s: "it's" },
      { id: 4, s: "it's" },
    ]);
    expect(await engine.rows('SELECT id FROM above(least = {least:UInt32})', { least: 4 })).toEqual([{ id: 4 }]);
  });

  it('keeps a definition free of the limits of the request that made it', async () => {
    await command('CREATE TABLE origin (id UInt32) ENGINE = Null');
    await command('CREATE TABLE copied (id UInt32) ENGINE = MergeTree ORDER BY id');
    await command('CREATE MATERIALIZED VIEW copier TO copied AS SELECT id FROM origin');
    const [{ statement }] = await engine.rows('SHOW CREATE VIEW copier');
    expect(statement).not.toMatch(/max_|SETTINGS/);
  });

  it('explains, and reads system tables', async () => {
    expect((await engine.rows('EXPLAIN SELECT 1')).length).toBeGreaterThan(0);
    const [row] = await engine.rows(
      'SELECT toUInt32(count()) AS n FROM system.databases WHERE name = currentDatabase()',
    );
    expect(row).toEqual({ n: 1 });
  });

  it('stores an INSERT SELECT that is repeated with its token once', async () => {
    const window = 'SETTINGS non_replicated_deduplication_window = 100';
    await command(`CREATE TABLE chosen (id UInt32) ENGINE = MergeTree ORDER BY id ${window}`);
    const query =
      "INSERT INTO chosen SETTINGS insert_deduplication_token = 'a' SELECT number FROM numbers(10) ORDER BY number";
    await command(query);
    await command(query);
    expect(await engine.rows('SELECT toUInt32(count()) AS n FROM chosen')).toEqual([{ n: 10 }]);
  });

  it('reads what was written at once, in the order of the requests', async () => {
    await command('CREATE TABLE ordered (id UInt32) ENGINE = MergeTree ORDER BY id');
    for (let id = 0; id < 20; id += 1) {
      await engine.client().insert({ table: 'ordered', values: [{ id }], format: 'JSONEachRow' });
      expect(await engine.rows('SELECT toUInt32(max(id)) AS id FROM ordered')).toEqual([{ id }]);
    }
  });
});
