import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { runCli } from '../../../../server/cli/run-cli.ts';
import type { ImportResult } from '../../../../server/cli/import/import-file.ts';
import { startFakeServer } from './fake-server.ts';

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), 'plumbline-import-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

const rows = 25_000;
const header = 'id,time,score,actual,age,city,sex';
const lineOf = (i: number): string =>
  `${String(i).padStart(6, '0')},2026-01-01 00:${String(Math.floor(i / 600) % 60).padStart(2, '0')}:00,${((i % 100) / 100).toFixed(2)},${i % 3 === 0 ? 1 : 0},${20 + (i % 50)},c${i % 4},${i % 2 ? 'F' : 'M'}`;

function csv(path: string, n = rows): string {
  writeFileSync(path, `${header}\n${Array.from({ length: n }, (_, i) => lineOf(i)).join('\n')}\n`);
  return path;
}

type Called = { code: number; out: ImportResult; err: string };

async function plumbline(dataDir: string, ...argv: string[]): Promise<Called> {
  let out = '';
  let err = '';
  const streams = {
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
  };
  const code = await runCli([...argv, '--json', '--data-dir', dataDir], streams, { PLUMBLINE_KEY: 'pl_test' });
  return { code, out: out === '' ? ({} as ImportResult) : (JSON.parse(out) as ImportResult), err };
}

test('a connection that drops and a server that is full cost time, not rows, and no row twice', async () => {
  const server = await startFakeServer(['take_and_drop', 'busy', 'drop', 'take', 'busy']);
  const dir = directory();
  const { code, out } = await plumbline(dir, 'import', csv(join(dir, 'a.csv')), '--model', 'm', '--url', server.url);
  expect(code).toBe(0);
  expect(new Set(server.seen.ids).size).toBe(rows);
  expect(server.seen.ids).toHaveLength(rows);
  expect(server.seen.labels).toHaveLength(rows);
  expect(server.seen.ids[7]).toBe('000007');
  expect(out.predictions).toMatchObject({ sent: rows, accepted: rows, rejected: 0 });
});

test('an import that gave up goes on where it stopped', async () => {
  const server = await startFakeServer(['take', 'take', 'busy', 'busy']);
  const dir = directory();
  const path = csv(join(dir, 'a.csv'));
  const command = ['import', path, '--model', 'm', '--url', server.url];
  const first = await plumbline(dir, ...command, '--retry-for', '0.5');
  expect(first.code).toBe(1);
  expect(first.err).toMatch(/answered 503/);
  expect(server.seen.ids).toHaveLength(10_000);
  server.fates.length = 0;
  const second = await plumbline(dir, ...command);
  expect(second.code).toBe(0);
  expect(second.out).toMatchObject({ resumedAfterRow: 10_000, rows });
  expect(second.out.predictions.accepted).toBe(rows);
  expect(server.seen.ids).toHaveLength(rows);
  const requests = server.seen.requests;
  expect((await plumbline(dir, ...command)).out.resumedAfterRow).toBe(rows);
  expect(server.seen.requests).toBe(requests);
});

test('another mapping of the same file is another import', async () => {
  const server = await startFakeServer();
  const dir = directory();
  const path = csv(join(dir, 'a.csv'), 10);
  await plumbline(dir, 'import', path, '--model', 'm', '--url', server.url);
  const again = await plumbline(dir, 'import', path, '--model', 'm', '--url', server.url, '--segments', 'city');
  expect(again.out.resumedAfterRow).toBe(0);
  expect(server.seen.ids).toHaveLength(20);
});

test('the model is registered first, with what the preview shows', async () => {
  const server = await startFakeServer();
  const dir = directory();
  await plumbline(
    dir,
    'import',
    csv(join(dir, 'a.csv'), 100),
    '--model',
    'm',
    '--url',
    server.url,
    '--sensitive',
    'sex',
    '--positive-at',
    '0.7',
  );
  expect(server.seen.posted[0]).toMatchObject({
    path: '/api/v1/models',
    body: {
      model: 'm',
      task: 'binary',
      threshold: 0.7,
      scoreScale: 'probability',
      positiveLabel: '1',
      negativeLabel: '0',
      sensitiveFeatures: ['sex'],
      features: [
        { name: 'age', kind: 'numeric' },
        { name: 'city', kind: 'categorical' },
      ],
    },
  });
});

test('a label is known so long after its prediction as --label-delay says', async () => {
  const server = await startFakeServer();
  const dir = directory();
  await plumbline(
    dir,
    'import',
    csv(join(dir, 'a.csv'), 2),
    '--model',
    'm',
    '--url',
    server.url,
    '--label-delay',
    '730d',
  );
  const feedback = server.seen.bodies.find(({ columns }) => 'predictionId' in columns);
  expect(feedback?.columns).toEqual({
    predictionId: ['000000', '000001'],
    time: ['2028-01-01T00:00:00.000Z', '2028-01-01T00:00:00.000Z'],
    label: ['1', '0'],
  });
});

test('a reference without times lies in the seventies and spans exactly its rows', async () => {
  const server = await startFakeServer();
  const dir = directory();
  const path = join(dir, 'r.csv');
  writeFileSync(path, `score,age\n${'0.5,30\n'.repeat(40)}`);
  const { code, out } = await plumbline(dir, 'import', path, '--model', 'm', '--as', 'reference', '--url', server.url);
  expect(code).toBe(0);
  const times = server.seen.bodies[0].columns.time as string[];
  const reference = server.seen.posted.find(({ path: at }) => at === '/api/v1/models/m/references')?.body as {
    from: string;
    to: string;
  };
  expect(reference).toMatchObject({ kind: 'imported', modelVersion: null, from: times[0] });
  expect(Date.parse(reference.to)).toBe(Date.parse(times[39]) + 1);
  expect(times[0] >= '1970-01-02T00:00:00.000Z' && times[39] < '1980-01-01').toBe(true);
  expect(out.reference?.id).toBe('ref-1');
});

test('labels in a file of their own join by id', async () => {
  const server = await startFakeServer();
  const dir = directory();
  const labels = join(dir, 'labels.csv');
  writeFileSync(labels, 'pid,truth\n000001,1\n000002,0\n000003,\n');
  const { out } = await plumbline(
    dir,
    'import',
    csv(join(dir, 'a.csv'), 5),
    '--model',
    'm',
    '--url',
    server.url,
    '--exclude',
    'actual',
    '--actual',
    'actual',
    '--labels',
    labels,
    '--labels-id',
    'pid',
    '--labels-actual',
    'truth',
  );
  expect(out.labels?.feedback).toMatchObject({ sent: 2, accepted: 2 });
  expect(server.seen.labels.slice(-2)).toEqual(['000001', '000002']);
});

test('refused rows are counted by code, with their row numbers, and written out with their cells', async () => {
  const server = await startFakeServer();
  server.rejects.push((kind) => (kind === 'predictions' ? [{ index: 1, code: 'TIME_INVALID' }] : []));
  const dir = directory();
  const path = csv(join(dir, 'a.csv'), 4);
  writeFileSync(path, `${readFileSync(path, 'utf8')}short,row\n`);
  const out = join(dir, 'refused.ndjson');
  const { code, out: result } = await plumbline(
    dir,
    'import',
    path,
    '--model',
    'm',
    '--url',
    server.url,
    '--rejected-out',
    out,
  );
  expect(code).toBe(0);
  expect(result.predictions.rejectedByCode).toEqual({ TIME_INVALID: 1, CSV_ROW_LENGTH: 1 });
  const lines = readFileSync(out, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { row: number; code: string; cells: string[] | null });
  expect(lines.map(({ row, code: reason }) => [row, reason])).toEqual([
    [5, 'CSV_ROW_LENGTH'],
    [2, 'TIME_INVALID'],
  ]);
  expect(lines[1].cells?.[0]).toBe('000001');
});

test('when every row is refused, the mapping is wrong: exit 1 with the first reason', async () => {
  const server = await startFakeServer();
  server.rejects.push((_, { columns }) =>
    Object.values(columns)[0].map((_, index) => ({ index, code: 'SCORE_OUT_OF_RANGE' })),
  );
  const dir = directory();
  const { code, err } = await plumbline(dir, 'import', csv(join(dir, 'a.csv'), 4), '--model', 'm', '--url', server.url);
  expect(code).toBe(1);
  expect(err).toMatch(/Row 1: SCORE_OUT_OF_RANGE/);
});

test.each([
  [['import', '--model', 'm'], /missing required argument/],
  [['import', 'x.csv'], /--model/],
  [['import', 'x.csv', '--model', 'm', '--as', 'both'], /Allowed choices/],
  [['nonsense'], /unknown command|too many arguments/],
])('%j is called wrongly: exit 2', async (argv, message) => {
  const { code, err } = await plumbline(directory(), ...argv);
  expect(code).toBe(2);
  expect(err).toMatch(message);
});

test('a missing file is exit 1 and named', async () => {
  const { code, err } = await plumbline(
    directory(),
    'import',
    '/nowhere.csv',
    '--model',
    'm',
    '--url',
    'http://127.0.0.1:9',
  );
  expect(code).toBe(1);
  expect(err).toMatch(/There is no file \/nowhere.csv/);
});
