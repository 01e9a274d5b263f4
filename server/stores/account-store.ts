import type { AccountStore, StoredDeadLetter } from '../ports/account-store.ts';
import { type ClickHouse, insertToken } from './click-house.ts';
import { sqlTime, sqlTimeMs } from './sql-time.ts';

type LetterRow = {
  id: string;
  received_at_ms: number;
  source: string;
  kind: 'prediction' | 'feedback';
  model_id: string;
  event_index: number;
  code: string;
  detail: string;
  body: string;
  replayed_at_ms: number;
};

type AccountRow = { source: string; outcome: string; code: string; n: number; last_minute: number };
type AnswerRow = { key: string; body_digest: string; batch_id: string; reply: string; received_at_ms: number };
type NewestRow = {
  model_id: string;
  oldest_occurred_at_ms: number;
  newest_occurred_at_ms: number;
  newest_folded_at_ms: number;
};

/** Greater than every dead letter: the start of the list. */
const newestFirst = { receivedAt: Date.UTC(2100, 0, 1), id: '~' };

export function clickHouseAccountStore(store: ClickHouse): AccountStore {
  return {
    async sums({ from, to }) {
      const rows = await store.rows<AccountRow>('read-ingest-accounts', { from: sqlTime(from), to: sqlTime(to) });
      return rows.map(({ last_minute, ...row }) => ({ ...row, lastMinute: last_minute * 1000 }));
    },
    async rejected({ model, code, before, limit }) {
      const { receivedAt, id } = before ?? newestFirst;
      const params = { model, code, before_ms: receivedAt, before_id: id, limit };
      return (await store.rows<LetterRow>('list-rejected', params)).map(deadLetter);
    },
    async rejectedById(ids) {
      return (await store.rows<LetterRow>('read-rejected', { ids })).map(deadLetter);
    },
    async markReplayed(letters, at) {
      const rows = letters.map((letter) => ({
        id: letter.id,
        received_at: sqlTimeMs(letter.receivedAt),
        source: letter.source,
        kind: letter.kind,
        model_id: letter.model,
        event_index: letter.index,
        code: letter.code,
        detail: letter.detail,
        body: letter.body,
        replayed_at: sqlTimeMs(at),
      }));
      await store.insertRows('rejected', rows, insertToken(letters.map((l) => l.id).join(','), `replayed ${at}`));
    },
    async recentAnswers() {
      const rows = await store.rows<AnswerRow>('list-idempotency-keys');
      return rows.map((row) => ({
        key: row.key,
        bodyDigest: row.body_digest,
        batchId: row.batch_id,
        reply: row.reply,
        receivedAt: row.received_at_ms,
      }));
    },
    async newestEvents() {
      const rows = await store.rows<NewestRow>('newest-events');
      return rows.map((row) => ({
        model: row.model_id,
        oldestOccurredAt: row.oldest_occurred_at_ms,
        newestOccurredAt: row.newest_occurred_at_ms,
        newestFoldedAt: row.newest_folded_at_ms,
      }));
    },
  };
}

function deadLetter(row: LetterRow): StoredDeadLetter {
  return {
    id: row.id,
    receivedAt: row.received_at_ms,
    source: row.source,
    kind: row.kind,
    model: row.model_id,
    index: row.event_index,
    code: row.code,
    detail: row.detail,
    body: row.body,
    replayedAt: row.replayed_at_ms === 0 ? null : row.replayed_at_ms,
  };
}
