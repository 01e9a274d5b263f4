import { expect, it } from 'vitest';
import { startCollector } from '../../collectors/collector.ts';
import { insertToken, openClickHouse } from '../../server/stores/click-house.ts';
import { migrate } from '../../server/stores/migrate.ts';
import { startForTest, temporaryDataDir } from '../server/engine/engine-in-temporary-directory.ts';
import { collectorOptions, recordingLogger, request } from './helpers/collector.ts';

it('the frozen bytes of a batch are an insert body: every column arrives in the tables, a retry stores nothing twice', async () => {
  const { engine, rows } = await startForTest(await temporaryDataDir());
  const limits = { requestTimeoutMs: 30_000, queryTimeoutSeconds: 30, queryMemoryBytesMax: 2 ** 30 };
  const store = openClickHouse({ ...engine, ...limits });
  await migrate(store, { cluster: null, dedupWindowBlocks: 1_000 }, recordingLogger());
  const sink = {
    async deliver(batch: { id: string; kind: string; readBody(): Promise<Uint8Array> }) {
      const body = await batch.readBody();
      for (let i = 0; i < 2; i++) await store.insertArrow(batch.kind, body, insertToken(batch.id, batch.kind));
    },
  };
  const collector = await startCollector(collectorOptions({ sink, limits: { batchAgeMs: 10_000 } }));
  await collector.accept(
    request([
      {
        id: 'full é\u0000',
        modelVersion: '3',
        time: '2026-11-22T10:15:30.123Z',
        prediction: { score: 0.75, label: 'yes' },
        features: { a: 1.5, b: 'NaN', c: 'nörd', d: null },
        segments: { channel: 'web' },
        sensitive: { sex: 'F' },
        explanations: { a: 0.25 },
        latencyMs: 12.5,
        traceId: 't',
        variant: 'B',
      },
      { id: 'mistyped', prediction: { score: 0.5 }, features: { a: 'x', c: 7 } },
    ]),
  );
  // A second frame of the same batch, with rows of another model.
  await collector.accept(request([{ id: 'value', model: 'price', value: -1.5 }]));
  const feedback = [{ predictionId: 'full é\u0000', label: 'no', revision: 2, time: '2026-11-23T00:00:00Z' }];
  await collector.accept(request(feedback, { kind: 'feedback', source: 'claims' }));
  await collector.flush();
  await collector.stop();

  const select = 'SELECT * EXCEPT (received_at, batch_id), toString(precedence) AS precedence';
  const stored = await rows(`${select} FROM predictions ORDER BY model_id, precedence DESC`);
  expect(stored).toHaveLength(3);
  expect(stored[0]).toMatchObject({
    model_id: 'm',
    model_version: '3',
    prediction_id: 'full é\u0000',
    occurred_at: '2026-11-22 10:15:30.123',
    numeric: [1.5, null],
    categorical: ['nörd'],
    non_finite: [1],
    mismatched: [],
    extra: { $variant: '"B"' },
    score: 0.75,
    label: 'yes',
    value: null,
    latency_ms: 12.5,
    segments: ['web'],
    groups: ['F'],
    explanations: [0.25, null, null],
    trace_id: 't',
  });
  expect(stored[1]).toMatchObject({
    prediction_id: 'mistyped',
    numeric: [null, null],
    categorical: [null],
    mismatched: [0, 2],
    extra: { a: '"x"', c: '7' },
    label: null,
    segments: [null],
  });
  expect(stored[2]).toMatchObject({ model_id: 'price', numeric: [], value: -1.5, score: null });
  const [notANumber] = await rows(
    'SELECT countIf(isNaN(numeric[2])) AS n, countIf(isNaN(score)) AS s FROM predictions',
  );
  expect(notANumber).toMatchObject({ n: 2, s: 1 });
  expect(await rows('SELECT model_id, prediction_id, revision, label, source FROM feedback')).toEqual([
    { model_id: 'm', prediction_id: 'full é\u0000', revision: 2, label: 'no', source: 'claims' },
  ]);
  await store.close();
}, 60_000);
