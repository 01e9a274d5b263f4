import { describe, expect, it } from 'vitest';
import { createIngest, reject } from '../helpers/ingest.ts';

const proposalOf = async (records: object[]) => {
  const ingest = createIngest();
  const ingested = await ingest.prediction(records.map((record, i) => ({ id: `p${i}`, ...record })));
  return { ...ingested, proposal: ingest.schema.proposals[0] };
};
const inferred = async (records: object[]) => (await proposalOf(records)).proposal.inferred;

describe('an unknown model is registered by what its first events look like', () => {
  it('a value means regression, centred on the first', async () => {
    expect(await inferred([{ value: 120 }, { value: 80 }])).toMatchObject({ task: 'regression', valueCenter: 120 });
  });

  it('a score within [0, 1] means binary with probabilities', async () => {
    expect(await inferred([{ score: 0 }, { score: 1 }])).toMatchObject({
      task: 'binary',
      scoreScale: 'probability',
      positiveLabel: '1',
      negativeLabel: '0',
    });
  });

  it('a score outside [0, 1] anywhere in the body means an unbounded scale, and all rows are kept', async () => {
    const { proposal, rows } = await proposalOf([{ score: 0.4 }, { score: 310 }]);
    expect(proposal.inferred).toMatchObject({ task: 'binary', scoreScale: 'unbounded' });
    expect(rows).toHaveLength(2);
  });

  it('scores for two labels mean binary, for more several classes', async () => {
    expect(await inferred([{ scores: { yes: 0.7, no: 0.3 } }])).toMatchObject({
      task: 'binary',
      positiveLabel: 'yes',
      negativeLabel: 'no',
    });
    const { proposal, rows } = await proposalOf([{ scores: { cat: 0.5, dog: 0.3, bird: 0.2 } }]);
    expect(proposal).toMatchObject({ inferred: { task: 'multiclass' }, classes: ['cat', 'dog', 'bird'] });
    expect(rows[0]).toMatchObject({ scores: [0.5, 0.3, 0.2], label: 'cat' });
  });

  it('labels alone mean binary when they say yes and no, several classes otherwise', async () => {
    expect(await inferred([{ label: true }, { label: false }])).toMatchObject({
      task: 'binary',
      positiveLabel: 'true',
      negativeLabel: 'false',
    });
    expect(await inferred([{ label: 1 }])).toMatchObject({ task: 'binary', positiveLabel: '1', negativeLabel: '0' });
    expect(await inferred([{ label: 'cat' }, { label: 'dog' }])).toMatchObject({ task: 'multiclass' });
  });

  it('more than two labels beside a score mean several classes', async () => {
    expect(await inferred(['a', 'b', 'c'].map((label) => ({ label, score: 0.9 })))).toMatchObject({
      task: 'multiclass',
    });
  });

  it('the positive label is the one with the higher mean score', async () => {
    const records = [
      { label: 'approve', score: 0.1 },
      { label: 'decline', score: 0.9 },
      { label: 'approve', score: 0.3 },
    ];
    expect(await inferred(records)).toMatchObject({ positiveLabel: 'decline', negativeLabel: 'approve' });
  });

  it('a single label with a low score is the negative one', async () => {
    expect(await inferred([{ label: 'approve', score: 0.1 }])).toMatchObject({
      positiveLabel: '1',
      negativeLabel: 'approve',
    });
    expect(await inferred([{ label: 'decline', score: 0.9 }])).toMatchObject({
      positiveLabel: 'decline',
      negativeLabel: '0',
    });
  });

  it.each([
    ['yes', 'yes', 'no'],
    [false, 'true', 'false'],
    ['positive', 'positive', 'negative'],
    [0, '1', '0'],
  ])('the label %j alone implies its counterpart', async (label, positiveLabel, negativeLabel) => {
    expect(await inferred([{ label }])).toMatchObject({ task: 'binary', positiveLabel, negativeLabel });
  });

  it('after a single label any other is its counterpart', async () => {
    const ingest = createIngest();
    await ingest.prediction([{ id: 'a', label: 'decline', score: 0.9 }]);
    const { rows } = await ingest.prediction([{ id: 'b', label: 'approve', score: 0.1 }]);
    expect(rows[0].label).toBe('approve');
  });

  it('features get kinds; one that is always null waits for a value', async () => {
    const { proposal } = await proposalOf([
      { score: 0.5, features: { a: 1, b: 'x', c: true, d: null, e: 'NaN' }, modelVersion: '7' },
    ]);
    expect(proposal.features).toEqual([
      { name: 'a', kind: 'numeric' },
      { name: 'b', kind: 'categorical' },
      { name: 'c', kind: 'boolean' },
      { name: 'e', kind: 'numeric' },
    ]);
    expect(proposal.versions).toEqual(['7']);
  });

  it('several models in one body are asked for at once', async () => {
    const ingest = createIngest();
    const { rows } = await ingest.prediction([
      { id: 'a', model: 'one', score: 0.1, features: { x: 1 } },
      { id: 'b', model: 'two', value: 5, features: { y: 'k' } },
      { id: 'c', model: 'one', score: 0.2, features: { x: 2 } },
    ]);
    expect(ingest.schema.proposals.map(({ model }) => model)).toEqual(['one', 'two']);
    expect(rows.map(({ model_id, numeric }) => [model_id, numeric])).toEqual([
      ['one', [1]],
      ['two', []],
      ['one', [2]],
    ]);
  });

  it('records without a prediction do not register a model', async () => {
    const { proposal, result } = await proposalOf([{ features: { a: 1 } }]);
    expect(proposal).toBeUndefined();
    expect(result.status).toBe(422);
  });
});

describe('model names and permissions', () => {
  it('the header stands in for a missing name; without both the record is refused', async () => {
    const ingest = createIngest();
    expect((await ingest.prediction([{ id: 'a', score: 0.5 }], { defaultModel: 'fallback' })).rows[0].model_id).toBe(
      'fallback',
    );
    expect(reject(await ingest.prediction([{ id: 'a', score: 0.5 }], { defaultModel: null })).code).toBe(
      'MODEL_MISSING',
    );
  });

  it.each(['', ' x', '../etc', 'a/b', 'constructor', '__proto__', 'x'.repeat(129), 'a\nb'])(
    '%j is no model name',
    async (model) => {
      expect(reject(await createIngest().prediction([{ id: 'a', model, score: 0.5 }])).code).toBe('MODEL_NAME_INVALID');
    },
  );

  it('a key may write to the models it names only', async () => {
    const ingest = createIngest();
    const records = [
      { id: 'a', model: 'mine', score: 0.5 },
      { id: 'b', model: 'theirs', score: 0.5 },
    ];
    const mixed = await ingest.prediction(records, { allowedModels: ['mine'] });
    expect(mixed.result.status).toBe(202);
    expect(reject(mixed, 1)).toMatchObject({ code: 'MODEL_UNKNOWN', detail: expect.stringContaining('key') });
    expect((await ingest.prediction(records, { allowedModels: [] })).result.status).toBe(422);
    expect(ingest.schema.models().map(({ id }) => id)).toEqual(['mine']);
  });

  it('beyond the limit of models nothing more is registered', async () => {
    const ingest = createIngest({ limits: { modelsMax: 1 } });
    await ingest.prediction([{ id: 'a', model: 'one', score: 0.5 }]);
    expect(reject(await ingest.prediction([{ id: 'b', model: 'two', score: 0.5 }])).code).toBe('MODEL_LIMIT');
  });

  it('refuse: an unknown model is refused', async () => {
    const ingested = await createIngest({ unknownModels: 'refuse' }).prediction([{ id: 'a', score: 0.5 }]);
    expect(reject(ingested).code).toBe('MODEL_UNKNOWN');
    expect(ingested.header?.accounts).toEqual([
      expect.objectContaining({ outcome: 'rejected', code: 'MODEL_UNKNOWN', model: '' }),
    ]);
  });

  it('quarantine: its events are kept aside as dead letters', async () => {
    const ingested = await createIngest({ unknownModels: 'quarantine' }).prediction([{ id: 'a', score: 0.5 }]);
    expect(ingested.header?.accounts).toEqual([
      expect.objectContaining({ outcome: 'quarantined', code: 'MODEL_UNKNOWN' }),
    ]);
    expect(ingested.header?.deadLetters).toHaveLength(1);
  });

  it('while the registry cannot be written nothing of a new model is taken, and the sender shall retry', async () => {
    const ingest = createIngest();
    ingest.schema.failure = new Error('disk');
    const { result, header } = await ingest.prediction([{ id: 'a', score: 0.5 }]);
    expect(result).toMatchObject({ status: 503, code: 'REGISTRY_UNAVAILABLE', retryAfterSeconds: expect.any(Number) });
    expect(header).toBeNull();
    ingest.schema.failure = null;
    expect((await ingest.prediction([{ id: 'a', score: 0.5 }])).result.status).toBe(202);
  });

  it('while the registry cannot be written a new feature is kept beside the schema, and proposed again later', async () => {
    const ingest = createIngest();
    ingest.schema.declare({ id: 'm' });
    ingest.schema.failure = new Error('disk');
    const body = [
      { id: 'a', score: 0.5 },
      { id: 'b', score: 0.5, features: { x: 1 } },
    ];
    const { rows, result } = await ingest.prediction(body);
    expect(result).toMatchObject({ status: 202, reply: { accepted: 2 } });
    expect(rows[1].extra).toEqual({ x: '1' });
    ingest.schema.failure = null;
    expect((await ingest.prediction([{ id: 'c', score: 0.5, features: { x: 2 } }])).rows[0].numeric).toEqual([2]);
  });
});
