import { gzipSync } from 'node:zlib';
import {
  Field,
  Float64,
  makeData,
  Struct,
  Table,
  tableToIPC,
  TimestampMillisecond,
  Utf8,
  Vector,
  vectorFromArray,
} from 'apache-arrow';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createIngest, reject } from '../helpers/ingest.ts';

const time = '2026-11-22T11:59:00Z';
const records = [
  { id: 'a', model: 'm', time, score: 0.25, features: { x: 1.5, region: 'nörd 👩‍👧' } },
  { id: 'b', model: 'm', time, score: 0.75, features: { x: null, region: 'süd' } },
];

describe('every wire shape brings the same rows', () => {
  const columns = {
    model: 'm',
    columns: {
      id: ['a', 'b'],
      time: [time, time],
      score: [0.25, 0.75],
      features: { x: [1.5, null], region: ['nörd 👩‍👧', 'süd'] },
    },
  };
  const struct = (() => {
    const x = vectorFromArray([1.5, null], new Float64()).data[0];
    const region = vectorFromArray(['nörd 👩‍👧', 'süd'], new Utf8()).data[0];
    const type = new Struct([new Field('x', x.type, true), new Field('region', region.type, true)]);
    return new Vector([makeData({ type, length: 2, nullCount: 0, children: [x, region] })]);
  })();
  const arrow = tableToIPC(
    new Table({
      id: vectorFromArray(['a', 'b'], new Utf8()),
      time: vectorFromArray([new Date(time), new Date(time)], new TimestampMillisecond()),
      score: vectorFromArray([0.25, 0.75], new Float64()),
      features: struct,
    }),
    'stream',
  );

  it.each([
    ['an array', records, {}],
    ['the envelope', { sourceId: 's', batchSeq: 17, records }, {}],
    ['the envelope, records first', { records, sourceId: 's' }, {}],
    ['columns', columns, {}],
    ['NDJSON', records.map((record) => JSON.stringify(record)).join('\n'), {}],
    [
      'NDJSON with CRLF, blank lines and a newline at the end',
      `\n${records.map((record) => JSON.stringify(record)).join('\r\n  \r\n')}\r\n`,
      {},
    ],
    ['gzip, header or not', gzipSync(JSON.stringify(records)), { format: 'json' as const }],
    ['a byte order mark', Buffer.from(`\ufeff${JSON.stringify(records)}`), { format: 'json' as const }],
    ['Arrow', arrow, { format: 'arrow' as const }],
  ])('%s', async (_name, body, overrides) => {
    const ingested = await createIngest().prediction(body, overrides);
    expect(ingested.result).toMatchObject({ status: 202, reply: { accepted: 2, rejected: 0 } });
    expect(
      ingested.rows.map(({ prediction_id, occurred_at, score, numeric, categorical }) => [
        prediction_id,
        occurred_at,
        score,
        numeric,
        categorical,
      ]),
    ).toEqual([
      ['a', Date.parse(time), 0.25, [1.5], ['nörd 👩‍👧']],
      ['b', Date.parse(time), 0.75, [NaN], ['süd']],
    ]);
  });

  it('a single object is a single record', async () => {
    expect((await createIngest().prediction(records[0])).result).toMatchObject({ reply: { accepted: 1 } });
  });

  it('columns and records agree on any features', async () => {
    const value = fc.oneof(
      fc.double({ noNaN: true }),
      fc.constant(null),
      fc.constantFrom('a', 'NaN', 'é'),
      fc.boolean(),
      fc.constant(2 ** 60),
    );
    const row = fc.record({ x: value, y: value, z: value });
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        const byRow = await createIngest().prediction(
          rows.map((features, i) => ({ id: `${i}`, score: 0.5, features })),
        );
        const column = (name: 'x' | 'y' | 'z') => rows.map((features) => features[name]);
        const byColumn = await createIngest().prediction({
          columns: {
            id: rows.map((_, i) => `${i}`),
            score: rows.map(() => 0.5),
            features: { x: column('x'), y: column('y'), z: column('z') },
          },
        });
        expect(byColumn.rows).toEqual(byRow.rows);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a bad record is rejected alone, with its index', () => {
  it.each([
    ['{"id":"a","score":0.5}\n{oops\n{"id":"c","score":0.5}', 'INVALID_JSON'],
    ['{"id":"a","score":0.5}\n[1]\n{"id":"c","score":0.5}', 'NOT_AN_OBJECT'],
    ['{"id":"a","score":0.5}\nnull\n{"id":"c","score":0.5}', 'NOT_AN_OBJECT'],
    [`{"id":"a","score":0.5}\n{"x":${'['.repeat(9)}${']'.repeat(9)}}\n{"id":"c","score":0.5}`, 'TOO_DEEP'],
    [
      `{"id":"a","score":0.5}\n{"id":"b","score":0.5,"x":"${'y'.repeat(65_536)}"}\n{"id":"c","score":0.5}`,
      'LINE_TOO_LONG',
    ],
    ['{"id":"a","score":0.5}\n{"id":"b","score":NaN}\n{"id":"c","score":0.5}', 'INVALID_JSON'],
  ])('in NDJSON: %#', async (body, code) => {
    const ingested = await createIngest().prediction(body);
    expect(ingested.rows.map(({ prediction_id }) => prediction_id)).toEqual(['a', 'c']);
    expect(reject(ingested, 1).code).toBe(code);
    if (body.includes('NaN')) expect(reject(ingested, 1).detail).toContain('"NaN"');
  });

  it('in an array', async () => {
    const body = Buffer.from('[{"id":"a","score":0.5}, {"id":"b",}, 7, {"id":"d","score":0.5}]');
    const ingested = await createIngest().prediction(body, { format: 'json' });
    expect(ingested.rows.map(({ prediction_id }) => prediction_id)).toEqual(['a', 'd']);
    expect([reject(ingested, 1).code, reject(ingested, 2).code]).toEqual(['INVALID_JSON', 'NOT_AN_OBJECT']);
  });

  it('in columns', async () => {
    const ingested = await createIngest().prediction({
      columns: { id: ['a', 7, 'c'], score: [0.5, 0.5, 'x'], features: { n: [1, 2, 3] } },
    });
    expect(ingested.rows.map(({ prediction_id }) => prediction_id)).toEqual(['a']);
    expect([reject(ingested, 1).code, reject(ingested, 2).code]).toEqual(['ID_INVALID', 'PREDICTION_INVALID']);
    expect(JSON.parse(ingested.header?.deadLetters[0].body ?? '')).toMatchObject({ id: 7, features: { n: 2 } });
  });

  it('bytes that are no UTF-8 cost only their line', async () => {
    const body = Buffer.concat([
      Buffer.from('{"id":"a","score":0.5}\n{"id":"'),
      Buffer.of(0xff, 0xfe),
      Buffer.from('","score":0.5}\n{"id":"é","score":0.5}'),
    ]);
    const ingested = await createIngest().prediction(body, { format: 'ndjson' });
    expect(ingested.rows.map(({ prediction_id }) => prediction_id)).toEqual(['a', 'é']);
    expect(reject(ingested, 1).code).toBe('INVALID_JSON');
  });

  it('inexact integers in columns cost only their rows', async () => {
    const body = Buffer.from(
      '{"columns":{"id":["a","b","c"],"score":[0.5,0.5,0.5],"features":{"n":[1,9007199254740993,9007199254740992]}}}',
    );
    const ingested = await createIngest().prediction(body, { format: 'json' });
    expect(ingested.rows.map(({ numeric }) => numeric)).toEqual([[1], [9007199254740992]]);
    expect(reject(ingested, 1).code).toBe('INTEGER_PRECISION');
  });

  it('brackets and quotes within text do not confuse the reader', async () => {
    const tricky = ['}{][,:', '\\"', '\\\\', '"[{', '{'.repeat(50)];
    const body = tricky.map((region, i) => ({ id: `${i}`, score: 0.5, features: { region } }));
    expect((await createIngest().prediction(body)).rows.map(({ categorical }) => (categorical as string[])[0])).toEqual(
      tricky,
    );
  });
});

describe('a body that cannot be read is refused whole', () => {
  it.each([
    ['{"id":"a"', 'INVALID_JSON'],
    ['[{"id":"a","score":0.5} {"id":"b","score":0.5}]', 'INVALID_JSON'],
    ['[{"id":"a","score":0.5}', 'INVALID_JSON'],
    ['[{"id":"a","score":0.5}] x', 'INVALID_JSON'],
    ['{"id":"a","score":0.5}\n{"id":"b","score":0.5}', 'INVALID_JSON'],
    ['hello', 'INVALID_JSON'],
    ['', 'BODY_EMPTY'],
    ['   ', 'BODY_EMPTY'],
    ['[]', 'BODY_EMPTY'],
    ['{"columns":{"id":["a"],"score":[1,2]}}', 'COLUMNS_UNEQUAL'],
    ['{"columns":{"id":"a"}}', 'COLUMN_INVALID'],
    [`{"columns":{"x":${'['.repeat(20)}${']'.repeat(20)}}}`, 'TOO_DEEP'],
  ])('%s', async (text, code) => {
    const { result, rows } = await createIngest().prediction(Buffer.from(text), { format: 'json' });
    expect(result).toMatchObject({ status: 400, code });
    expect(rows).toHaveLength(0);
  });

  it('more than 10,000 records: 413 names the limit', async () => {
    const body = Array.from({ length: 10_001 }, () => '{"score":0.5}').join('\n');
    expect((await createIngest().prediction(body)).result).toMatchObject({
      status: 413,
      detail: expect.stringContaining('recordsMax'),
    });
  });

  it('a gzip bomb is 413, broken gzip 400', async () => {
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, 32));
    expect((await createIngest().prediction(bomb)).result).toMatchObject({
      status: 413,
      detail: expect.stringContaining('bodyBytesMax'),
    });
    const broken = gzipSync('{"id":"a","score":0.5}').subarray(0, 20);
    expect((await createIngest().prediction(broken)).result).toMatchObject({ status: 400, code: 'INVALID_GZIP' });
  });

  it('bytes that are no UTF-8 in a JSON body', async () => {
    const { result } = await createIngest().prediction(Buffer.from([0x5b, 0xff, 0x5d]), { format: 'json' });
    expect(result).toMatchObject({ status: 400, code: 'INVALID_UTF8' });
  });

  it('bytes that are no Arrow, or a torn Arrow stream', async () => {
    const arrow = tableToIPC(new Table({ id: vectorFromArray(['a'], new Utf8()) }), 'stream');
    for (const body of [Buffer.from('no arrow at all'), arrow.subarray(0, 200)]) {
      expect((await createIngest().prediction(body, { format: 'arrow' })).result.status).toBe(400);
    }
  });

  it('a deep array in a short body is walked in bounded time', async () => {
    const started = performance.now();
    await createIngest().prediction(Buffer.from('['.repeat(1_000_000)), { format: 'json' });
    await createIngest().prediction(`{"a":${'{"a":'.repeat(10_000)}`);
    await createIngest().prediction(Buffer.from(`["${'\\'.repeat(1_000_000)}`), { format: 'json' });
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
