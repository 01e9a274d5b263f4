import { TupleParam } from '@clickhouse/client';
import type { SealedBatch } from '../domain/batch.ts';
import type { EventStore, PredictionKey } from '../ports/event-store.ts';
import { type ClickHouse, insertToken } from './click-house.ts';
import { sqlTime, sqlTimeMs } from './sql-time.ts';
import { featureTallyBody, outcomeTallyBody } from './tally-columns.ts';

/** Keys go to the server in the query's parameters: so many at a time. */
const keysPerQuery = 500;

type KeyRow = { model_id: string; occurred_at_ms: number; prediction_id: string };

/** Batches in ClickHouse: one synchronous insert per table and batch, each under a token of its own. */
export function clickHouseEventStore(store: ClickHouse): EventStore {
  return {
    async storeBatch(batch, body) {
      if (batch.rows > 0) await store.insertArrow(batch.kind, body, insertToken(batch.id, batch.kind));
    },
    async earlierPredictions(batchId, keys) {
      const found: PredictionKey[] = [];
      for (let at = 0; at < keys.length; at += keysPerQuery) {
        const chunk = keys.slice(at, at + keysPerQuery);
        const params = {
          batch: batchId,
          keys: chunk.map((k) => new TupleParam([k.model, k.occurredAt, k.predictionId])),
        };
        found.push(...(await store.rows<KeyRow>('find-earlier-predictions', params)).map(predictionKey));
      }
      return found;
    },
    async earlierPredictionsOfBatch(batchId, models, span) {
      const params = { batch: batchId, models, from: span.from, to: span.to };
      return (await store.rows<KeyRow>('find-earlier-of-batch', params)).map(predictionKey);
    },
    async storeTallies(batchId, features, outcomes) {
      await Promise.all([
        features.length === 0
          ? null
          : store.insertArrow(
              'feature_tallies_in',
              featureTallyBody(features),
              insertToken(batchId, 'feature_tallies'),
            ),
        outcomes.length === 0
          ? null
          : store.insertArrow(
              'outcome_tallies_in',
              outcomeTallyBody(outcomes),
              insertToken(batchId, 'outcome_tallies'),
            ),
      ]);
    },
    storeAccounts: (batch) => storeAccounts(store, batch),
    async commit({ batch, duplicates, foldedAt, references, newestOccurredAt }) {
      const times = [...newestOccurredAt].map(([model, at]) => [model, sqlTimeMs(at)]);
      const row = {
        batch_id: batch.id,
        kind: batch.kind,
        rows: batch.rows,
        duplicates,
        bytes: batch.bytes,
        opened_at: sqlTimeMs(batch.openedAt),
        sealed_at: sqlTimeMs(batch.sealedAt),
        folded_at: sqlTimeMs(foldedAt),
        references: Object.fromEntries(references),
        newest_occurred_at: Object.fromEntries(times),
      };
      await store.insertRows('batches', [row], insertToken(batch.id, 'batches'));
    },
    async isCommitted(batchId) {
      return (await store.rows('list-folded-batches', { batches: [batchId] })).length > 0;
    },
  };
}

function predictionKey(row: KeyRow): PredictionKey {
  return { model: row.model_id, occurredAt: row.occurred_at_ms, predictionId: row.prediction_id };
}

async function storeAccounts(store: ClickHouse, batch: SealedBatch): Promise<void> {
  const accounts = batch.accounts.map(({ minute, source, model, outcome, code, n }) => ({
    minute: sqlTime(minute),
    source,
    model_id: model,
    outcome,
    code,
    n,
  }));
  const letters = batch.deadLetters.map((letter) => ({
    id: letter.id,
    received_at: sqlTimeMs(letter.receivedAt),
    source: letter.source,
    kind: letter.kind,
    model_id: letter.model,
    event_index: letter.index,
    code: letter.code,
    detail: letter.detail,
    body: letter.body,
  }));
  const answers = batch.idempotency.map(({ key, bodyDigest, batchId, reply, receivedAt }) => ({
    key,
    body_digest: bodyDigest,
    batch_id: batchId,
    reply,
    received_at: sqlTimeMs(receivedAt),
  }));
  await Promise.all([
    store.insertRows('ingest_accounts', accounts, insertToken(batch.id, 'accounts')),
    store.insertRows('rejected', letters, insertToken(batch.id, 'rejected')),
    store.insertRows('idempotency_keys', answers, insertToken(batch.id, 'idempotency')),
  ]);
}
