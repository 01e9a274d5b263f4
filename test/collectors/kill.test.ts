import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { startCollector } from '../../collectors/collector.ts';
import { collectorOptions } from './helpers/collector.ts';
import { fileSink, linesOf, storedBatches } from './helpers/file-sink.ts';
import { rowsOf } from './helpers/ingest.ts';

const script = join(import.meta.dirname, 'helpers/killed-collector.ts');
const failpoints = [
  'after_parse',
  'before_journal_write',
  'after_journal_write',
  'after_fsync',
  'before_deliver',
  'after_deliver',
];
const KILLS_PER_FAILPOINT = 4;

/** Runs one collector until its failpoint kills it; gives what it had acknowledged. */
function runUntilKilled(args: string[]): Promise<{ signal: string | null; acknowledged: string[] }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', reject);
    child.on('close', (_code, signal) => {
      const whole = output.slice(0, output.lastIndexOf('\n') + 1);
      resolve({ signal, acknowledged: whole.split('\n').filter(Boolean) });
    });
  });
}

describe('kill -9', () => {
  it('at any point of the durable path: what was acknowledged is stored, each row once, under the same bytes', async () => {
    const journalDir = mkdtempSync(join(tmpdir(), 'plumbline-kill-journal-'));
    const storeDir = mkdtempSync(join(tmpdir(), 'plumbline-kill-store-'));
    const acknowledged: string[] = [];
    let kills = 0;
    for (const failpoint of failpoints) {
      for (let k = 0; k < KILLS_PER_FAILPOINT; k++) {
        // Passes 1 to 22: at the first frame as well as in full run.
        const run = await runUntilKilled([journalDir, storeDir, String(kills), failpoint, String(1 + 7 * k)]);
        if (run.signal === 'SIGKILL') kills++;
        acknowledged.push(...run.acknowledged);
      }
    }
    expect(kills).toBe(failpoints.length * KILLS_PER_FAILPOINT);

    const last = await startCollector(collectorOptions({ journalDir, sink: fileSink(storeDir) }));
    await last.flush();
    await last.stop();
    expect(readdirSync(journalDir)).toEqual([]);

    const stored = (['predictions', 'feedback'] as const).flatMap((kind) =>
      storedBatches(storeDir, kind).flatMap((body) => rowsOf(body).map(({ prediction_id }) => String(prediction_id))),
    );
    const storedOnce = new Set(stored);
    expect(stored).toHaveLength(storedOnce.size);
    expect(acknowledged.filter((id) => !storedOnce.has(id))).toEqual([]);
    expect(acknowledged.length).toBeGreaterThan(1_000);
    expect(linesOf(storeDir, 'conflicts.log')).toEqual([]);

    // The control: some batches did come more than once, so without their ids rows would have doubled.
    const offers = linesOf(storeDir, 'offers.log');
    expect(offers.length).toBeGreaterThan(new Set(offers).size);
  }, 180_000);
});
