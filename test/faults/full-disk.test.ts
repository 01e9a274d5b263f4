import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryDirectory } from '../helpers/core-on-disk.ts';
import { ClientLedger } from './client-ledger.ts';
import { Pipeline } from './pipeline.ts';

const directory = temporaryDirectory();
const journalDisk = join(directory.path, 'journal');
const isMounted = mountSmallDisk(journalDisk);
afterAll(() => {
  if (isMounted) execFileSync('umount', ['-l', journalDisk]);
  directory.remove();
});

describe(`a full journal disk${isMounted ? '' : ' (skipped: mounting a small disk takes root)'}`, () => {
  it.skipIf(!isMounted)(
    'answers 507, never 202, keeps what it acknowledged, and goes on with space',
    { timeout: 90_000 },
    async () => {
      const pipeline = await Pipeline.start(directory.path);
      if (pipeline === null) throw new Error('the pipeline did not start');
      const ledger = new ClientLedger();
      await ledger.work(pipeline, 3);
      await pipeline.settle();
      const ballast = join(journalDisk, 'ballast');
      const { bavail, bsize } = statfsSync(journalDisk);
      writeFileSync(ballast, Buffer.alloc((bavail - 2) * bsize));
      const refusals: unknown[] = [];
      for (let turn = 0; turn < 40; turn++) {
        const result = await ledger.predictions(
          pipeline,
          Array.from({ length: 200 }, (_, i) => 10_000 + turn * 200 + i),
        );
        if (result.status !== 202) refusals.push(result);
      }
      expect(refusals.length).toBeGreaterThan(30);
      for (const refusal of refusals) {
        expect(refusal).toMatchObject({ status: 507, code: 'DISK_FULL', retryAfterSeconds: expect.any(Number) });
      }
      rmSync(ballast);
      await expect
        .poll(async () => (await ledger.predictions(pipeline, [5_000])).status, { timeout: 10_000 })
        .toBe(202);
      await ledger.resend(pipeline);
      await pipeline.settle();
      const stored = await pipeline.stored('loans');
      await pipeline.stop();
      expect(ledger.faults(stored)).toEqual([]);
      expect(stored.predictionIds.length).toBe(ledger.sent.size);
    },
  );
});

/** A disk of 2 MB in place of the directory, where this process may mount one. */
function mountSmallDisk(path: string): boolean {
  mkdirSync(path);
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', path], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
