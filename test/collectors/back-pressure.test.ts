import { existsSync, readdirSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
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

describe('storage away', () => {
  it('batches wait on disk and are delivered in order when it is back', async () => {
    const { collector, sink } = await start({ limits: { batchAgeMs: 60_000, batchRowsMax: 1 } });
    sink.failure = new Error('refused');
    for (let i = 0; i < 8; i++) await collector.accept(request(scored(`p${i}`)));
    await expect.poll(() => collector.stats()).toMatchObject({ pendingBatches: 8, lastDeliveryError: 'refused' });
    expect(collector.stats().oldestPendingOpenedAt).toBeLessThanOrEqual(Date.now());
    await delay(300);
    expect(new Set(sink.offered)).toEqual(new Set([sink.offered[0]]));
    sink.failure = null;
    await collector.flush();
    expect(idsOf(sink.delivered)).toEqual(Array.from({ length: 8 }, (_, i) => `p${i}`));
    expect(collector.stats()).toMatchObject({ pendingBatches: 0, journalBytes: 0, lastDeliveryError: null });
  });

  it('a batch that is offered again has the same bytes', async () => {
    const bodies: Buffer[] = [];
    const sink = fakeSink();
    const deliver = sink.deliver.bind(sink);
    sink.deliver = async (batch) => {
      bodies.push(Buffer.from(await batch.readBody()));
      if (bodies.length < 3) throw new Error('not yet');
      return deliver(batch);
    };
    const { collector } = await start({ sink });
    await collector.accept(request(scored('a', 'b')));
    await collector.flush();
    expect(bodies).toHaveLength(3);
    expect(bodies.every((body) => body.equals(bodies[0]))).toBe(true);
  });

  it('a full journal answers 503 with Retry-After, and accepts again once it drains', async () => {
    const { collector, sink } = await start({ limits: { journalBytesMax: 20_000 } });
    sink.failure = new Error('refused');
    let refused = null;
    for (let i = 0; i < 200 && refused === null; i++) {
      const result = await collector.accept(request(scored(`p${i}`)));
      if (result.status !== 202) refused = result;
    }
    expect(refused).toMatchObject({ status: 503, code: 'JOURNAL_FULL', retryAfterSeconds: expect.any(Number) });
    sink.failure = null;
    await collector.flush();
    expect((await collector.accept(request(scored('again')))).status).toBe(202);
  });

  it('outcomes are taken although the journal is full: they are made while it drains', async () => {
    const { collector, sink } = await start({ limits: { journalBytesMax: 1 } });
    sink.failure = new Error('refused');
    await collector.appendFrozen('outcomes', 3, Buffer.from('stream'), 'f'.repeat(32));
    sink.failure = null;
    await collector.flush();
    expect(Buffer.from(sink.delivered[0].body).toString()).toBe('stream');
    expect(sink.delivered[0].batch).toMatchObject({ id: 'f'.repeat(32), kind: 'outcomes', rows: 3 });
  });

  it('memory stays flat: bodies live on disk', async () => {
    const { collector, sink } = await start();
    sink.failure = new Error('refused');
    const note = 'x'.repeat(2_000);
    const body = () =>
      request(Array.from({ length: 250 }, (_, i) => ({ id: `${i}`, score: 0.5, features: { note: `${note}${i}` } })));
    for (let i = 0; i < 20; i++) await collector.accept(body());
    globalThis.gc?.();
    const before = process.memoryUsage();
    for (let i = 0; i < 160; i++) await collector.accept(body());
    globalThis.gc?.();
    const after = process.memoryUsage();
    expect(collector.stats().journalBytes).toBeGreaterThan(80_000_000);
    expect(after.heapUsed + after.arrayBuffers - before.heapUsed - before.arrayBuffers).toBeLessThan(48_000_000);
    sink.deliver = async () => {};
    await collector.flush();
  }, 60_000);
});

describe('back-pressure', () => {
  it('more waiting bytes than allowed are answered 503 with Retry-After, the rest goes on', async () => {
    const { collector, sink } = await start({ limits: { pendingRequestBytesMax: 20_000 } });
    await collector.accept(request(scored('first')));
    const bodies = Array.from({ length: 60 }, (_, i) =>
      request(scored(...Array.from({ length: 50 }, (_each, j) => `${i}-${j}`))),
    );
    const results = await Promise.all(bodies.map((body) => collector.accept(body)));
    const refused = results.filter(({ status }) => status !== 202);
    expect(refused.length).toBeGreaterThan(0);
    expect(refused[0]).toMatchObject({ status: 503, code: 'COLLECTOR_BUSY', retryAfterSeconds: 1 });
    await collector.flush();
    expect(idsOf(sink.delivered)).toHaveLength(1 + 50 * (60 - refused.length));
    expect((await collector.accept(request(scored('after')))).status).toBe(202);
  });

  it('a stopping collector answers 503, and what it acknowledged is on disk', async () => {
    const options = collectorOptions({ sink: { deliver: () => Promise.reject(new Error('away')) } });
    const collector = await startCollector(options);
    await collector.accept(request(scored('a')));
    await collector.stop();
    expect(await collector.accept(request(scored('b')))).toMatchObject({ status: 503, code: 'SHUTTING_DOWN' });
    expect(readdirSync(options.journalDir)).toEqual([expect.stringMatching(/sealed$/)]);
    expect(existsSync(options.journalDir)).toBe(true);
  });
});
