import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReference as makeReference } from '../../server/services/create-reference.ts';
import { systemAct } from '../../server/services/governance.ts';
import { type CoreOnDisk, startCoreOnDisk, temporaryDirectory, until } from '../helpers/core-on-disk.ts';
import { countsOfModel, discrepancies } from '../helpers/counted-once.ts';

const start = Date.UTC(2026, 0, 5);
const model = 'loans';

type Event = { id: string; time: string; score: number; features: { income: number; region: string } };

function event(i: number): Event {
  return {
    id: `p${i}`,
    time: new Date(start + (i % 500) * 700_000 + i).toISOString(),
    score: ((i * 37) % 101) / 100,
    features: { income: (i * 7919) % 1000, region: ['north', 'south', 'west'][i % 3] },
  };
}

let directory: ReturnType<typeof temporaryDirectory>;
let running: CoreOnDisk;

beforeEach(() => {
  directory = temporaryDirectory();
});
afterEach(async () => {
  await running.stop();
  directory.remove();
});

const send = async (events: object[]): Promise<void> => {
  expect(await running.send('prediction', events, { defaultModel: model })).toMatchObject({ status: 202 });
};
const label = (i: number): object => ({
  predictionId: `p${i}`,
  label: (i * 31) % 2,
  time: new Date(start).toISOString(),
});

/** Below the service, which first waits for everything accepted: here batches shall be on their way. */
async function createReference(): Promise<string> {
  const window = { from: start, to: start + 86_400_000 };
  const { core } = running;
  const deps = { ...core, store: core.references };
  const id = await makeReference(deps, systemAct, { model, kind: 'window', modelVersion: null, window });
  void core.refold();
  return id;
}

async function expectEverythingCountedOnce(): Promise<void> {
  await running.settle();
  const counts = await countsOfModel(running, model);
  expect(discrepancies(counts)).toEqual([]);
  expect(Object.keys(counts.features).length).toBeGreaterThan(0);
}

/** Sends bodies of predictions, and labels for some of them, until it is told to stop. */
function traffic(): { stop(): Promise<number> } {
  let isStopped = false;
  let sent = 1_000;
  const loop = async (): Promise<void> => {
    for (let turn = 0; !isStopped && turn < 12; turn++) {
      const fresh = Array.from({ length: 40 }, () => event(sent++));
      await Promise.all([
        send([...fresh, event(sent - 900), event(sent - 41)]),
        running.send('feedback', [label(sent - 700), label(sent - 10), label(sent + 30)], { defaultModel: model }),
      ]);
      await wait(turn % 7);
    }
  };
  const done = loop();
  done.catch(() => undefined);
  return {
    async stop() {
      isStopped = true;
      await done;
      return sent;
    },
  };
}

for (const scale of ['probability', 'unbounded'] as const) {
  describe(`a reference that is created while traffic flows (${scale} scores)`, () => {
    for (const delayMs of [0, 7, 40]) {
      it(`loses no row and counts none twice, created ${delayMs} ms into the traffic`, async () => {
        running = await startCoreOnDisk(directory.path, { config: { provisionalRows: 1_000_000, batchAgeMs: 20 } });
        await running.services.registerModel(systemAct, { model, task: 'binary', scoreScale: scale });
        await send(Array.from({ length: 1_000 }, (_, i) => event(i)));
        await running.core.collector.flush();
        const flow = traffic();
        await wait(delayMs);
        const first = await createReference();
        await wait(delayMs);
        const second = await createReference();
        await wait(delayMs);
        const sent = await flow.stop();
        await expectEverythingCountedOnce();
        const counts = await countsOfModel(running, model);
        expect(counts.predictions).toBe(sent);
        const statuses = running.services.listReferences(model).map(({ id, status }) => [id, status]);
        expect(statuses).toEqual([
          [second, 'ready'],
          [first, 'superseded'],
        ]);
        expect(Object.keys(counts.features).sort()).toEqual([second, `${second}_day`, `${second}_hour`].sort());
      });
    }
  });
}

describe('recounting history', () => {
  it('goes on after a restart in the middle, and after the raw rows were merged meanwhile', async () => {
    running = await startCoreOnDisk(directory.path, { config: { provisionalRows: 1_000_000 } });
    for (let part = 0; part < 4; part++) await send(Array.from({ length: 2_500 }, (_, i) => event(part * 2_500 + i)));
    // Repeats, so that a merge changes how many raw rows there are.
    await send(Array.from({ length: 2_500 }, (_, i) => event(i)));
    await running.core.collector.flush();
    const creating = createReference();
    await until(() => running.services.listReferences(model).length === 1, 'the reference exists');
    await running.stop();
    await creating.catch(() => undefined);
    running = await startCoreOnDisk(directory.path, { config: { provisionalRows: 1_000_000 } });
    await running.storage.clickHouse.command('OPTIMIZE TABLE predictions FINAL');
    await expectEverythingCountedOnce();
    expect(running.services.listReferences(model).map(({ status }) => status)).toEqual(['ready']);
  });

  it('gives the counts that live counting gives: bin by bin, for every segment, minute, hour and day', async () => {
    running = await startCoreOnDisk(directory.path, { config: { provisionalRows: 1_000_000 } });
    const some = Array.from({ length: 600 }, (_, i) => ({
      ...event(i),
      segments: { channel: ['web', 'shop'][i % 2] },
    }));
    await send(some);
    await running.settle();
    const reference = await createReference();
    await running.settle();
    const dump = (suffix: string): Promise<unknown[]> =>
      running.rows(
        `SELECT segment, minute, model_version, sum(n), sumForEachMerge(counts) FROM feature_tallies${suffix}
         WHERE reference_id = '${reference}' GROUP BY ALL ORDER BY ALL`,
      );
    const recounted = await Promise.all(['', '_hour', '_day'].map(dump));
    expect(recounted[0].length).toBeGreaterThan(600);
    const tables = ['', '_hour', '_day'].map((suffix) => `feature_tallies${suffix}`);
    for (const table of [...tables, 'predictions', 'prediction_keys'])
      await running.storage.clickHouse.command(`TRUNCATE TABLE ${table}`);
    await running.stop();
    running = await startCoreOnDisk(directory.path, { config: { provisionalRows: 1_000_000 } });
    await send(some);
    await running.settle();
    expect(await Promise.all(['', '_hour', '_day'].map(dump))).toEqual(recounted);
  });

  it('of a new model begins by itself: its first predictions become a provisional reference', async () => {
    running = await startCoreOnDisk(directory.path, { config: { provisionalRows: 300 } });
    const flow = traffic();
    await until(async () => {
      const [reference] = running.core.governance.state().references.get(model) ?? [];
      return reference?.status === 'ready';
    }, 'the provisional reference is ready');
    await flow.stop();
    await expectEverythingCountedOnce();
    const [reference] = running.services.listReferences(model);
    expect(reference).toMatchObject({ kind: 'provisional', status: 'ready' });
    expect(reference.n).toBeGreaterThanOrEqual(300);
  });

  it('is refused for a window with too few rows, in words that say what to do', async () => {
    running = await startCoreOnDisk(directory.path);
    await send([event(1)]);
    await expect(createReference()).rejects.toMatchObject({ code: 'REFERENCE_EMPTY' });
    expect(running.services.listReferences(model)).toEqual([]);
  });
});
