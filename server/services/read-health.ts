import type { HealthReport } from '../app-deps.ts';
import type { Clock } from '../ports/clock.ts';

export type HealthDeps = {
  clock: Clock;
  pingStore: () => Promise<boolean>;
  journal: () => { bytes: number; bytesMax: number; lastError: string | null };
};

/** Above this share of the journal a collector soon refuses: not ready for more. */
const journalShareMax = 0.95;

/** Is the service able to take events and to answer questions? One entry per part, with how long it took to say so. */
export async function readHealth({ clock, pingStore, journal }: HealthDeps): Promise<HealthReport> {
  const started = clock.monotonicMs();
  const isStoreUp = await pingStore().catch(() => false);
  const storeMs = clock.monotonicMs() - started;
  const { bytes, bytesMax, lastError } = journal();
  const hasRoom = bytes < bytesMax * journalShareMax;
  const checks = [
    {
      name: 'store',
      isOk: isStoreUp,
      detail: isStoreUp ? 'answers' : 'does not answer; accepted events wait in the journal',
      latencyMs: round(storeMs),
    },
    {
      name: 'journal',
      isOk: hasRoom,
      detail: `${bytes} of ${bytesMax} bytes${lastError === null ? '' : `; ${lastError}`}`,
      latencyMs: 0,
    },
  ];
  return { isReady: checks.every((check) => check.isOk), checks };
}

const round = (ms: number): number => Math.round(ms * 10) / 10;
