import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CoreOnDisk, startCoreOnDisk, temporaryDirectory } from '../helpers/core-on-disk.ts';
import { countsOfModel, discrepancies } from '../helpers/counted-once.ts';

const time = Date.UTC(2026, 0, 5, 12);
const iso = (at: number): string => new Date(at).toISOString();
const prediction = (id: string, score: number, extra: object = {}): object => ({
  id,
  model: 'loans',
  time: iso(time),
  score,
  ...extra,
});
const feedback = (predictionId: string, label: unknown, extra: object = {}): object => ({
  predictionId,
  model: 'loans',
  label,
  time: iso(time + 60_000),
  ...extra,
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

/** Sends and waits, so that each call is a batch of its own. */
async function send(kind: 'prediction' | 'feedback', ...rows: object[]): Promise<void> {
  expect(await running.send(kind, rows)).toMatchObject({ status: 202, reply: { rejected: 0 } });
  await running.settle();
}

async function expectSound(): Promise<void> {
  expect(discrepancies(await countsOfModel(running, 'loans'))).toEqual([]);
}

async function confusion(): Promise<object> {
  await expectSound();
  const { confusion: counts, labelled, total } = await running.services.readPerformance('loans', { window: 'all' });
  return { ...counts, labelled, total };
}

const cells = (tp: number, fp: number, fn: number, tn: number, labelled: number, total: number): object => ({
  truePositive: tp,
  falsePositive: fp,
  falseNegative: fn,
  trueNegative: tn,
  labelled,
  total,
});

describe('feedback joins its prediction', () => {
  it('when it comes after', async () => {
    await send('prediction', prediction('a', 0.9), prediction('b', 0.1), prediction('c', 0.8));
    await send('feedback', feedback('a', 1), feedback('b', 1));
    expect(await confusion()).toEqual(cells(1, 0, 1, 0, 2, 3));
  });

  it('when it comes before, and is counted as unpaired until then', async () => {
    await send('prediction', prediction('z', 0.9));
    await send('feedback', feedback('a', 0), feedback('never', 1));
    await expect.poll(() => running.core.unpairedFeedback()).toBe(2);
    await send('prediction', prediction('a', 0.9));
    expect(await confusion()).toEqual(cells(0, 1, 0, 0, 1, 2));
    await expect.poll(() => running.core.unpairedFeedback()).toBe(1);
  });

  it('when it comes before, and the service restarts in between', async () => {
    await send('prediction', prediction('z', 0.9));
    await send('feedback', feedback('a', 1));
    await running.stop();
    running = await startCoreOnDisk(directory.path);
    await expect.poll(() => running.core.unpairedFeedback()).toBe(1);
    await send('prediction', prediction('a', 0.9));
    expect(await confusion()).toEqual(cells(1, 0, 0, 0, 1, 2));
  });

  it('when the prediction was stored but not counted before the service ended', async () => {
    await send('prediction', prediction('z', 0.9));
    await send('feedback', feedback('a', 1));
    // What a crash right after the insert of the prediction's batch leaves: the row is there, the count is not.
    const { clickHouse } = running.storage;
    await clickHouse.command(
      `INSERT INTO predictions SELECT * REPLACE ('a' AS prediction_id, 'lost' AS batch_id) FROM predictions LIMIT 1`,
    );
    await running.stop();
    running = await startCoreOnDisk(directory.path);
    await expect.poll(() => running.core.unpairedFeedback()).toBe(1);
  });

  it('once, when the same statement comes twice in a batch and again in another', async () => {
    await send('prediction', prediction('a', 0.9));
    await send('feedback', feedback('a', 1), feedback('a', 1));
    await send('feedback', feedback('a', 1));
    expect(await confusion()).toEqual(cells(1, 0, 0, 0, 1, 1));
    expect(await running.rows('SELECT count() FROM outcomes')).toEqual([[1]]);
  });

  it('in the window of the prediction, not of the feedback', async () => {
    await send('prediction', prediction('a', 0.9));
    await send('feedback', feedback('a', 1, { time: iso(time + 40 * 86_400_000) }));
    expect(await running.rows('SELECT DISTINCT toUnixTimestamp(minute) * 1000 FROM outcome_tallies')).toEqual([[time]]);
    await expectSound();
  });
});

describe('feedback that changes its mind', () => {
  it('retracts the old outcome and adds the new one; the first report stays readable', async () => {
    const ids = Array.from({ length: 200 }, (_, i) => `p${i}`);
    await send('prediction', ...ids.map((id, i) => prediction(id, i < 100 ? 0.9 : 0.1)));
    await send('feedback', ...ids.map((id, i) => feedback(id, i < 100 ? 1 : 0)));
    await send('feedback', ...ids.slice(0, 50).map((id) => feedback(id, 0, { revision: 1 })));
    expect(await confusion()).toEqual(cells(50, 50, 0, 100, 200, 200));
    const { overall, firstReported, points } = await running.services.readPerformance('loans', { window: 'all' });
    expect(overall.accuracy).toMatchObject({ value: 0.75, n: 200 });
    expect(firstReported.accuracy).toMatchObject({ value: 1, n: 200 });
    expect(points.some((point) => point.revised)).toBe(true);
  });

  it('within one batch: the highest revision wins, whatever its place', async () => {
    await send('prediction', prediction('a', 0.9), prediction('b', 0.9));
    await send(
      'feedback',
      feedback('a', 0, { revision: 2 }),
      feedback('a', 1, { revision: 1 }),
      feedback('b', 1),
      feedback('b', 0, { revision: 1 }),
    );
    expect(await confusion()).toEqual(cells(0, 2, 0, 0, 2, 2));
  });

  it('between batches: an older revision that arrives late changes nothing', async () => {
    await send('prediction', prediction('a', 0.9));
    await send('feedback', feedback('a', 0, { revision: 2 }));
    await send('feedback', feedback('a', 1, { revision: 1 }));
    expect(await confusion()).toEqual(cells(0, 1, 0, 0, 1, 1));
  });

  it('without a revision: the later observation wins, and of two at once the first received', async () => {
    await send('prediction', prediction('a', 0.9), prediction('b', 0.9));
    await send('feedback', feedback('a', 1, { time: iso(time + 1_000) }), feedback('b', 1));
    await send('feedback', feedback('a', 0, { time: iso(time + 2_000) }), feedback('b', 0));
    expect(await confusion()).toEqual(cells(1, 1, 0, 0, 2, 2));
  });

  it('back and forth many times ends where the last revision says, with sums that do not drift', async () => {
    const ids = Array.from({ length: 120 }, (_, i) => `p${i}`);
    const score = (i: number): number => 0.2 + (i % 7) / 10;
    await send('prediction', ...ids.map((id, i) => prediction(id, score(i))));
    await send('feedback', ...ids.map((id) => feedback(id, 0)));
    for (let revision = 1; revision <= 6; revision++) {
      await send('feedback', ...ids.slice(0, 60).map((id, i) => feedback(id, (i + revision) % 2, { revision })));
    }
    await expectSound();
    const { overall } = await running.services.readPerformance('loans', { window: 'all' });
    const losses = ids.map((_, i) => -Math.log(i < 60 && i % 2 === 1 ? score(i) : 1 - score(i)));
    const exact = losses.reduce((sum, loss) => sum + loss, 0) / ids.length;
    expect(overall.log_loss).toMatchObject({ kind: 'value', n: 120 });
    expect((overall.log_loss as { value: number }).value).toBeCloseTo(exact, 12);
  });

  it('after the rows were merged and the service restarted, still finds what counts now', async () => {
    await send('prediction', prediction('a', 0.9));
    await send('feedback', feedback('a', 1));
    await send('feedback', feedback('a', 0, { revision: 1 }));
    await running.storage.clickHouse.command('OPTIMIZE TABLE outcomes FINAL');
    await running.stop();
    running = await startCoreOnDisk(directory.path);
    await send('feedback', feedback('a', 1, { revision: 2 }));
    expect(await confusion()).toEqual(cells(1, 0, 0, 0, 1, 1));
  });
});

describe('groups and segments', () => {
  it('of the prediction are those of its outcome, unknown values kept apart', async () => {
    const sensitive = { sensitive: { sex: 'F' }, segments: { channel: 'a=b|c' } };
    await send(
      'prediction',
      prediction('a', 0.9, sensitive),
      prediction('b', 0.9, { sensitive: { sex: 'M' } }),
      prediction('c', 0.2),
    );
    await send('feedback', feedback('a', 1), feedback('b', 0), feedback('c', 0));
    await expectSound();
    const places = await running.rows(
      `SELECT segment, group_key, sum(n) FROM outcome_tallies WHERE labelled = 1 GROUP BY ALL ORDER BY ALL`,
    );
    expect(places).toEqual([
      ['', '', 3],
      ['', 'sex', 1],
      ['', 'sex=F', 1],
      ['', 'sex=M', 1],
      ['channel=a%3Db%7Cc', '', 1],
    ]);
    const bySegment = await running.services.readPerformance('loans', { window: 'all', segment: 'channel=a%3Db%7Cc' });
    expect(bySegment).toMatchObject({ labelled: 1, total: 1 });
  });
});
