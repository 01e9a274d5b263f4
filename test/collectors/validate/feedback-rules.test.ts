import { describe, expect, it } from 'vitest';
import type { ModelDefinition } from '../../../server/domain/model.ts';
import { createIngest, receivedAt, reject } from '../helpers/ingest.ts';

function withModel(overrides: Partial<ModelDefinition> = {}) {
  const ingest = createIngest();
  ingest.schema.declare({ id: 'm', positiveLabel: 'decline', negativeLabel: 'approve', ...overrides });
  return ingest;
}

describe('feedback', () => {
  it('is stored as it says', async () => {
    const { rows } = await withModel().feedback([
      { predictionId: 'p1', label: 'decline', time: '2026-11-22T11:00:00Z', revision: 3, source: 'claims' },
      { predictionId: 'p2', actualLabel: 'approve', observedAt: '2026-11-22T11:30:00Z' },
    ]);
    expect(rows[0]).toMatchObject({
      model_id: 'm',
      prediction_id: 'p1',
      label: 'decline',
      value: NaN,
      revision: 3n,
      source: 'claims',
    });
    expect(rows[0].observed_at).toBe(receivedAt - 3_600_000);
    expect(rows[1]).toMatchObject({ prediction_id: 'p2', label: 'approve', revision: 0n, source: 'test' });
  });

  it('negative revisions survive as 64-bit integers', async () => {
    const { rows } = await withModel().feedback([{ predictionId: 'p', label: 'decline', revision: -5 }]);
    expect(rows[0].revision).toBe(-5n);
  });

  it('of a regression needs a value, of a classifier a label', async () => {
    const regression = withModel({ task: 'regression' });
    expect((await regression.feedback([{ predictionId: 'p', actualValue: 5 }])).rows[0]).toMatchObject({
      value: 5,
      label: null,
    });
    expect(reject(await regression.feedback([{ predictionId: 'p', label: 'x' }]))).toMatchObject({
      code: 'LABEL_MISSING',
      pointer: '/value',
    });
    expect(reject(await withModel().feedback([{ predictionId: 'p', value: 5 }]))).toMatchObject({
      code: 'LABEL_MISSING',
      pointer: '/label',
    });
  });

  it.each([
    [{ label: 'decline' }, 'ID_INVALID'],
    [{ predictionId: 5, label: 'decline' }, 'ID_INVALID'],
    [{ predictionId: 'p', label: 'maybe' }, 'LABEL_INVALID'],
    [{ predictionId: 'p', label: '' }, 'LABEL_INVALID'],
    [{ predictionId: 'p', label: {} }, 'LABEL_INVALID'],
    [{ predictionId: 'p', label: 'decline', value: 'x' }, 'LABEL_INVALID'],
    [{ predictionId: 'p', label: 'decline', revision: 1.5 }, 'ATTRIBUTE_INVALID'],
    [{ predictionId: 'p', label: 'decline', revision: '1' }, 'ATTRIBUTE_INVALID'],
    [{ predictionId: 'p', label: 'decline', time: 1795342530 }, 'TIME_INVALID'],
    [{ predictionId: 'p', label: 'decline', source: 5 }, 'ATTRIBUTE_INVALID'],
  ])('%j is refused with %s', async (record, code) => {
    expect(reject(await withModel().feedback([record])).code).toBe(code);
  });

  it('too far ahead is kept aside', async () => {
    const time = new Date(receivedAt + 600_000).toISOString();
    const ingested = await withModel().feedback([{ predictionId: 'p', label: 'decline', time }]);
    expect(ingested.header?.accounts).toEqual([
      expect.objectContaining({ outcome: 'quarantined', code: 'TIME_TOO_FAR_AHEAD' }),
    ]);
  });

  it('of a model that has no prediction yet is kept aside, because a label does not tell what a model is', async () => {
    const ingested = await createIngest().feedback([{ predictionId: 'p', label: 'x' }]);
    expect(reject(ingested).code).toBe('MODEL_UNKNOWN');
    expect(ingested.header?.accounts).toEqual([expect.objectContaining({ outcome: 'quarantined' })]);
  });

  it('with a new class of a multiclass model proposes it', async () => {
    const ingest = withModel({ task: 'multiclass', classes: ['cat'] });
    expect((await ingest.feedback([{ predictionId: 'p', label: 'dog' }])).rows[0].label).toBe('dog');
    expect(ingest.schema.proposals[0].classes).toEqual(['dog']);
  });

  it('labels as numbers and booleans become text', async () => {
    const ingest = withModel({ task: 'multiclass', classes: ['1', 'true', '0.5'] });
    const { rows } = await ingest.feedback([1, true, 0.5].map((label, i) => ({ predictionId: `p${i}`, label })));
    expect(rows.map(({ label }) => label)).toEqual(['1', 'true', '0.5']);
  });

  it('the same statement twice is a duplicate, another revision is not', async () => {
    const ingest = withModel();
    const one = { predictionId: 'p', label: 'decline', time: '2026-11-22T11:00:00Z' };
    const { result } = await ingest.feedback([one, one, { ...one, revision: 1 }, { ...one, label: 'approve' }]);
    expect(result).toMatchObject({ reply: { accepted: 3, duplicates: 1 } });
  });
});
