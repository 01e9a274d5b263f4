import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createReference } from '../../server/services/create-reference.ts';
import { systemAct } from '../../server/services/governance.ts';
import { type CoreOnDisk, startCoreOnDisk, temporaryDirectory } from '../helpers/core-on-disk.ts';
import { countsOfModel, discrepancies } from '../helpers/counted-once.ts';

const start = Date.UTC(2026, 0, 5);
const hour = 3_600_000;
const event = (model: string, i: number, extra: object = {}): object => ({
  id: `${model}-${i}`,
  model,
  time: new Date(start + i * 1_000).toISOString(),
  score: (i % 10) / 10,
  features: { income: i % 100 },
  ...extra,
});
const many = (model: string, n: number, extra: object = {}, first = 0): object[] =>
  Array.from({ length: n }, (_, i) => event(model, first + i, extra));

const directory = temporaryDirectory();
let running: CoreOnDisk;

beforeAll(async () => {
  running = await startCoreOnDisk(directory.path, { config: { provisionalRows: 1_000_000 } });
});
afterAll(async () => {
  await running.stop();
  directory.remove();
});

async function send(rows: object[]): Promise<void> {
  expect(await running.send('prediction', rows)).toMatchObject({ status: 202, reply: { rejected: 0 } });
  await running.settle();
}

async function referenceOver(model: string): Promise<void> {
  const window = { from: start, to: start + 24 * hour };
  await createReference({ ...running.core, store: running.core.references }, systemAct, {
    model,
    kind: 'window',
    modelVersion: null,
    window,
  });
  await running.settle();
}

describe('a model that nobody declared', () => {
  it('is registered by its first events: task, features and version, by governance events that survive a restart', async () => {
    await send([
      event('fresh', 1, {
        modelVersion: '3',
        features: { income: 1.5, region: 'north', isMember: true },
        segments: { channel: 'web' },
      }),
    ]);
    await running.stop();
    running = await startCoreOnDisk(directory.path, { config: { provisionalRows: 1_000_000 } });
    const model = running.core.governance.state().models.get('fresh');
    expect(model).toMatchObject({
      task: 'binary',
      registration: 'inferred',
      scoreScale: 'probability',
      segments: ['channel'],
    });
    expect(model?.features.map(({ name, kind }) => [name, kind])).toEqual([
      ['income', 'numeric'],
      ['region', 'categorical'],
      ['isMember', 'boolean'],
    ]);
    expect(
      running.core.governance
        .state()
        .versions.get('fresh')
        ?.map(({ version }) => version),
    ).toEqual(['3']);
    expect(discrepancies(await countsOfModel(running, 'fresh'))).toEqual([]);
  });

  it('takes up a feature, a segment and a version that come later, also while a reference is in force', async () => {
    await send(many('growing', 100));
    await referenceOver('growing');
    await send(
      many('growing', 50, { modelVersion: '2', features: { income: 1, debt: 2 }, segments: { channel: 'web' } }, 100),
    );
    const state = running.core.governance.state();
    expect(state.models.get('growing')?.features.map((f) => f.name)).toEqual(['income', 'debt']);
    expect(state.versions.get('growing')?.map((v) => v.version)).toContain('2');
    expect(discrepancies(await countsOfModel(running, 'growing'))).toEqual([]);
    expect((await running.services.readDrift('growing', { window: 'all', version: '2' })).n).toBe(50);
    expect((await running.services.readDrift('growing', { window: 'all', segment: 'channel=web' })).n).toBe(50);
    await referenceOver('growing');
    expect(discrepancies(await countsOfModel(running, 'growing'))).toEqual([]);
    const { features } = await running.services.readDrift('growing', { window: 'all' });
    expect(features.map((f) => f.feature).sort()).toEqual(['$score', 'debt', 'income']);
  });
});

describe('a closed schema', () => {
  it('keeps unknown features beside the row, notes them once, and counts the rows all the same', async () => {
    const features = [{ name: 'income', kind: 'numeric' as const }];
    await running.services.registerModel(systemAct, {
      model: 'closed',
      task: 'binary',
      schemaMode: 'closed',
      features,
    });
    await send(many('closed', 40, { features: { income: 5, surprise: 'x' } }));
    const state = running.core.governance.state();
    expect(state.models.get('closed')?.features.map((f) => f.name)).toEqual(['income']);
    expect(state.unknownFeatures.get('closed')?.map((f) => f.feature)).toEqual(['surprise']);
    expect(await running.rows("SELECT DISTINCT extra['surprise'] FROM predictions WHERE model_id = 'closed'")).toEqual([
      ['"x"'],
    ]);
    expect(discrepancies(await countsOfModel(running, 'closed'))).toEqual([]);
  });
});

describe('late events', () => {
  it('move their own window and no other, under every reference', async () => {
    await send(many('late', 60));
    await referenceOver('late');
    const windowAt = (time: number) => ({
      from: new Date(time).toISOString(),
      to: new Date(time + hour).toISOString(),
    });
    const before = await running.services.readDrift('late', windowAt(start));
    await send([event('late', 900_000, { time: new Date(start - 90 * 24 * hour).toISOString() })]);
    expect((await running.services.readDrift('late', windowAt(start - 90 * 24 * hour))).n).toBe(1);
    const after = await running.services.readDrift('late', windowAt(start));
    expect(after.n).toBe(before.n);
    expect(after.features).toEqual(before.features);
    await send([event('late', 3)]);
    expect((await running.services.readDrift('late', windowAt(start))).n).toBe(before.n);
    await send([event('late', 3_000)]);
    expect((await running.services.readDrift('late', windowAt(start))).n).toBe(before.n + 1);
    expect(discrepancies(await countsOfModel(running, 'late'))).toEqual([]);
  });
});
