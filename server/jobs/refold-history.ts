import { foldOutcomes } from '../counting/outcome-fold.ts';
import type { FoldModel } from '../counting/prediction-fold.ts';
import { scoreBinningOf } from '../counting/score-binning.ts';
import type { ReferenceRecord } from '../domain/governance-state.ts';
import { hourMs, type Window } from '../domain/window.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { FoldEngine } from '../ports/fold-engine.ts';
import type { Logger } from '../ports/logger.ts';
import type { OutcomeStore } from '../ports/outcome-store.ts';
import type { HistoryScope, ReferenceBody, ReferenceStore } from '../ports/reference-store.ts';
import type { ModelBaselines } from '../services/fold-models.ts';
import { type Governance, systemAct } from '../services/governance.ts';

export type RefoldDeps = {
  governance: Governance;
  baselines: ModelBaselines;
  references: ReferenceStore;
  events: EventStore;
  outcomes: OutcomeStore;
  fold: FoldEngine;
  logger: Logger;
};

export type RefoldJob = {
  /** Recounts history of every reference that is not ready yet; one run at a time, a later call runs after it. */
  run(): Promise<void>;
  progress(referenceId: string): number | null;
  stop(): Promise<void>;
};

const chunkRowsMax = 200_000;
/** An engine that was restarted is back within seconds. */
const retryAfterMs = 3_000;

/**
 * A new reference counts new batches at once; this job counts what was stored before it. Chunks of event time are
 * counted under a token of their own and then marked, so that a crash repeats a chunk without counting it twice.
 */
export function refoldJob(deps: RefoldDeps): RefoldJob {
  const progress = new Map<string, number>();
  let running: Promise<void> = Promise.resolve();
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;

  async function runAll(): Promise<void> {
    for (const references of deps.governance.state().references.values()) {
      for (const reference of references) {
        if (stopped || reference.status !== 'refolding') continue;
        await refold(
          deps,
          reference,
          (share) => progress.set(reference.id, share),
          () => stopped,
        );
      }
    }
  }

  function run(): Promise<void> {
    clearTimeout(retry);
    running = running.then(runAll).catch((error: unknown) => {
      deps.logger.warn(
        { error: String(error) },
        'recounting history failed; it is tried again soon, and goes on where it was',
      );
      if (!stopped) retry = setTimeout(() => void run(), retryAfterMs).unref();
    });
    return running;
  }

  return {
    run,
    progress: (id) => progress.get(id) ?? null,
    stop() {
      stopped = true;
      clearTimeout(retry);
      return running;
    },
  };
}

async function refold(
  deps: RefoldDeps,
  reference: ReferenceRecord,
  report: (share: number) => void,
  isStopped: () => boolean,
): Promise<void> {
  const body = deps.baselines.body(reference.id);
  if (body === null) {
    const reason = 'its binning set is not in the store';
    await deps.governance.change(systemAct, () => [
      { type: 'reference.failed', model: reference.model, reference: reference.id, reason },
    ]);
    return;
  }
  const scope: HistoryScope = {
    model: reference.model,
    batchesBefore: reference.refoldBatchesBefore,
    excludedBatches: reference.pendingBatches,
  };
  const hours = await deps.references.historyByHour(scope);
  const total = hours.reduce((sum, { n }) => sum + n, 0);
  const done = await deps.references.doneChunks(reference.id);
  let counted = 0;
  for (const chunk of chunksOf(hours)) {
    if (isStopped()) return;
    if (!done.has(chunk.window.from)) await refoldChunk(deps, { reference, body, scope, window: chunk.window });
    counted += chunk.n;
    report(total === 0 ? 1 : counted / total);
  }
  await deps.governance.change(systemAct, () => [
    { type: 'reference.ready', model: reference.model, reference: reference.id },
  ]);
  deps.logger.info(
    { model: reference.model, reference: reference.id, rows: total },
    'history is counted under the new reference',
  );
}

/** Runs of whole hours with at most `chunkRowsMax` rows (or one hour with more). The same history gives the same chunks. */
export function chunksOf(hours: readonly { hour: number; n: number }[]): { window: Window; n: number }[] {
  const chunks: { window: Window; n: number }[] = [];
  for (const { hour, n } of hours) {
    const last = chunks.at(-1);
    if (last !== undefined && last.n + n <= chunkRowsMax) {
      last.window.to = hour + hourMs;
      last.n += n;
    } else {
      chunks.push({ window: { from: hour, to: hour + hourMs }, n });
    }
  }
  return chunks;
}

type ChunkTask = { reference: ReferenceRecord; body: ReferenceBody; scope: HistoryScope; window: Window };

async function refoldChunk(deps: RefoldDeps, { reference, body, scope, window }: ChunkTask): Promise<void> {
  const definition = deps.governance.state().models.get(reference.model);
  if (definition === undefined) return;
  const scoreBinning = scoreBinningOf(definition, { id: reference.id, scoreEdges: body.binnings.scoreEdges });
  // Cells under a binning that all references share were counted when the rows came; only new edges need a recount.
  const isNewBinning = scoreBinning.id === `reference:${reference.id}`;
  const model: FoldModel = { definition, binnings: [body.binnings], scoreBinnings: isNewBinning ? [scoreBinning] : [] };
  const models = new Map([[definition.id, model]]);
  const folded = await deps.fold.foldBody(await deps.references.historyRows(scope, window), models);
  const outcomes = isNewBinning
    ? foldOutcomes(deps.outcomes.decode(await deps.references.outcomeRows(scope, window)), models)
    : [];
  const rows = [...folded.activity.values()].reduce((sum, a) => sum + a.rows, 0);
  await deps.events.storeTallies(`${reference.id} ${window.from}`, folded.features, [...folded.outcomes, ...outcomes]);
  await deps.references.markChunk(reference.id, window, rows);
}
