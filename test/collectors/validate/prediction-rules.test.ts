import { describe, expect, it } from 'vitest';
import { appendFeatures } from '../fakes/fake-schema-source.ts';
import { createIngest, receivedAt, reject } from '../helpers/ingest.ts';

const features = appendFeatures(
  [],
  [
    { name: 'income', kind: 'numeric' },
    { name: 'age', kind: 'numeric' },
    { name: 'region', kind: 'categorical' },
    { name: 'isNew', kind: 'boolean' },
  ],
);

function withModel(overrides = {}) {
  const ingest = createIngest();
  ingest.schema.declare({
    id: 'm',
    features,
    schemaMode: 'closed',
    positiveLabel: 'yes',
    negativeLabel: 'no',
    ...overrides,
  });
  return ingest;
}

const scored = (record: object = {}) => [{ id: 'p', score: 0.5, ...record }];

describe('ids', () => {
  it('a missing id is assigned, ascending in time', async () => {
    const { rows } = await withModel().prediction([{ score: 0.1 }, { score: 0.2 }, { score: 0.3 }]);
    const ids = rows.map((row) => String(row.prediction_id));
    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(3);
    expect(ids[0]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('a JSON number as id is refused, because digits may be lost already', async () => {
    expect(reject(await withModel().prediction('{"id":9007199254740993,"score":0.5}'))).toMatchObject({
      code: 'ID_INVALID',
      pointer: '/id',
      detail: expect.stringContaining('quotes'),
    });
  });

  it('an id of 256 bytes is kept, one of 257 is refused, counted in UTF-8', async () => {
    const { rows } = await withModel().prediction(scored({ id: 'é'.repeat(128) }));
    expect(rows[0].prediction_id).toBe('é'.repeat(128));
    expect(reject(await withModel().prediction(scored({ id: 'é'.repeat(128) + 'x' }))).code).toBe('STRING_TOO_LONG');
  });

  it('an empty id is refused', async () => {
    expect(reject(await withModel().prediction(scored({ id: '' }))).code).toBe('ID_INVALID');
  });
});

describe('times', () => {
  it('a missing time is the time of receipt', async () => {
    const { rows } = await withModel().prediction(scored());
    expect(rows[0].occurred_at).toBe(receivedAt);
  });

  it('occurredAt is understood like time', async () => {
    const { rows } = await withModel().prediction(scored({ occurredAt: '2026-11-22T11:59:00+00:00' }));
    expect(rows[0].occurred_at).toBe(receivedAt - 60_000);
  });

  it.each([1795342530, 1795342530123, '1795342530', '2026-11-22T10:15:30', true])(
    '%s is refused: no unit is guessed',
    async (time) => {
      expect(reject(await withModel().prediction(scored({ time })))).toMatchObject({
        code: 'TIME_INVALID',
        pointer: '/time',
      });
    },
  );

  it('five minutes ahead are accepted, more is kept aside and counted as quarantined', async () => {
    const ahead = (ms: number) => new Date(receivedAt + ms).toISOString();
    const ingested = await withModel().prediction([
      { id: 'a', score: 0.5, time: ahead(300_000) },
      { id: 'b', score: 0.5, time: ahead(300_001) },
    ]);
    expect(ingested.rows.map((row) => row.prediction_id)).toEqual(['a']);
    expect(reject(ingested, 1).code).toBe('TIME_TOO_FAR_AHEAD');
    expect(ingested.header?.accounts).toContainEqual(
      expect.objectContaining({ outcome: 'quarantined', code: 'TIME_TOO_FAR_AHEAD', n: 1 }),
    );
    expect(ingested.header?.deadLetters[0]).toMatchObject({ code: 'TIME_TOO_FAR_AHEAD', index: 1, model: 'm' });
    expect(JSON.parse(ingested.header?.deadLetters[0].body ?? '')).toMatchObject({ id: 'b' });
  });

  it('an event older than an hour is accepted and marked late', async () => {
    const ingested = await withModel().prediction([
      { id: 'a', score: 0.5, time: new Date(receivedAt - 3_600_000).toISOString() },
      { id: 'b', score: 0.5, time: new Date(receivedAt - 3_600_001).toISOString() },
    ]);
    expect(ingested.rows).toHaveLength(2);
    const counts = Object.fromEntries(ingested.header?.accounts.map(({ outcome, n }) => [outcome, n]) ?? []);
    expect(counts).toEqual({ accepted: 2, late: 1 });
  });

  it.each(['1969-12-31T23:59:59Z', '2262-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])(
    '%s is outside the years that are kept',
    async (time) => {
      expect(reject(await withModel().prediction(scored({ time }))).code).toBe('TIME_INVALID');
    },
  );
});

describe('feature values', () => {
  const row = async (values: object) => (await withModel().prediction(scored({ features: values }))).rows[0];

  it('lie at their positions; missing is NaN or null, never 0', async () => {
    const stored = await row({ age: 0, region: '' });
    expect(stored).toMatchObject({
      numeric: [NaN, 0],
      categorical: ['', null],
      non_finite: [],
      mismatched: [],
      extra: {},
    });
  });

  it('null is missing', async () => {
    expect(await row({ income: null, region: null })).toMatchObject({ numeric: [NaN, NaN], categorical: [null, null] });
  });

  it('NaN and infinities as text are logged values, listed by ordinal', async () => {
    expect(await row({ income: 'NaN', age: '-Infinity' })).toMatchObject({
      numeric: [NaN, -Infinity],
      non_finite: [0, 1],
      mismatched: [],
    });
    expect(await row({ age: 'Infinity' })).toMatchObject({ numeric: [NaN, Infinity], non_finite: [1] });
  });

  it('1e400 is beyond a double: non-finite, never a number', async () => {
    const { rows } = await withModel().prediction('{"id":"p","score":0.5,"features":{"income":1e400,"age":-1e400}}');
    expect(rows[0]).toMatchObject({ numeric: [Infinity, -Infinity], non_finite: [0, 1] });
  });

  it('text in a numeric feature is accepted as missing, and the original is kept', async () => {
    expect(await row({ income: '52000' })).toMatchObject({
      numeric: [NaN, NaN],
      mismatched: [0],
      extra: { income: '"52000"' },
    });
  });

  it('a number or boolean in a categorical feature is a mismatch likewise', async () => {
    expect(await row({ region: 7 })).toMatchObject({
      categorical: [null, null],
      mismatched: [2],
      extra: { region: '7' },
    });
    expect(await row({ region: true })).toMatchObject({ mismatched: [2], extra: { region: 'true' } });
  });

  it('booleans are a kind of their own', async () => {
    expect(await row({ isNew: true })).toMatchObject({ categorical: [null, 'true'] });
    expect(await row({ isNew: false })).toMatchObject({ categorical: [null, 'false'] });
    expect(await row({ isNew: 1, income: true })).toMatchObject({
      mismatched: [3, 0],
      extra: { isNew: '1', income: 'true' },
    });
  });

  it.each([[{ income: [1] }], [{ region: {} }], [{ unknown: { a: 1 } }]])(
    'nested values are refused: %j',
    async (values) => {
      const ingested = await withModel().prediction(scored({ features: values }));
      expect(reject(ingested)).toMatchObject({
        code: 'FEATURE_VALUE_INVALID',
        pointer: `/features/${Object.keys(values)[0]}`,
      });
      expect(ingested.rows).toHaveLength(0);
    },
  );

  it.each([['[1,2]'], ['"text"'], ['7']])('features that are no object are refused: %s', async (json) => {
    expect(reject(await withModel().prediction(`{"score":0.5,"features":${json}}`)).code).toBe('FEATURES_INVALID');
  });

  it.each(['__proto__', 'constructor', 'prototype', 'a.__proto__.b', 'x.constructor', '$where', '$'])(
    'the name %s is reserved',
    async (name) => {
      const body = `{"id":"p","score":0.5,"features":{${JSON.stringify(name)}:1}}`;
      expect(reject(await withModel().prediction(body)).code).toBe('FEATURE_NAME_RESERVED');
      expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    },
  );

  it('integer literals that a double cannot hold are refused, exact ones are kept', async () => {
    const literal = (value: string) => withModel().prediction(`{"id":"p","score":0.5,"features":{"income":${value}}}`);
    expect(reject(await literal('9007199254740993'))).toMatchObject({
      code: 'INTEGER_PRECISION',
      pointer: '/features/income',
    });
    expect(reject(await literal('-9007199254740993')).code).toBe('INTEGER_PRECISION');
    expect((await literal('9007199254740992')).rows[0].numeric).toEqual([9007199254740992, NaN]);
    expect((await literal('18446744073709551616')).rows[0].numeric).toEqual([2 ** 64, NaN]);
    expect((await literal('1e300')).rows[0].numeric).toEqual([1e300, NaN]);
  });

  it('text of 8 KiB is kept, longer text is refused', async () => {
    expect(await row({ region: 'x'.repeat(8192) })).toMatchObject({ categorical: ['x'.repeat(8192), null] });
    const ingested = await withModel().prediction(scored({ features: { region: 'x'.repeat(8193) } }));
    expect(reject(ingested)).toMatchObject({ code: 'STRING_TOO_LONG', pointer: '/features/region' });
  });

  it('NUL, right-to-left, emoji and both normal forms are kept to the byte', async () => {
    const texts = ['a\u0000b', '\u0000', 'שלום \u202e', '👩‍👩‍👧‍👦', 'é', 'e\u0301', 'Ω≈ç√'];
    const { rows } = await withModel().prediction(
      texts.map((region, i) => ({ id: `${i}${region}`, score: 0.5, features: { region } })),
    );
    expect(rows.map(({ categorical }) => (categorical as string[])[0])).toEqual(texts);
    expect(rows.map(({ prediction_id }) => prediction_id)).toEqual(texts.map((text, i) => `${i}${text}`));
  });

  it('a byte order mark at the start of a value is part of the value', async () => {
    const { stream } = await withModel().prediction(scored({ features: { region: '\ufeffmarked' } }));
    expect(stream.includes(Buffer.from('\ufeffmarked'))).toBe(true);
  });

  it('a lone surrogate is refused, because UTF-8 cannot hold it', async () => {
    const feature = await withModel().prediction('{"id":"p","score":0.5,"features":{"region":"\\ud800"}}');
    expect(reject(feature).code).toBe('FEATURE_VALUE_INVALID');
    expect(reject(await withModel().prediction('{"id":"\\udfff","score":0.5}')).code).toBe('ID_INVALID');
    expect(reject(await withModel().prediction('{"id":"p","score":0.5,"features":{"\\ud800":1}}')).code).toBe(
      'FEATURES_INVALID',
    );
  });

  it('2,000 features are the most of one record', async () => {
    const many = (n: number) => Object.fromEntries(Array.from({ length: n }, (_, i) => [`x${i}`, 1]));
    expect((await withModel().prediction(scored({ features: many(2_000) }))).result.status).toBe(202);
    expect(reject(await withModel().prediction(scored({ features: many(2_001) }))).code).toBe('TOO_MANY_FEATURES');
  });
});

describe('unknown features', () => {
  it('of an open schema are proposed and stored', async () => {
    const ingest = withModel({ schemaMode: 'open' });
    const { rows } = await ingest.prediction(
      scored({ features: { income: 1, tenure: 3, plan: 'gold', isTrial: true, empty: null } }),
    );
    expect(ingest.schema.proposals[0].features).toEqual([
      { name: 'tenure', kind: 'numeric' },
      { name: 'plan', kind: 'categorical' },
      { name: 'isTrial', kind: 'boolean' },
    ]);
    expect(rows[0]).toMatchObject({ numeric: [1, NaN, 3], categorical: [null, null, 'gold', 'true'], extra: {} });
  });

  it('of a closed schema are kept beside it and proposed once', async () => {
    const ingest = withModel();
    const first = await ingest.prediction(scored({ features: { income: 1, tenure: 3, note: 'x"y' } }));
    expect(first.rows[0]).toMatchObject({ numeric: [1, NaN], extra: { tenure: '3', note: '"x\\"y"' } });
    await ingest.prediction([{ id: 'q', score: 0.5, features: { tenure: 4 } }]);
    expect(ingest.schema.proposals).toHaveLength(1);
  });

  it('beyond the limit of an open schema go beside it', async () => {
    const ingest = createIngest({ limits: { featuresMax: 2 } });
    ingest.schema.declare({ id: 'm', features: features.slice(0, 2) });
    const { rows } = await ingest.prediction(scored({ features: { more: 1 } }));
    expect(rows[0]).toMatchObject({ numeric: [NaN, NaN], extra: { more: '1' } });
    expect(ingest.schema.proposals).toHaveLength(0);
  });

  it('one stray value does not decide a kind: the majority of the body does', async () => {
    const ingest = withModel({ schemaMode: 'open' });
    const { rows } = await ingest.prediction([
      { id: 'a', score: 0.5, features: { z: 'n/a' } },
      { id: 'b', score: 0.5, features: { z: 1 } },
      { id: 'c', score: 0.5, features: { z: 2 } },
    ]);
    expect(ingest.schema.proposals[0].features).toEqual([{ name: 'z', kind: 'numeric' }]);
    expect(rows[0]).toMatchObject({ numeric: [NaN, NaN, NaN], extra: { z: '"n/a"' } });
  });

  it('rows keep the order of the body when the schema grows in the middle', async () => {
    const ingest = withModel({ schemaMode: 'open' });
    const bodies = ['a', 'b', 'c', 'd'].map((id, i) => ({ id, score: 0.5, features: i === 1 ? { late: 1 } : {} }));
    const { rows } = await ingest.prediction(bodies);
    expect(rows.map(({ prediction_id }) => prediction_id)).toEqual(['a', 'b', 'c', 'd']);
    expect(rows.map(({ numeric }) => (numeric as number[]).length)).toEqual([2, 3, 3, 3]);
  });
});
