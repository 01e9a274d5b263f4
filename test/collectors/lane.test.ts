import type { Worker } from 'node:worker_threads';
import { describe, expect, it } from 'vitest';
import { Journal } from '../../collectors/journal/journal.ts';
import type { SealedSegment } from '../../collectors/journal/segment.ts';
import { Lane } from '../../collectors/lane.ts';
import { SchemaFeed } from '../../collectors/schema-feed.ts';
import { collectorOptions } from './helpers/collector.ts';

describe('a parser thread that dies', () => {
  it('costs the requests it was parsing a 503, is replaced, and the queue goes on', async () => {
    const options = collectorOptions();
    const { extend } = options.schema;
    let isAway = false;
    options.schema.extend = (proposals) => (isAway ? new Promise(() => {}) : extend.call(options.schema, proposals));
    const sealed: SealedSegment[] = [];
    const journal = new Journal(options, (segment) => sealed.push(segment));
    const lane = new Lane(options, journal, new SchemaFeed(options.schema, options.logger));
    await lane.thread.start();
    const head = {
      kind: 'prediction' as const,
      format: 'ndjson' as const,
      source: 'test',
      receivedAt: Date.now(),
      idempotency: null,
      defaultModel: 'm',
      defaultVersion: null,
      allowedModels: null,
    };
    const send = (id: string, features = {}) =>
      lane.enqueue(head, Buffer.from(JSON.stringify({ id, score: 0.5, features })));
    expect((await send('before')).status).toBe(202);
    // The thread waits for the registry, which does not answer, so it surely holds this request when it dies.
    isAway = true;
    const inFlight = send('in flight', { unknown: 1 });
    const queued = send('queued');
    await (Reflect.get(lane.thread, 'worker') as Worker).terminate();
    expect(await inFlight).toMatchObject({ status: 503, code: 'PARSER_RESTARTED' });
    expect((await queued).status).toBe(202);
    expect(lane.thread.restarts).toBe(1);
    await lane.settle();
    expect(sealed.reduce((sum, { rows }) => sum + rows, 0)).toBe(2);
    await lane.thread.stop();
  });
});
