import type { HistoryScope, ReferenceBody, ReferenceStore, RowScope } from '../ports/reference-store.ts';
import { type ClickHouse, insertToken, type QueryParams } from './click-house.ts';
import { sqlTimeMs } from './sql-time.ts';

const rowsMax = 50_000_000;

/** Baselines and the raw rows that they and their refolds are made of. */
export function clickHouseReferenceStore(store: ClickHouse): ReferenceStore {
  return {
    async save(referenceId, model, body) {
      const row = {
        reference_id: referenceId,
        model_id: model,
        body: JSON.stringify(body),
        created_at: sqlTimeMs(Date.now()),
      };
      await store.insertRows('model_references', [row], insertToken(referenceId, 'body'));
    },
    async load(ids) {
      if (ids.length === 0) return new Map();
      const rows = await store.rows<{ reference_id: string; body: string }>('read-model-references', { ids });
      return new Map(rows.map((row) => [row.reference_id, JSON.parse(row.body) as ReferenceBody]));
    },
    async extent(scope) {
      const [row] = await store.rows<{ n: number; first_ms: number; last_ms: number }>(
        'count-predictions',
        rowParams(scope),
      );
      return row === undefined || row.n === 0 ? null : { n: row.n, first: row.first_ms, last: row.last_ms };
    },
    async nthPredictionTime(model, n) {
      const [row] = await store.rows<{ occurred_at_ms: number }>('find-nth-prediction', { model, offset: n - 1 });
      return row?.occurred_at_ms ?? null;
    },
    sampleRows: (scope, share, limit) =>
      store.arrow('sample-prediction-rows', { ...rowParams(scope), share: Math.ceil(share * 1_000_000), limit }),
    historyByHour: (scope) => store.rows('count-predictions-by-hour', historyParams(scope)),
    historyRows: (scope, window) =>
      store.arrow('read-prediction-rows', {
        ...historyParams(scope),
        version: '',
        from: window.from,
        to: window.to,
        limit: rowsMax,
      }),
    outcomeRows: (scope, { from, to }) =>
      store.arrow('read-outcome-rows', { ...historyParams(scope), from, to, limit: rowsMax }),
    async doneChunks(reference) {
      const rows = await store.rows<{ chunk_from: number; rows: number }>('list-refold-chunks', { reference });
      return new Map(rows.map((row) => [row.chunk_from, row.rows]));
    },
    async markChunk(referenceId, { from, to }, rows) {
      const row = {
        reference_id: referenceId,
        chunk_from: sqlTimeMs(from),
        chunk_to: sqlTimeMs(to),
        rows,
        done_at: sqlTimeMs(Date.now()),
      };
      await store.insertRows('refold_chunks', [row], insertToken(referenceId, `chunk ${from}`));
    },
    async numericValues(scope, position, limit) {
      const params = { ...rowParams(scope), position, limit };
      const [row] = await store.rows<{ values: number[] }>('read-numeric-values', params);
      return row?.values ?? [];
    },
  };
}

function rowParams({ model, version, window }: RowScope): QueryParams {
  return { model, version, from: window.from, to: window.to };
}

function historyParams(scope: HistoryScope): QueryParams {
  return { model: scope.model, batches_before: scope.batchesBefore, excluded_batches: scope.excludedBatches };
}
