import { describe, expect, it } from 'vitest';
import type { ModelDefinition } from '../../../server/domain/model.ts';
import { createIngest, reject } from '../helpers/ingest.ts';

function declared(overrides: Partial<ModelDefinition>) {
  const ingest = createIngest();
  ingest.schema.declare({ id: 'm', ...overrides });
  return ingest;
}

const binary = () => declared({ task: 'binary', positiveLabel: 'decline', negativeLabel: 'approve' });
const multiclass = () => declared({ task: 'multiclass', classes: ['cat', 'dog'] });
const regression = () => declared({ task: 'regression' });

describe('a prediction', () => {
  it('needs at least one of score, label, value and scores', async () => {
    for (const record of [{ id: 'p' }, { id: 'p', prediction: {} }, { id: 'p', prediction: { score: null } }]) {
      expect(reject(await binary().prediction([record])).code).toBe('PREDICTION_MISSING');
    }
  });

  it('may stand in the record itself', async () => {
    const { rows } = await binary().prediction([
      { id: 'a', score: 0.1, label: 'approve' },
      { id: 'b', prediction: { score: 0.2, label: 'decline' } },
      { id: 'c', predictedLabel: 'decline' },
    ]);
    expect(rows.map(({ score, label }) => [score, label])).toEqual([
      [0.1, 'approve'],
      [0.2, 'decline'],
      [NaN, 'decline'],
    ]);
  });

  it.each(['0.5', 7, ['x']].map((prediction) => [prediction]))(
    'that is no object is refused: %j',
    async (prediction) => {
      expect(reject(await binary().prediction([{ id: 'p', prediction }]))).toMatchObject({
        code: 'PREDICTION_INVALID',
        pointer: '/prediction',
      });
    },
  );
});

describe('a binary model', () => {
  it('refuses a score outside [0, 1] and says how to register an unbounded one', async () => {
    for (const score of [-0.001, 1.001, 85]) {
      const error = reject(await binary().prediction([{ id: 'p', score }]));
      expect(error).toMatchObject({
        code: 'SCORE_OUT_OF_RANGE',
        detail: expect.stringContaining('"scoreScale": "unbounded"'),
      });
    }
    const { rows } = await declared({ scoreScale: 'unbounded' }).prediction([{ id: 'p', score: 85 }]);
    expect(rows[0].score).toBe(85);
  });

  it('refuses a score that is not finite or no number', async () => {
    expect(reject(await binary().prediction('{"id":"p","score":1e400}')).code).toBe('SCORE_OUT_OF_RANGE');
    expect(reject(await binary().prediction([{ id: 'p', score: '0.5' }])).code).toBe('PREDICTION_INVALID');
  });

  it('takes its score from the scores of the positive label', async () => {
    const { rows } = await binary().prediction([{ id: 'p', prediction: { scores: { approve: 0.17, decline: 0.83 } } }]);
    expect(rows[0]).toMatchObject({ score: 0.83, scores: [] });
    expect(reject(await binary().prediction([{ id: 'p', scores: { approve: 0.2 } }]))).toMatchObject({
      code: 'PREDICTION_INVALID',
      pointer: '/prediction/scores',
    });
  });

  it('refuses a label that is neither of its two', async () => {
    expect(reject(await binary().prediction([{ id: 'p', label: 'maybe' }]))).toMatchObject({
      code: 'LABEL_INVALID',
      detail: expect.stringContaining('approve'),
    });
  });

  it('knows true, 1 and yes for its positive label when that is one of them', async () => {
    const ingest = declared({ positiveLabel: '1', negativeLabel: '0' });
    const { rows } = await ingest.prediction(
      [true, 1, 'yes', 'positive', false, 0, 'no'].map((label, i) => ({ id: `${i}`, label })),
    );
    expect(rows.map(({ label }) => label)).toEqual(['1', '1', '1', '1', '0', '0', '0']);
  });
});

describe('a multiclass model', () => {
  it('keeps scores by class position, absent ones as NaN', async () => {
    const { rows } = await multiclass().prediction([{ id: 'p', label: 'cat', scores: { dog: 0.4 } }]);
    expect(rows[0]).toMatchObject({ scores: [NaN, 0.4], label: 'cat' });
  });

  it('predicts the class with the highest score when it does not say otherwise', async () => {
    const { rows } = await multiclass().prediction([{ id: 'p', scores: { cat: 0.3, dog: 0.7 } }]);
    expect(rows[0]).toMatchObject({ label: 'dog', scores: [0.3, 0.7] });
  });

  it('proposes a new class, up to the limit', async () => {
    const ingest = createIngest({ limits: { classesMax: 3 } });
    ingest.schema.declare({ id: 'm', task: 'multiclass', classes: ['cat', 'dog'] });
    const ingested = await ingest.prediction([
      { id: 'a', label: 'bird' },
      { id: 'b', label: 'fish' },
    ]);
    expect(ingest.schema.proposals[0].classes).toEqual(['bird']);
    expect(ingested.rows.map(({ label }) => label)).toEqual(['bird']);
    expect(reject(ingested, 1).code).toBe('CLASS_LIMIT');
  });

  it('refuses scores that are no object of numbers', async () => {
    for (const scores of [[0.1, 0.9], 'x', {}]) {
      expect(reject(await multiclass().prediction([{ id: 'p', scores }])).code).toBe('PREDICTION_INVALID');
    }
    expect(reject(await multiclass().prediction([{ id: 'p', scores: { cat: 2 } }]))).toMatchObject({
      code: 'SCORE_OUT_OF_RANGE',
      pointer: '/prediction/scores/cat',
    });
  });
});

describe('a regression', () => {
  it('keeps its value and needs one', async () => {
    const ingested = await regression().prediction([
      { id: 'a', prediction: { value: 123.4 } },
      { id: 'b', score: 0.5 },
    ]);
    expect(ingested.rows[0]).toMatchObject({ value: 123.4, score: NaN, label: null });
    expect(reject(ingested, 1).code).toBe('PREDICTION_INVALID');
    expect(reject(await regression().prediction([{ id: 'a', value: '12' }])).code).toBe('PREDICTION_INVALID');
  });
});

describe('attributes', () => {
  const ingest = () => declared({ segments: ['channel'], sensitiveFeatures: ['sex'], schemaMode: 'closed' });

  it('lie at the positions of the model; numbers and booleans become text, null stays null', async () => {
    const { rows } = await ingest().prediction([
      { id: 'a', score: 0.5, segments: { channel: 'web' }, sensitive: { sex: 'F' } },
      { id: 'b', score: 0.5, segments: { channel: 7 }, sensitiveFeatures: { sex: true } },
      { id: 'c', score: 0.5, segments: { channel: null } },
    ]);
    expect(rows.map(({ segments, groups }) => [segments, groups])).toEqual([
      [['web'], ['F']],
      [['7'], ['true']],
      [[null], [null]],
    ]);
  });

  it('that a closed schema lacks are kept beside it', async () => {
    const { rows } = await ingest().prediction([
      { id: 'a', score: 0.5, segments: { region: 'n' }, sensitive: { age: 5 }, variant: 'B' },
    ]);
    expect(rows[0].extra).toEqual({ '$segments.region': '"n"', '$sensitive.age': '5', $variant: '"B"' });
  });

  it('that an open schema lacks are proposed', async () => {
    const open = declared({ schemaMode: 'open' });
    const { rows } = await open.prediction([
      { id: 'a', score: 0.5, segments: { region: 'n' }, sensitive: { sex: 'F' } },
    ]);
    expect(open.schema.proposals[0]).toMatchObject({ segments: ['region'], sensitiveFeatures: ['sex'] });
    expect(rows[0]).toMatchObject({ segments: ['n'], groups: ['F'], extra: {} });
  });

  it.each([
    [{ segments: 'web' }, '/segments'],
    [{ segments: { channel: {} } }, '/segments/channel'],
    [{ sensitive: { sex: ['F'] } }, '/sensitive/sex'],
    [{ latencyMs: -1 }, '/latencyMs'],
    [{ latencyMs: '12' }, '/latencyMs'],
    [{ traceId: 5 }, '/traceId'],
    [{ explanations: { a: 'x' } }, '/explanations/a'],
    [{ modelVersion: 3 }, '/modelVersion'],
  ])('of another shape are refused: %j', async (attributes, pointer) => {
    expect(reject(await ingest().prediction([{ id: 'a', score: 0.5, ...attributes }]))).toMatchObject({
      code: 'ATTRIBUTE_INVALID',
      pointer,
    });
  });

  it('latency, trace, version and source are stored', async () => {
    const { rows } = await ingest().prediction([
      { id: 'a', score: 0.5, latencyMs: 12.4, traceId: '5b8e', modelVersion: '3.2.0' },
    ]);
    expect(rows[0]).toMatchObject({ latency_ms: 12.4, trace_id: '5b8e', model_version: '3.2.0', source: 'test' });
  });
});
