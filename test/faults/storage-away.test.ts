import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryDirectory, until } from '../helpers/core-on-disk.ts';
import { ClientLedger } from './client-ledger.ts';
import { Pipeline } from './pipeline.ts';

let directory: ReturnType<typeof temporaryDirectory>;
let pipeline: Pipeline;
let ledger: ClientLedger;

beforeEach(async () => {
  directory = temporaryDirectory();
  ledger = new ClientLedger();
  const started = await Pipeline.start(directory.path);
  if (started === null) throw new Error('the pipeline did not start');
  pipeline = started;
});
afterEach(async () => {
  await pipeline.stop();
  directory.remove();
});

async function expectSound(): Promise<void> {
  await pipeline.settle();
  const stored = await pipeline.stored('loans');
  expect(ledger.faults(stored)).toEqual([]);
  expect(stored.predictionIds.length).toBe(ledger.acknowledged.size);
}

/** The engine that runs after the one with this pid. */
async function runningEngine(lastPid: number): Promise<number> {
  let pid: number | null = null;
  await until(async () => {
    pid = await pipeline.enginePid();
    return pid !== null && pid !== lastPid;
  }, 'another engine runs');
  return pid ?? 0;
}

describe('an engine that is killed in the midst of inserts', () => {
  it('costs retries, never a row: 8 kills, every event stored and counted once', { timeout: 180_000 }, async () => {
    let lastPid = 0;
    for (let kill = 0; kill < 8; kill++) {
      const enginePid = await runningEngine(lastPid);
      lastPid = enginePid;
      const working = ledger.work(pipeline, 6);
      await wait(10 + 25 * kill);
      process.kill(enginePid, 'SIGKILL');
      await working;
    }
    await expectSound();
  });
});

describe('storage that is away for a while', () => {
  it(
    'is not noticed by senders: events are accepted, wait in the journal, and arrive later',
    { timeout: 120_000 },
    async () => {
      await ledger.work(pipeline, 5);
      await pipeline.settle();
      const before = await pipeline.stats();
      const enginePid = await runningEngine(0);
      process.kill(enginePid, 'SIGSTOP');
      await ledger.work(pipeline, 12);
      expect(ledger.acknowledged.size).toBe(ledger.sent.size);
      await wait(200);
      const during = await pipeline.stats();
      expect(during.pendingBatches).toBeGreaterThan(0);
      expect(during.journalBytes).toBeGreaterThan(before.journalBytes);
      process.kill(enginePid, 'SIGCONT');
      await expectSound();
      expect(await pipeline.stats()).toMatchObject({ pendingBatches: 0, journalBytes: 0, lastDeliveryError: null });
    },
  );

  it(
    'and a service that is killed meanwhile loses nothing: the journal is read again',
    { timeout: 120_000 },
    async () => {
      await ledger.work(pipeline, 3);
      process.kill(await runningEngine(0), 'SIGKILL');
      await ledger.work(pipeline, 12);
      await pipeline.kill();
      const restarted = await Pipeline.start(directory.path);
      if (restarted === null) throw new Error('the pipeline did not start again');
      pipeline = restarted;
      await ledger.work(pipeline, 2);
      await expectSound();
    },
  );
});

describe('a storm of the same requests', () => {
  it(
    'leaves one copy, with and without a key, and every answer under one key is the same',
    { timeout: 60_000 },
    async () => {
      const numbers = Array.from({ length: 30 }, (_, i) => i);
      const storm = await Promise.all(
        Array.from({ length: 80 }, (_, i) => ledger.predictions(pipeline, numbers, i % 2 === 0 ? 'storm' : null)),
      );
      expect(new Set(storm.map(({ status }) => status))).toEqual(new Set([202]));
      expect(new Set(storm.filter((_, i) => i % 2 === 0).map((answer) => JSON.stringify(answer))).size).toBe(1);
      await expectSound();
      expect((await pipeline.stored('loans')).predictionIds).toHaveLength(30);
    },
  );
});
