import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { chunksOf, refoldJob, type RefoldDeps } from '../../../server/jobs/refold-history.ts';
import type { GovernanceState } from '../../../server/domain/governance-state.ts';
import type { GovernanceEvent } from '../../../server/domain/governance-event.ts';
import { startGovernance, systemAct } from '../../../server/services/governance.ts';
import type { ModelBaselines } from '../../../server/services/fold-models.ts';
import type { ReferenceBody, ReferenceStore } from '../../../server/ports/reference-store.ts';
import { quiet } from '../../helpers/core-on-disk.ts';
import { memoryLog } from '../../helpers/memory-log.ts';
import { referenceCreated, registered } from '../../helpers/governance-events.ts';

const hourMs = 3_600_000;

describe('chunks of history', () => {
  const hours = fc
    .uniqueArray(fc.nat(200), { maxLength: 60 })
    .chain((starts) =>
      fc.tuple(
        ...starts
          .sort((a, b) => a - b)
          .map((start) => fc.record({ hour: fc.constant(start * hourMs), n: fc.integer({ min: 1, max: 250_000 }) })),
      ),
    );

  it('cover every hour with rows once, in order, and hold few rows or one hour', () => {
    fc.assert(
      fc.property(hours, (history) => {
        const chunks = chunksOf(history);
        for (const { hour } of history) {
          expect(chunks.filter(({ window }) => hour >= window.from && hour < window.to)).toHaveLength(1);
        }
        expect(chunks.reduce((sum, { n }) => sum + n, 0)).toBe(history.reduce((sum, { n }) => sum + n, 0));
        chunks.forEach(({ window, n }, i) => {
          if (i > 0) expect(window.from).toBeGreaterThanOrEqual(chunks[i - 1].window.to);
          const hoursInside = history.filter(({ hour }) => hour >= window.from && hour < window.to).length;
          if (hoursInside > 1) expect(n).toBeLessThanOrEqual(200_000);
        });
      }),
    );
  });
});

/** A history of three hours whose second chunk the store fails to read, so many times. */
async function jobThatFails(
  times: number,
): Promise<{ job: ReturnType<typeof refoldJob>; tokens: string[]; state: () => GovernanceState }> {
  const governance = await startGovernance(memoryLog(), { now: () => 0, monotonicMs: () => 0 });
  const events: GovernanceEvent[] = [registered('m'), referenceCreated('m', 'ref')];
  await governance.change(systemAct, () => events);
  const body: ReferenceBody = {
    binnings: { referenceId: 'ref', model: 'm', features: [], scoreEdges: null },
    counts: { n: 0, counts: [], sums: [], minima: [], maxima: [] },
  };
  const done = new Map<number, number>();
  const tokens: string[] = [];
  let failures = times;
  const references: Partial<ReferenceStore> = {
    historyByHour: async () => [0, 1, 2].map((h) => ({ hour: h * hourMs, n: 150_000 })),
    doneChunks: async () => new Map(done),
    async historyRows(_scope, window) {
      if (window.from === hourMs && failures-- > 0) throw new Error('the engine is away');
      return new Uint8Array(0);
    },
    markChunk: async (_id, window, rows) => void done.set(window.from, rows),
  };
  const deps: Partial<RefoldDeps> = {
    governance,
    baselines: { body: () => body } as Partial<ModelBaselines> as ModelBaselines,
    references: references as ReferenceStore,
    fold: { foldBody: async () => ({ features: [], outcomes: [], activity: new Map() }) } as Partial<
      RefoldDeps['fold']
    > as RefoldDeps['fold'],
    events: { storeTallies: async (token: string) => void tokens.push(token) } as Partial<
      RefoldDeps['events']
    > as RefoldDeps['events'],
    logger: quiet,
  };
  return { job: refoldJob(deps as RefoldDeps), tokens, state: governance.state };
}

describe('recounting history', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('goes on by itself after the store was away, and counts no chunk twice', async () => {
    const { job, tokens, state } = await jobThatFails(2);
    await job.run();
    expect(state().references.get('m')).toMatchObject([{ status: 'refolding' }]);
    expect(job.progress('ref')).toBeCloseTo(1 / 3);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(state().references.get('m')).toMatchObject([{ status: 'ready' }]);
    expect(tokens).toEqual(['ref 0', `ref ${hourMs}`, `ref ${2 * hourMs}`]);
    await job.stop();
  });

  it('is not tried again once it is stopped', async () => {
    const { job, tokens } = await jobThatFails(1);
    await job.run();
    await job.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(tokens).toEqual(['ref 0']);
  });
});
