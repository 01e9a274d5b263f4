import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CoreOnDisk, startCoreOnDisk, temporaryDirectory } from '../helpers/core-on-disk.ts';
import { countsOfModel, discrepancies } from '../helpers/counted-once.ts';

const hour = 3_600_000;
const event = (id: string, time: number, score = 0.7): object => ({
  id,
  model: 'loans',
  time: new Date(time).toISOString(),
  score,
  features: { income: 100, region: 'north' },
});

let directory: ReturnType<typeof temporaryDirectory>;
let running: CoreOnDisk;

beforeEach(async () => {
  directory = temporaryDirectory();
  running = await startCoreOnDisk(directory.path);
});
afterEach(async () => {
  await running.stop();
  directory.remove();
});

async function restart(): Promise<void> {
  await running.stop();
  running = await startCoreOnDisk(directory.path);
}

async function expectCounted(predictions: number): Promise<void> {
  await running.settle();
  const counts = await countsOfModel(running, 'loans');
  expect(counts.predictions).toBe(predictions);
  expect(discrepancies(counts)).toEqual([]);
}

describe('a prediction that comes more than once', () => {
  it('inside one body is stored and counted once, and the reply says how many repeats there were', async () => {
    const now = Date.now();
    const result = await running.send('prediction', [
      event('a', now),
      event('b', now),
      event('a', now),
      event('a', now),
    ]);
    expect(result).toMatchObject({ status: 202, reply: { accepted: 2, duplicates: 2, rejected: 0 } });
    await expectCounted(2);
  });

  it('in several bodies of one batch or of several is counted once', async () => {
    const now = Date.now();
    await Promise.all(Array.from({ length: 5 }, () => running.send('prediction', [event('a', now), event('b', now)])));
    await running.settle();
    await running.send('prediction', [event('b', now), event('c', now)]);
    await expectCounted(3);
  });

  it('after a restart is counted once, whether it is dated hours ago, now, or some minutes ahead', async () => {
    const now = Date.now();
    const events = [event('old', now - 5 * hour), event('now', now), event('ahead', now + 240_000)];
    await running.send('prediction', events);
    await running.settle();
    await restart();
    await running.send('prediction', [...events, event('new', Date.now())]);
    await expectCounted(4);
    await restart();
    await running.send('prediction', events);
    await expectCounted(4);
  });

  it('replayed a day later, by thousands, is counted once; what is new in the replay is counted too', async () => {
    const yesterday = Date.now() - 24 * hour;
    const history = Array.from({ length: 3_000 }, (_, i) => event(`h${i}`, yesterday + i * 1_000));
    await running.send('prediction', history);
    await running.settle();
    await restart();
    const more = Array.from({ length: 500 }, (_, i) => event(`m${i}`, yesterday + i * 1_000 + 1));
    await running.send('prediction', [...history, ...more]);
    await expectCounted(3_500);
  });

  it('keeps the values of the first one, in raw rows and in counts', async () => {
    const now = Date.now();
    await running.send('prediction', [event('a', now, 0.9)]);
    await running.settle();
    await restart();
    await running.send('prediction', [event('a', now, 0.1)]);
    await expectCounted(1);
    expect(await running.rows("SELECT score FROM predictions FINAL WHERE model_id = 'loans'")).toEqual([[0.9]]);
    expect(await running.rows('SELECT predicted, sum(n) FROM outcome_tallies GROUP BY predicted')).toEqual([['1', 1]]);
  });

  it('under an Idempotency-Key gets the first answer, also after a restart; another body is a conflict', async () => {
    const rows = [event('a', Date.now())];
    const first = await running.send('prediction', rows, { idempotencyKey: 'k' });
    const again = await running.send('prediction', rows, { idempotencyKey: 'k' });
    expect(again).toEqual(first);
    await running.settle();
    await restart();
    expect(await running.send('prediction', rows, { idempotencyKey: 'k' })).toEqual(first);
    const other = await running.send('prediction', [event('b', Date.now())], { idempotencyKey: 'k' });
    expect(other).toMatchObject({ status: 409, code: 'IDEMPOTENCY_CONFLICT' });
    await expectCounted(1);
  });

  it('a storm of the same body in parallel is one copy, with and without a key', async () => {
    const now = Date.now();
    const rows = Array.from({ length: 50 }, (_, i) => event(`s${i}`, now));
    const storm = await Promise.all(
      Array.from({ length: 60 }, (_, i) =>
        running.send('prediction', rows, i % 2 === 0 ? {} : { idempotencyKey: 'storm' }),
      ),
    );
    expect(new Set(storm.map((result) => result.status))).toEqual(new Set([202]));
    const keyed = storm.filter((_, i) => i % 2 === 1);
    expect(new Set(keyed.map((result) => JSON.stringify(result))).size).toBe(1);
    await expectCounted(50);
  });
});
