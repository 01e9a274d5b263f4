import { foldOutcomes } from '../counting/outcome-fold.ts';
import type { FoldModel } from '../counting/prediction-fold.ts';
import type { SealedBatch } from '../domain/batch.ts';
import type { ModelDefinition } from '../domain/model.ts';
import type { BatchSink } from '../ports/batch-sink.ts';
import type { Clock } from '../ports/clock.ts';
import type { EventStore } from '../ports/event-store.ts';
import type { BatchInspection, FoldEngine } from '../ports/fold-engine.ts';
import type { Logger } from '../ports/logger.ts';
import type { JoinedFeedback, OutcomeStore } from '../ports/outcome-store.ts';
import { outcomeChanges } from '../services/joined-outcomes.ts';

/** What a batch changed, told after it is stored, counted and committed. */
export type FoldedBatch = {
  batchId: string;
  kind: SealedBatch['kind'];
  rows: number;
  duplicates: number;
  /** By model: event time touched, half-open, milliseconds. */
  changed: Map<string, { from: number; to: number }>;
  outcomesChanged: Set<string>;
  /** Receipt of the oldest event, milliseconds: freshness of what is on screen. */
  openedAt: number;
};

export type DeliverOptions = {
  events: EventStore;
  outcomes: OutcomeStore;
  fold: FoldEngine;
  clock: Clock;
  logger: Logger;
  models: () => ReadonlyMap<string, FoldModel>;
  /** Makes a batch of outcomes durable in the journal, or returns the one that is there under this id. */
  freeze: (batchId: string, rows: number, body: Uint8Array) => Promise<SealedBatch>;
  onFolded: (folded: FoldedBatch) => void;
  failpoint?: (name: string) => void | Promise<void>;
};

/** Batches with more candidates than this are asked about by range, not key by key. */
const candidateKeysMax = 2_000;

/** Stores, counts and commits batches, each exactly once by its id. */
export function batchDeliverer(options: DeliverOptions): BatchSink {
  const startedAt = options.clock.now();
  const attempted = new Set<string>();
  return {
    async deliver(batch) {
      const isRetry = attempted.has(batch.id) || batch.openedAt < startedAt;
      attempted.add(batch.id);
      if (isRetry && (await options.events.isCommitted(batch.id))) {
        attempted.delete(batch.id);
        return;
      }
      const body = await batch.readBody();
      if (batch.kind === 'predictions') await deliverPredictions(options, batch, body);
      else if (batch.kind === 'feedback') await deliverFeedback(options, batch, { body, isRetry });
      else await deliverOutcomes(options, batch, body);
      attempted.delete(batch.id);
    },
  };
}

async function deliverPredictions(options: DeliverOptions, batch: SealedBatch, body: Uint8Array): Promise<void> {
  const { events, fold, clock, failpoint } = options;
  const [, inspection] = await Promise.all([events.storeBatch(batch, body), fold.inspect(batch.id, body)]);
  await failpoint?.('after_insert');
  const skip = await repeatedRows(events, batch.id, inspection);
  const models = options.models();
  const folded = await fold.fold(batch.id, models, skip);
  await failpoint?.('during_fold');
  await Promise.all([
    events.storeTallies(batch.id, folded.features, folded.outcomes),
    events.storeAccounts(withDuplicates(batch, inspection, skip)),
  ]);
  await failpoint?.('after_tallies');
  const outcomesChanged = await joinAwaited(options, batch, inspection.awaited);
  const newest = new Map([...folded.activity].map(([model, { newestOccurredAt }]) => [model, newestOccurredAt]));
  const references = new Map([...folded.activity.keys()].map((id) => [id, referencesOf(models.get(id))]));
  await events.commit({ batch, duplicates: skip.length, foldedAt: clock.now(), references, newestOccurredAt: newest });
  await failpoint?.('after_mark');
  const changed = new Map(
    [...folded.activity].map(([model, a]) => [model, { from: a.oldestOccurredAt, to: a.newestOccurredAt + 1 }]),
  );
  options.onFolded({
    batchId: batch.id,
    kind: batch.kind,
    rows: batch.rows,
    duplicates: skip.length,
    changed,
    outcomesChanged,
    openedAt: batch.openedAt,
  });
}

const referencesOf = (model: FoldModel | undefined): string =>
  (model?.binnings ?? []).map((set) => set.referenceId).join(',');

/** Rows of the batch that an earlier row or an earlier batch has counted already. */
async function repeatedRows(events: EventStore, batchId: string, inspection: BatchInspection): Promise<number[]> {
  const { repeatedRows: inside, candidates } = inspection;
  if (candidates.length === 0) return inside;
  const known = new Set<string>();
  const key = (k: { model: string; occurredAt: number; predictionId: string }): string =>
    `${k.model}\u0000${k.occurredAt}\u0000${k.predictionId}`;
  if (candidates.length <= candidateKeysMax) {
    for (const found of await events.earlierPredictions(batchId, candidates)) known.add(key(found));
  } else {
    const byModel = spans(candidates);
    const from = Math.min(...[...byModel.values()].map((span) => span.from));
    const to = Math.max(...[...byModel.values()].map((span) => span.to));
    for (const found of await events.earlierPredictionsOfBatch(batchId, [...byModel.keys()], { from, to }))
      known.add(key(found));
  }
  return [...inside, ...candidates.filter((c) => known.has(key(c))).map((c) => c.row)];
}

function spans(
  candidates: readonly { model: string; occurredAt: number }[],
): Map<string, { from: number; to: number }> {
  const result = new Map<string, { from: number; to: number }>();
  for (const { model, occurredAt } of candidates) {
    const span = result.get(model);
    if (span === undefined) result.set(model, { from: occurredAt, to: occurredAt });
    else {
      span.from = Math.min(span.from, occurredAt);
      span.to = Math.max(span.to, occurredAt);
    }
  }
  return result;
}

/** Duplicates are known only here: they move from `accepted` to `duplicate` in the account of the batch's source. */
function withDuplicates(batch: SealedBatch, inspection: BatchInspection, skip: readonly number[]): SealedBatch {
  if (skip.length === 0) return batch;
  const first = batch.accounts.find((account) => account.outcome === 'accepted');
  if (first === undefined) return batch;
  const rowsReported = batch.accounts.filter((a) => a.outcome === 'duplicate').reduce((sum, a) => sum + a.n, 0);
  const unreported = Math.max(0, skip.length - rowsReported);
  if (unreported === 0) return batch;
  const moved = Math.min(unreported, first.n);
  const accounts = batch.accounts.map((account) =>
    account === first ? { ...account, n: account.n - moved } : account,
  );
  accounts.push({ ...first, outcome: 'duplicate', n: moved });
  return { ...batch, accounts };
}

async function deliverFeedback(
  options: DeliverOptions,
  batch: SealedBatch,
  { body, isRetry }: { body: Uint8Array; isRetry: boolean },
): Promise<void> {
  const { events, outcomes, fold, clock } = options;
  await events.storeBatch(batch, body);
  await options.failpoint?.('after_feedback_insert');
  const joined = await outcomes.joinBatch(batch.id);
  const idsOf = (rows: readonly JoinedFeedback[]): [string, string][] =>
    rows.map((row) => [row.model, row.predictionId]);
  fold.awaitPredictions(idsOf(joined.filter((row) => row.prediction === null)));
  const changed = await applyJoin(options, batch, joined);
  // Feedback that a crash left without an outcome waits in memory too, until the retry of its own batch comes here.
  if (isRetry) fold.paired(idsOf(joined.filter((row) => row.prediction !== null)));
  await events.storeAccounts(batch);
  await events.commit({
    batch,
    duplicates: 0,
    foldedAt: clock.now(),
    references: new Map(),
    newestOccurredAt: new Map(),
  });
  options.onFolded({
    batchId: batch.id,
    kind: batch.kind,
    rows: batch.rows,
    duplicates: 0,
    changed,
    outcomesChanged: new Set(changed.keys()),
    openedAt: batch.openedAt,
  });
}

async function joinAwaited(
  options: DeliverOptions,
  batch: SealedBatch,
  awaited: BatchInspection['awaited'],
): Promise<Set<string>> {
  if (awaited.length === 0) return new Set();
  const joined = await options.outcomes.joinIds(awaited);
  const changed = await applyJoin(options, batch, joined);
  options.fold.paired(awaited);
  return new Set(changed.keys());
}

/** Freezes the changes under an id that follows the batch's own, so that a crash at any point applies them once. */
async function applyJoin(
  options: DeliverOptions,
  batch: SealedBatch,
  joined: readonly JoinedFeedback[],
): Promise<Map<string, { from: number; to: number }>> {
  const id = followingBatchId(batch.id);
  const spansChanged = spans(
    joined.flatMap((row) =>
      row.prediction === null ? [] : [{ model: row.model, occurredAt: row.prediction.occurredAt }],
    ),
  );
  if (await options.events.isCommitted(id)) return spansChanged;
  const definitions = new Map<string, ModelDefinition>(
    [...options.models()].map(([name, model]) => [name, model.definition]),
  );
  const changes = outcomeChanges(joined, definitions);
  if (changes.length === 0) return new Map();
  const frozen = await options.freeze(id, changes.length, options.outcomes.encode(changes, id));
  await options.failpoint?.('after_freeze');
  await deliverOutcomes(options, frozen, await frozen.readBody());
  return spansChanged;
}

async function deliverOutcomes(options: DeliverOptions, batch: SealedBatch, body: Uint8Array): Promise<void> {
  const { events, outcomes, clock } = options;
  if (await events.isCommitted(batch.id)) return;
  await events.storeBatch(batch, body);
  await options.failpoint?.('after_outcomes_insert');
  await events.storeTallies(batch.id, [], foldOutcomes(outcomes.decode(body), options.models()));
  await events.commit({
    batch,
    duplicates: 0,
    foldedAt: clock.now(),
    references: new Map(),
    newestOccurredAt: new Map(),
  });
}

/** The next number after a batch id: sorts directly behind it and is the same on every try. */
export function followingBatchId(batchId: string): string {
  return (BigInt(`0x${batchId}`) + 1n).toString(16).padStart(32, '0');
}
