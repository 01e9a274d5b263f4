import type { FoldEngine } from '../ports/fold-engine.ts';
import type { UnknownModelPolicy } from '../ports/schema-source.ts';
import type { CollectorLimits } from '../../collectors/collector-types.ts';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { collectorLimitsDefault } from '../../collectors/collector-limits-default.ts';
import { startCollector } from '../../collectors/collector.ts';
import type { Collector } from '../../collectors/collector-types.ts';
import type { Config } from '../config.ts';
import { ensureSecret } from '../data-directory.ts';
import { type EmbeddedEngine } from '../engine/start-embedded-engine.ts';
import { failpointKiller } from '../failpoint.ts';
import type { EventStore } from '../ports/event-store.ts';
import { batchDeliverer, type FoldedBatch, followingBatchId } from '../jobs/deliver-batches.ts';
import { evaluateJob, type EvaluateJob } from '../jobs/evaluate.ts';
import { startFoldThread } from '../jobs/fold-thread.ts';
import { type ProvisionalReferences, provisionalReferences } from '../jobs/provisional-references.ts';
import { taskQueue } from '../jobs/task-queue.ts';
import { refoldJob } from '../jobs/refold-history.ts';
import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import { activityBoard } from '../services/activity-board.ts';
import { schemaSource } from '../services/extend-schema.ts';
import { loadModelBaselines } from '../services/fold-models.ts';
import { startGovernance } from '../services/governance.ts';
import { LiveFeedHub } from '../services/live-feed.ts';
import type { MeasureDeps } from '../services/measure-deps.ts';
import { clickHouseAccountStore } from '../stores/account-store.ts';
import { type ClickHouse } from '../stores/click-house.ts';
import { clickHouseEventStore } from '../stores/event-store.ts';
import { openGovernanceFile } from '../stores/governance-file.ts';
import { clickHouseOutcomeStore } from '../stores/outcome-store.ts';
import { clickHouseReferenceStore } from '../stores/reference-store.ts';
import { clickHouseTallyStore } from '../stores/tally-store.ts';

export type Core = MeasureDeps & {
  config: Config;
  logger: Logger;
  engine: EmbeddedEngine | null;
  clickHouse: ClickHouse;
  collector: Collector;
  accounts: ReturnType<typeof clickHouseAccountStore>;
  hub: LiveFeedHub;
  evaluate: EvaluateJob;
  unpairedFeedback: () => number;
  pendingBatches: () => Promise<string[]>;
  betweenBatches: <T>(work: () => Promise<T>) => Promise<T>;
  refold: () => Promise<void>;
  onFolded: (listener: (folded: FoldedBatch) => void) => void;
  stop(): Promise<void>;
};

export type CoreBase = {
  engine: EmbeddedEngine | null;
  clickHouse: ClickHouse;
  logger: Logger;
  /** Runs on the stores before anything is loaded from them: the demo seeds its history here. */
  prepare?: (stores: Pick<Core, 'clickHouse' | 'governance' | 'logger'>) => Promise<void>;
};

/** From governance state and stores to a running pipeline: journal → store → fold → evaluate → live feed. */
export async function startCore(config: Config, base: CoreBase): Promise<Core> {
  const { clickHouse, logger } = base;
  const clock: Clock = { now: Date.now, monotonicMs: () => performance.now() };
  const log = await openGovernanceFile(join(config.dataDir, 'governance', 'entries.jsonl'), logger);
  const governance = await startGovernance(log, clock);
  await base.prepare?.({ clickHouse, governance, logger });
  const stores = storesOf(clickHouse);
  const baselines = await loadModelBaselines(governance, stores.references);
  const known = await knownActivity(stores.accounts);
  const newestStored = Math.max(0, ...known.map(([, { newestOccurredAt }]) => newestOccurredAt));
  const fold = startFoldThread(clock, config.recentKeysMax, newestStored);
  fold.awaitPredictions(await stores.outcomes.unpaired(unpairedMax));
  const hub = new LiveFeedHub(randomBytes(6).toString('hex'), clock.now);
  const activity = activityBoard(known);
  const refold = refoldJob({ governance, baselines, ...stores, fold, logger });
  const measure: MeasureDeps = { governance, baselines, ...stores, activity, clock, refoldProgress: refold.progress };
  const evaluate = evaluateJob({ ...measure, hub, logger });
  const pipeline = await startPipeline(config, { ...measure, ...stores, fold, logger, evaluate, refold });
  pipeline.collector.rememberIdempotency(await stores.accounts.recentAnswers());
  void refold.run();
  return {
    ...base,
    ...measure,
    ...pipeline,
    config,
    accounts: stores.accounts,
    hub,
    evaluate,
    unpairedFeedback: fold.unpairedCount,
    refold: refold.run,
    async stop() {
      await pipeline.collector.stop();
      await Promise.all([evaluate.stop(), pipeline.provisional.stop(), refold.stop()]);
      await fold.stop();
      await log.close();
    },
  };
}

type Stores = ReturnType<typeof storesOf>;

function storesOf(clickHouse: ClickHouse) {
  return {
    tallies: clickHouseTallyStore(clickHouse),
    references: clickHouseReferenceStore(clickHouse),
    events: clickHouseEventStore(clickHouse),
    outcomes: clickHouseOutcomeStore(clickHouse),
    accounts: clickHouseAccountStore(clickHouse),
  };
}

type PipelineParts = MeasureDeps &
  Stores & { fold: FoldEngine; logger: Logger; evaluate: EvaluateJob; refold: ReturnType<typeof refoldJob> };

type Pipeline = Pick<Core, 'collector' | 'pendingBatches' | 'betweenBatches' | 'onFolded'> & {
  provisional: ProvisionalReferences;
};

/** Collector → journal → deliverer, and what happens after each counted batch. */
async function startPipeline(config: Config, parts: PipelineParts): Promise<Pipeline> {
  const { events, outcomes, fold, clock, logger, baselines, governance, evaluate, refold, activity } = parts;
  const listeners = new Set<(folded: FoldedBatch) => void>([evaluate.noteFolded]);
  const betweenBatches = taskQueue();
  const pendingBatches = (): Promise<string[]> => uncounted(events, collector.pendingBatchIds());
  const provisional = provisionalReferences({
    ...parts,
    store: parts.references,
    pendingBatches,
    betweenBatches,
    rowsMin: config.provisionalRows,
    onCreated: () => void refold.run().then(() => [...governance.state().models.keys()].forEach(evaluate.noteChanged)),
  });
  const failpoint = failpointKiller(config.failpoint);
  const deliverer = batchDeliverer({
    events,
    outcomes,
    fold,
    clock,
    logger,
    failpoint,
    models: baselines.foldModels,
    freeze: (id, rows, body) => collector.appendFrozen('outcomes', rows, body, id),
    onFolded(folded) {
      if (folded.kind === 'predictions') {
        for (const [model, span] of folded.changed) activity.note(model, span, folded.openedAt);
        provisional.noteFolded(folded.changed.keys());
      }
      for (const listener of listeners) listener(folded);
    },
  });
  const collector: Collector = await startCollector({
    journalDir: join(config.dataDir, 'journal'),
    collectorId: ensureSecret(config.dataDir, 'collector-id').slice(0, 16),
    schema: schemaSource(governance),
    sink: { deliver: (batch) => betweenBatches(() => deliverer.deliver(batch)) },
    clock,
    logger,
    unknownModels: config.unknownModels as UnknownModelPolicy,
    limits: limitsOf(config),
    workers: config.collectorWorkers,
    failpoint,
  });
  return {
    collector,
    pendingBatches,
    betweenBatches,
    provisional,
    onFolded: (listener) => void listeners.add(listener),
  };
}

function limitsOf(config: Config): CollectorLimits {
  const { bodyBytesMax, journalBytesMax, batchRowsMax, batchAgeMs } = config;
  return { ...collectorLimitsDefault, bodyBytesMax, journalBytesMax, batchRowsMax, batchAgeMs };
}

/** At least so much orphaned feedback is remembered across a restart. */
const unpairedMax = 1_000_000;

async function knownActivity(
  accounts: Core['accounts'],
): Promise<[string, { oldestOccurredAt: number; newestOccurredAt: number; newestReceivedAt: number }][]> {
  const newest = await accounts.newestEvents();
  return newest.map(({ model, oldestOccurredAt, newestOccurredAt, newestFoldedAt }) => [
    model,
    { oldestOccurredAt, newestOccurredAt, newestReceivedAt: newestFoldedAt },
  ]);
}

/** Batches on their way that are not counted yet, and the outcomes that each of them may still bring. */
async function uncounted(events: EventStore, ids: readonly string[]): Promise<string[]> {
  const candidates = [...new Set(ids.flatMap((id) => [id, followingBatchId(id)]))];
  const committed = await Promise.all(candidates.map((id) => events.isCommitted(id)));
  return candidates.filter((_, i) => !committed[i]);
}
