import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { startCollector } from '../../collectors/collector.ts';
import type { Collector } from '../../collectors/collector-types.ts';
import { collectorOptions, fakeSink, idsOf, request, scored } from './helpers/collector.ts';

const running: Collector[] = [];
afterEach(async () => {
  await Promise.all(running.splice(0).map((collector) => collector.stop()));
});

async function start(overrides: Parameters<typeof collectorOptions>[0] = {}) {
  const sink = fakeSink();
  const options = collectorOptions({ sink, ...overrides });
  const collector = await startCollector(options);
  running.push(collector);
  return { collector, sink, journalDir: options.journalDir };
}

describe('idempotency', () => {
  it('the same key and body get the same answer and no new rows', async () => {
    const { collector, sink } = await start();
    const once = await collector.accept(request(scored('a'), { idempotencyKey: 'k' }));
    expect(await collector.accept(request(scored('a'), { idempotencyKey: 'k' }))).toEqual(once);
    await collector.flush();
    expect(idsOf(sink.delivered)).toEqual(['a']);
    expect(sink.delivered[0].batch.idempotency).toEqual([
      expect.objectContaining({ key: 'test/k', batchId: sink.delivered[0].batch.id }),
    ]);
  });

  it('also while the first is on its way: both wait for one answer', async () => {
    const { collector, sink } = await start();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => collector.accept(request(scored('a'), { idempotencyKey: 'k' }))),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    await collector.flush();
    expect(idsOf(sink.delivered)).toEqual(['a']);
  });

  it('another body under the same key is a conflict, from another source it is not', async () => {
    const { collector } = await start();
    await collector.accept(request(scored('a'), { idempotencyKey: 'k' }));
    expect(await collector.accept(request(scored('b'), { idempotencyKey: 'k' }))).toMatchObject({
      status: 409,
      code: 'IDEMPOTENCY_CONFLICT',
    });
    expect((await collector.accept(request(scored('b'), { idempotencyKey: 'k', source: 'other' }))).status).toBe(202);
  });

  it('an answer of 422 is repeated without new dead letters, a 400 is not kept', async () => {
    const { collector, sink } = await start();
    const bad = () => collector.accept(request([{ id: 7, score: 0.5 }], { idempotencyKey: 'k' }));
    expect(await bad()).toEqual(await bad());
    expect((await collector.accept(request(Buffer.from('{'), { idempotencyKey: 'x' }))).status).toBe(400);
    expect((await collector.accept(request(scored('a'), { idempotencyKey: 'x' }))).status).toBe(202);
    await collector.flush();
    expect(sink.delivered.flatMap(({ batch }) => batch.deadLetters)).toHaveLength(1);
  });

  it('answers are remembered from the store', async () => {
    const { collector } = await start();
    await collector.accept(request(scored('a'), { idempotencyKey: 'k' }));
    await collector.flush();
    const { collector: next, sink } = await start();
    const records = [
      { key: 'test/k', bodyDigest: '0'.repeat(64), batchId: 'b', reply: '{"status":202}', receivedAt: 0 },
    ];
    next.rememberIdempotency(records);
    expect((await next.accept(request(scored('a'), { idempotencyKey: 'k' }))).status).toBe(409);
    expect(sink.delivered).toHaveLength(0);
  });

  it('an envelope that numbers its batches needs no header', async () => {
    const { collector, sink } = await start();
    const envelope = (batchSeq: number, ...ids: string[]) => ({ sourceId: 'svc', batchSeq, records: scored(...ids) });
    const first = await collector.accept(request(envelope(1, 'a')));
    expect(await collector.accept(request(envelope(1, 'a')))).toEqual(first);
    const zipped = (body: object) => request(gzipSync(JSON.stringify(body)));
    expect((await collector.accept(zipped(envelope(1, 'other')))).status).toBe(409);
    expect((await collector.accept(request(envelope(2, 'b')))).status).toBe(202);
    await collector.flush();
    expect(idsOf(sink.delivered)).toEqual(['a', 'b']);
  });
});
