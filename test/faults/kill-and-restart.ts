import { expect } from 'vitest';
import { temporaryDirectory } from '../helpers/core-on-disk.ts';
import { ClientLedger } from './client-ledger.ts';
import { Pipeline, type PipelineOptions } from './pipeline.ts';

/** At the first passes, and later ones: during recovery, with a full journal, with half a batch behind it. */
const passesDefault = [1, 2, 3, 1, 2, 4, 1, 3];

export type KillRun = { kills: number; faults: string[]; stored: number; sent: number };

/**
 * Kills a pipeline at one named point again and again on the same directory while a client works, starts it once more
 * without the failpoint, lets the client send again what got no answer, and says what is wrong then.
 */
export async function killAndRestart(
  failpoint: string,
  { passes = passesDefault, ...options }: PipelineOptions & { passes?: number[] } = {},
): Promise<KillRun> {
  const directory = temporaryDirectory();
  const ledger = new ClientLedger();
  let kills = 0;
  for (const pass of passes) {
    const pipeline = await Pipeline.start(directory.path, { ...options, failpoint: `${failpoint}:${pass}` });
    if (pipeline !== null) {
      const enginePid = await pipeline.enginePid().catch(() => null);
      await ledger.work(pipeline, 12);
      // A point behind the answer is passed after the last request was answered.
      await Promise.race([pipeline.exited, pipeline.settle().catch(() => undefined)]);
      // An orphaned engine ends by itself within two seconds; here it dies at once too, in the midst of what it does.
      if (pipeline.isGone && enginePid !== null) endEngine(enginePid);
    }
    expect(pipeline?.isGone ?? true).toBe(true);
    kills++;
  }
  const survivor = await Pipeline.start(directory.path, options);
  if (survivor === null) throw new Error('the pipeline does not start after the kills');
  await ledger.resend(survivor);
  await ledger.work(survivor, 2);
  await survivor.settle();
  const stored = await survivor.stored('loans');
  await survivor.stop();
  directory.remove();
  return { kills, faults: ledger.faults(stored), stored: stored.predictionIds.length, sent: ledger.sent.size };
}

function endEngine(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was gone already.
  }
}
