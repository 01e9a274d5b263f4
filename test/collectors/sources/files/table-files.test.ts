import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { inChunks } from '../../../../collectors/sources/files/in-chunks.ts';
import { openTableFile } from '../../../../collectors/sources/files/open-table-file.ts';
import type { FileRow, TableFile } from '../../../../collectors/sources/files/table-file.ts';

const asItComes = { format: null, delimiter: null, furtherColumns: [] };

async function fileWith(name: string, content: string | Buffer): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'plumbline-files-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  const path = join(directory, name);
  await writeFile(path, content);
  return path;
}

async function rowsOf(file: TableFile): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  for await (const piece of file.rows()) rows.push(...piece.rows);
  return rows;
}

const open = async (name: string, content: string | Buffer): Promise<TableFile> =>
  openTableFile(await fileWith(name, content), asItComes);

test('CSV cells stay text, empty ones are missing, quotes and byte-order mark are read', async () => {
  const file = await open('a.csv', '\uFEFFid,note,x\r\n007,"a, ""b""",\r\n12345678901234567890,,1.50\r\n');
  expect(file.columns).toEqual(['id', 'note', 'x']);
  expect(await rowsOf(file)).toEqual([
    { cells: ['007', 'a, "b"', null] },
    { cells: ['12345678901234567890', null, '1.50'] },
  ]);
});

test('a CSV row with another number of cells is reported alone and keeps its place', async () => {
  const rows = await rowsOf(await open('a.csv', 'a,b\n1,2\n1,2,3\n5,6\n'));
  expect(rows.map((row) => ('problem' in row ? row.problem.code : row.cells))).toEqual([
    ['1', '2'],
    'CSV_ROW_LENGTH',
    ['5', '6'],
  ]);
});

test('a quote that is never closed is an error, not lost rows', async () => {
  const file = await open('a.csv', 'a,b\n1,2\n3,"x\n5,6\n');
  await expect(rowsOf(file)).rejects.toThrow(/Quote Not Closed/);
});

test('the delimiter is found in the header line', async () => {
  expect((await open('a.csv', 'a;"b,c";d\n1;2;3\n')).columns).toEqual(['a', 'b,c', 'd']);
  expect((await open('a.tsv', 'a\tb\n1\t2\n')).columns).toEqual(['a', 'b']);
});

test('gzip is recognised by its first bytes, whatever the name', async () => {
  const csv = await open('a.csv', gzipSync('a,b\n1,2\n'));
  expect(await rowsOf(csv)).toEqual([{ cells: ['1', '2'] }]);
  const ndjson = await open('a.ndjson.gz', gzipSync('{"a":1}\n'));
  expect(await rowsOf(ndjson)).toEqual([{ cells: [1] }]);
});

test('members of nested objects become dotted columns, and big integers keep their digits', async () => {
  const line = '{"id":12345678901234567890,"features":{"x":1.5,"deep":{"y":true}},"tags":[1]}';
  const file = await open('a.ndjson', `${line}\n{"id":"b"}`);
  expect(file.columns).toEqual(['id', 'features.x', 'features.deep.y', 'tags']);
  expect(await rowsOf(file)).toEqual([
    { cells: ['12345678901234567890', 1.5, true, '[1]'] },
    { cells: ['b', null, null, null] },
  ]);
});

test('a bad NDJSON line is reported alone; blank lines are no rows', async () => {
  const rows = await rowsOf(await open('a.ndjson', '{"a":1}\n\n{oops\n[1]\n{"a":2}\n'));
  expect(rows.map((row) => ('problem' in row ? row.problem.code : row.cells[0]))).toEqual([
    1,
    'INVALID_JSON',
    'NOT_AN_OBJECT',
    2,
  ]);
});

test('a line beyond a mebibyte is reported without being held', async () => {
  const rows = await rowsOf(await open('a.ndjson', `{"a":1}\n{"a":"${'x'.repeat(1_100_000)}"}\n{"a":3}\n`));
  expect(rows.map((row) => ('problem' in row ? row.problem.code : row.cells[0]))).toEqual([1, 'LINE_TOO_LONG', 3]);
});

test.each(['zstd', 'snappy'])('Parquet with %s, several row groups, nulls and integers beyond 2^53', async (codec) => {
  const file = await openTableFile(join(import.meta.dirname, `rows-${codec}.parquet`), asItComes);
  expect(file).toMatchObject({ format: 'parquet', columns: ['id', 'at', 'x', 'region', 'flag'], rowsTotal: 5 });
  const rows = await rowsOf(file);
  expect(rows).toHaveLength(5);
  expect(rows[1]).toEqual({ cells: ['9007199254740994', '2026-01-02T03:04:06.678Z', 0.25, null, 0] });
});

test('the same file always gives the same chunks', async () => {
  const lines = Array.from({ length: 2_501 }, (_, i) => `${i},x`).join('\n');
  const file = await open('a.csv', `a,b\n${lines}\n`);
  const chunks: [number, number][] = [];
  for await (const chunk of inChunks(file, 700)) chunks.push([chunk.firstRow, chunk.rows.length]);
  expect(chunks).toEqual([
    [0, 700],
    [700, 700],
    [1400, 700],
    [2100, 401],
  ]);
});

test.each([
  ['empty.csv', '', /is empty/],
  ['twice.csv', 'a,a\n1,2\n', /two columns named "a"/],
  ['fake.parquet', 'a,b\n', /does not begin as a Parquet file/],
])('%s is refused with what to do', async (name, content, message) => {
  await expect(open(name, content)).rejects.toThrow(message);
});
