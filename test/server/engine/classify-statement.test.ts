import { describe, expect, it } from 'vitest';
import { classifyStatement } from '../../../server/engine/classify-statement.ts';

/** What the engine would be told, what its data is, and where a file would take the place of the data. */
function split(sql: string) {
  const statement = classifyStatement(sql);
  if (statement.kind !== 'insert_data') throw new Error(`no data in: ${sql}`);
  const { sourceAt, statementEnd, dataStart, format } = statement;
  return {
    head: sql.slice(0, sourceAt),
    middle: sql.slice(sourceAt, statementEnd),
    format,
    data: sql.slice(dataStart),
  };
}

describe('classifyStatement', () => {
  it.each([
    ['SELECT 1 + 1', 'read'],
    ['/* SELECT */ INSERT INTO t SELECT 1', 'write'],
    ['-- INSERT\nselect 2', 'read'],
    ['(SELECT 1) UNION ALL (SELECT 2)', 'read'],
    ['WITH 1 AS x SELECT x', 'read'],
    ['WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x', 'write'],
    ['SHOW TABLES', 'read'],
    ['EXPLAIN SELECT 1', 'read'],
    ['CREATE TABLE t (id UInt8) ENGINE = Memory', 'write'],
    ['ALTER TABLE t DELETE WHERE 1', 'write'],
    ['OPTIMIZE TABLE t FINAL', 'write'],
    ['INSERT INTO t (SELECT 1)', 'write'],
    ["KILL QUERY WHERE query_id = 'x'", 'health'],
    ['SELECT 1', 'health'],
    ["select 'ping' FORMAT JSON", 'health'],
    ['SELECT version()', 'health'],
    ['SELECT version(), count() FROM t', 'read'],
  ])('sends %j to the %s lane', (sql, lane) => {
    expect(classifyStatement(sql)).toMatchObject({ kind: 'plain', lane });
  });

  it.each([
    ['SELECT 1 FORMAT CSV', 'CSV'],
    ['SELECT 1 FORMAT CSV SETTINGS max_threads = 1', 'CSV'],
    ['SELECT 1 SETTINGS max_threads = 1 FORMAT JSONEachRow;', 'JSONEachRow'],
    ['SELECT format FROM t', undefined],
    ["SELECT 'FORMAT CSV' FROM (SELECT 1 FORMAT CSV)", undefined],
    ['SELECT 1 -- FORMAT CSV', undefined],
  ])('finds the output format of %j', (sql, outputFormat) => {
    expect(classifyStatement(sql)).toMatchObject({ outputFormat });
  });

  it.each([
    ['INSERT INTO t FORMAT CSV\n1,2\n', { head: 'INSERT INTO t ', middle: '', format: 'CSV', data: '1,2\n' }],
    ['INSERT INTO t FORMAT CSV 1,2', { head: 'INSERT INTO t ', middle: '', format: 'CSV', data: '1,2' }],
    ['INSERT INTO t FORMAT CSV\r\n\r\n1', { head: 'INSERT INTO t ', middle: '', format: 'CSV', data: '\r\n1' }],
    [
      'insert into t(a, `FORMAT`) values (1);;',
      { head: 'insert into t(a, `FORMAT`) ', middle: '', format: 'Values', data: ' (1);;' },
    ],
    [
      "INSERT INTO t SETTINGS a = 'FORMAT', b = 1 FORMAT JSONEachRow {}",
      { head: 'INSERT INTO t ', middle: "SETTINGS a = 'FORMAT', b = 1 ", format: 'JSONEachRow', data: '{}' },
    ],
    [
      'INSERT INTO d.values (* EXCEPT (b)) FORMAT CSV\n',
      { head: 'INSERT INTO d.values (* EXCEPT (b)) ', middle: '', format: 'CSV', data: '' },
    ],
    [
      "INSERT INTO TABLE FUNCTION null('a UInt8') FORMAT CSV\n1",
      { head: "INSERT INTO TABLE FUNCTION null('a UInt8') ", middle: '', format: 'CSV', data: '1' },
    ],
    [
      'INSERT INTO {t:Identifier} VALUES (1)',
      { head: 'INSERT INTO {t:Identifier} ', middle: '', format: 'Values', data: ' (1)' },
    ],
    [
      'INSERT INTO t /* VALUES */ -- FORMAT\n VALUES(1)',
      { head: 'INSERT INTO t /* VALUES */ -- FORMAT\n ', middle: '', format: 'Values', data: '(1)' },
    ],
  ])('parts statement and data of %j', (sql, parts) => {
    expect(split(sql)).toEqual(parts);
  });

  it('never looks into the data', () => {
    const data = '{"a":"it\'s"}\n\n; DROP TABLE t; \'unfinished';
    expect(split(`INSERT INTO t FORMAT JSONEachRow\n${data}`).data).toBe(data);
  });

  it('finds the place of the data in input()', () => {
    const sql = "INSERT INTO t SELECT a, (b) FROM input('a UInt8, b String') WHERE a IN (1) FORMAT CSV\n1,x";
    const statement = classifyStatement(sql);
    expect(statement).toMatchObject({
      kind: 'insert_data',
      format: 'CSV',
      inputCall: { structure: "'a UInt8, b String'" },
    });
    if (statement.kind !== 'insert_data' || statement.inputCall === undefined) throw new Error('no input call');
    expect(sql.slice(statement.inputCall.start, statement.inputCall.end)).toBe("input('a UInt8, b String')");
  });

  it.each(['SELECT 1; SELECT 2', 'SELECT 1;;', "SELECT ';'; DROP TABLE t", 'INSERT INTO t SELECT 1; DROP TABLE t'])(
    'refuses several statements: %j',
    (sql) => {
      expect(() => classifyStatement(sql)).toThrow(expect.objectContaining({ code: 62 }));
    },
  );

  it.each([
    "SELECT ';' ;",
    'SELECT 1; -- end',
    'SELECT $tag$;$tag$',
    'SELECT `a;b`, "c;d" FROM t',
    "SELECT 'it''s; \\'; '",
    'SELECT 1 /* ; /* ; */ ; */',
  ])('takes one statement for one: %j', (sql) => {
    expect(classifyStatement(sql)).toMatchObject({ kind: 'plain' });
  });

  it('refuses files of the machine as source or target', () => {
    expect(() => classifyStatement("INSERT INTO t FROM INFILE '/etc/passwd' FORMAT CSV")).toThrow(
      expect.objectContaining({ code: 78 }),
    );
    expect(() => classifyStatement("SELECT 1 INTO OUTFILE '/tmp/x'")).toThrow(expect.objectContaining({ code: 358 }));
  });

  it('refuses a zero byte outside of a string', () => {
    expect(() => classifyStatement('SELECT 1 \0 FROM t')).toThrow(expect.objectContaining({ code: 62 }));
    expect(classifyStatement("SELECT 'a\0b'")).toMatchObject({ kind: 'plain' });
  });

  it('refuses an empty query', () => {
    expect(() => classifyStatement(' -- nothing\n')).toThrow(expect.objectContaining({ code: 62 }));
  });
});
