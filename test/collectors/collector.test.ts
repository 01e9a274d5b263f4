import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { startCollector } from '../../collectors/collector.ts';
import type { Collector } from '../../collectors/collector-types.ts';
import { collectorOptions, fakeSink, idsOf, recordingLogger, request, scored } from './helpers/collector.ts';

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

describe('acceptance', () => {
  it('202 means on disk: the segment holds the rows before anything is delivered', async () => {
    const { collector, sink, journalDir } = await start({ limits: { batchAgeMs: 60_000 } });
    const result = await collector.accept(request(scored('a', 'b')));
    expect(result).toMatchObject({ status: 202, reply: { accepted: 2 } });
    expect(sink.delivered).toHaveLength(0);
    expect(readdirSync(journalDir)).toHaveLength(1);
    await collector.flush();
    expect(idsOf(sink.delivered)).toEqual(['a', 'b']);
    expect(result).toMatchObject({ reply: { batchId: sink.delivered[0].batch.id } });
    expect(sink.delivered[0].rows.map(({ batch_id }) => batch_id)).toEqual([
      sink.delivered[0].batch.id,
      sink.delivered[0].batch.id,
    ]);
    expect(readdirSync(journalDir)).toEqual([]);
  });

  it('predictions and feedback go into batches of their own', async () => {
    const { collector, sink } = await start();
    await Promise.all([
      collector.accept(request(scored('a'))),
      collector.accept(request([{ predictionId: 'a', label: 1 }], { kind: 'feedback' })),
    ]);
    await collector.accept(request([{ predictionId: 'a', label: 1 }], { kind: 'feedback' }));
    await collector.flush();
    const kinds = sink.delivered.map(({ batch }) => batch.kind).sort();
    expect(new Set(kinds)).toEqual(new Set(['feedback', 'predictions']));
  });

  it('requests at the same moment share frames and keep their own answers', async () => {
    const { collector, sink } = await start();
    await collector.accept(request(scored('first')));
    const results = await Promise.all(
      Array.from({ length: 500 }, (_, i) =>
        collector.accept(request(i % 5 === 0 ? [{ id: i, score: 0.5 }] : scored(`p${i}`))),
      ),
    );
    results.forEach((result, i) => expect(result.status).toBe(i % 5 === 0 ? 422 : 202));
    await collector.flush();
    expect(new Set(idsOf(sink.delivered)).size).toBe(401);
    expect(collector.stats().acceptedRows).toBe(401);
  });

  it('counts and dead letters travel with the batch, also when no record was accepted', async () => {
    const { collector, sink } = await start();
    expect((await collector.accept(request([{ id: 7, score: 0.5 }]))).status).toBe(422);
    await collector.flush();
    const [{ batch, rows }] = sink.delivered;
    expect(rows).toHaveLength(0);
    expect(batch).toMatchObject({
      rows: 0,
      accounts: [{ outcome: 'rejected', n: 1 }],
      deadLetters: [{ index: 0, source: 'test' }],
    });
  });

  it.each([
    ['another content type', { contentType: 'text/plain' }, 415],
    ['brotli', { contentEncoding: 'br' }, 415],
    ['deflate', { contentEncoding: 'deflate' }, 415],
    ['an empty body', { body: new Uint8Array(0) }, 400],
    ['a body over the limit', { body: Buffer.alloc(2_000_001, 32) }, 413],
  ])('%s is refused unread', async (_name, overrides, status) => {
    const { collector } = await start({ limits: { bodyBytesMax: 2_000_000 } });
    expect((await collector.accept(request(scored('a'), overrides))).status).toBe(status);
  });

  it('content types carry parameters; gzip is read with its header and without', async () => {
    const { collector } = await start();
    const body = gzipSync(JSON.stringify(scored('a')));
    const accept = (overrides: object) => collector.accept(request(body, overrides));
    expect((await accept({ contentEncoding: 'gzip' })).status).toBe(202);
    expect((await accept({ contentType: 'Application/JSON; charset=utf-8' })).status).toBe(202);
  });

  it('a caller may use its body again at once', async () => {
    const { collector, sink } = await start();
    const body = Buffer.from(JSON.stringify(scored('keep')));
    const answer = collector.accept(request(body));
    await answer;
    expect(body.byteLength).toBeGreaterThan(0);
    await collector.flush();
    expect(idsOf(sink.delivered)).toEqual(['keep']);
  });
});

describe('batches', () => {
  it('are sealed at their age', async () => {
    const { collector, sink } = await start({ limits: { batchAgeMs: 30 } });
    await collector.accept(request(scored('a')));
    await expect.poll(() => idsOf(sink.delivered)).toEqual(['a']);
  });

  it('are sealed at their rows and at their bytes', async () => {
    for (const limits of [{ batchRowsMax: 10 }, { batchBytesMax: 4_000 }]) {
      const { collector, sink } = await start({ limits: { batchAgeMs: 60_000, ...limits } });
      for (let i = 0; i < 25; i++) await collector.accept(request(scored(`p${i}`)));
      await collector.flush();
      expect(sink.delivered.length).toBeGreaterThan(2);
      expect(idsOf(sink.delivered)).toEqual(Array.from({ length: 25 }, (_, i) => `p${i}`));
    }
  });

  it('precedence falls along the whole batch, over all its frames', async () => {
    const { collector, sink } = await start({
      limits: { batchAgeMs: 60_000 },
      clock: { now: () => 1_795_000_000_000, monotonicMs: () => 0 },
    });
    for (let i = 0; i < 5; i++) await collector.accept(request(scored(`a${i}`, `b${i}`)));
    await collector.flush();
    const precedences = sink.delivered[0].rows.map(({ precedence }) => precedence as bigint);
    expect(precedences.every((each, i) => i === 0 || precedences[i - 1] - each === 1n)).toBe(true);
  });

  it('ids ascend although the clock stands still', async () => {
    const { collector, sink } = await start({ clock: { now: () => 1_795_000_000_000, monotonicMs: () => 0 } });
    for (let i = 0; i < 5; i++) {
      await collector.accept(request(scored(`p${i}`)));
      await collector.flush();
    }
    expect(sink.offered).toEqual([...sink.offered].sort());
    expect(new Set(sink.offered).size).toBe(5);
  });

  it('flush among running requests loses and refuses nothing', async () => {
    const { collector, sink } = await start({ workers: 2 });
    await collector.accept(request(scored('first')));
    const answers = [];
    for (let i = 0; i < 300; i++) {
      answers.push(collector.accept(request(scored(`p${i}`))));
      if (i % 10 === 0) await collector.flush();
    }
    expect((await Promise.all(answers)).every(({ status }) => status === 202)).toBe(true);
    await collector.flush();
    expect(new Set(idsOf(sink.delivered)).size).toBe(301);
  });
});

describe('the registry', () => {
  it('every lane learns what one of them proposed', async () => {
    const options = collectorOptions({ workers: 2 });
    const collector = await startCollector(options);
    running.push(collector);
    await collector.accept(request([{ id: 'a', score: 0.5, features: { x: 1 } }]));
    await Promise.all(
      Array.from({ length: 40 }, (_, i) =>
        collector.accept(request([{ id: `p${i}`, score: 0.5, features: { x: i } }])),
      ),
    );
    expect((options.schema as { proposals?: unknown[] }).proposals).toHaveLength(1);
  });

  it('while it cannot be written a new model is answered 503 and logged', async () => {
    const logger = recordingLogger();
    const options = collectorOptions({ logger });
    Object.assign(options.schema, { failure: new Error('disk') });
    const collector = await startCollector(options);
    running.push(collector);
    expect(await collector.accept(request(scored('a')))).toMatchObject({ status: 503, code: 'REGISTRY_UNAVAILABLE' });
    expect(logger.lines.map(({ level }) => level)).toContain('error');
  });
});
