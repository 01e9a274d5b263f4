import { TupleParam } from '@clickhouse/client';
import { windowParts } from '../counting/window-parts.ts';
import { dayMs, hourMs, type Window } from '../domain/window.ts';
import type { FeatureCounts, OutcomeCell } from '../domain/tally-counts.ts';
import type { Buckets, TallyPair, TallyStore } from '../ports/tally-store.ts';
import type { ClickHouse, QueryParams } from './click-house.ts';
import { sqlTime } from './sql-time.ts';

type FeatureRow = {
  model_id: string;
  bucket: number;
  segment: string;
  n: number;
  counts: number[];
  sums?: number[];
  minima?: (number | null)[];
  maxima?: (number | null)[];
};

type OutcomeRow = {
  model_id: string;
  bucket: number;
  group_key: string;
  labelled: number;
  is_revision: number;
  score_bin: number;
  predicted: string;
  actual: string;
  n: number;
  score_sum: number;
  log_loss: number;
  log_loss_squares: number;
  error: number;
  error_squares: number;
  error_fourths: number;
  absolute_error: number;
  actual_sum: number;
  actual_squares: number;
};

/** Tallies in ClickHouse: a window is summed from the day, hour and minute tables. */
export function clickHouseTallyStore(store: ClickHouse): TallyStore {
  return {
    async featureCounts(pairs, window, scope) {
      const rows = await sums<FeatureRow>(store, 'sum-feature-tallies', pairs, window, { ...scope });
      return new Map(rows.map((row) => [row.model_id, featureCounts(row)]));
    },
    async featureBuckets(pair, buckets, scope) {
      const params = { ...bucketParams('feature_tallies', buckets), model: pair[0], reference: pair[1], ...scope };
      const rows = await store.rows<FeatureRow>('bucket-feature-tallies', params);
      return new Map(rows.map((row) => [row.bucket * 1000, featureCounts(row)]));
    },
    async featureCountsBySegment([model, reference], window, version) {
      const table = tableFor('feature_tallies', stepOf(window));
      const params = { table, model, reference, version, ...range(window) };
      const rows = await store.rows<FeatureRow>('segment-feature-tallies', params);
      return new Map(rows.map((row) => [row.segment, featureCounts(row)]));
    },
    async outcomeCells(pairs, window, { segment, version, groups }) {
      const scope = { segment, version, group: '', all_groups: groups === 'all' ? 1 : 0 };
      const rows = await sums<OutcomeRow>(store, 'sum-outcome-tallies', pairs, window, scope);
      return groupBy(rows, (row) => row.model_id, outcomeCell);
    },
    async outcomeBuckets(pair, buckets, scope) {
      const params = { ...bucketParams('outcome_tallies', buckets), pairs: [pair].map(tuple), ...scope };
      const rows = await store.rows<OutcomeRow>('bucket-outcome-tallies', params);
      return groupBy(rows, (row) => row.bucket * 1000, outcomeCell);
    },
    async traffic(pairs, buckets) {
      const params = { ...bucketParams('outcome_tallies', buckets), pairs: pairs.map(tuple) };
      const rows = await store.rows<{ model_id: string; bucket: number; n: number }>('bucket-traffic', params);
      const byModel = groupBy(
        rows,
        (row) => row.model_id,
        (row) => [row.bucket * 1000, row.n] as const,
      );
      return new Map([...byModel].map(([model, counts]) => [model, new Map(counts)]));
    },
  };
}

async function sums<Row>(
  store: ClickHouse,
  query: string,
  pairs: readonly TallyPair[],
  window: Window,
  scope: QueryParams,
): Promise<Row[]> {
  if (pairs.length === 0) return [];
  return store.rows<Row>(query, { pairs: pairs.map(tuple), ...scope, ...partParams(window) });
}

/** The client turns a TupleParam into `('a', 'b')`; plain arrays would become arrays. */
const tuple = (pair: TallyPair): TupleParam => new TupleParam([...pair]);

function partParams(window: Window): QueryParams {
  const { days, hoursBefore, hoursAfter, minutesBefore, minutesAfter } = windowParts(window);
  return {
    day_from: sqlTime(days.from),
    day_to: sqlTime(days.to),
    hour_from_1: sqlTime(hoursBefore.from),
    hour_to_1: sqlTime(hoursBefore.to),
    hour_from_2: sqlTime(hoursAfter.from),
    hour_to_2: sqlTime(hoursAfter.to),
    minute_from_1: sqlTime(minutesBefore.from),
    minute_to_1: sqlTime(minutesBefore.to),
    minute_from_2: sqlTime(minutesAfter.from),
    minute_to_2: sqlTime(minutesAfter.to),
  };
}

function range(window: Window): { from: string; to: string } {
  return { from: sqlTime(window.from), to: sqlTime(window.to) };
}

function bucketParams(table: string, { window, stepMs }: Buckets): QueryParams {
  return { table: tableFor(table, stepMs), step: stepMs / 1000, ...range(window) };
}

/** The coarsest table whose rows do not straddle a step. */
function tableFor(base: string, stepMs: number): string {
  if (stepMs % dayMs === 0) return `${base}_day`;
  return stepMs % hourMs === 0 ? `${base}_hour` : base;
}

/** A step that both ends of the window lie on. */
function stepOf({ from, to }: Window): number {
  if (from % dayMs === 0 && to % dayMs === 0) return dayMs;
  return from % hourMs === 0 && to % hourMs === 0 ? hourMs : 60_000;
}

function featureCounts(row: FeatureRow): FeatureCounts {
  return { n: row.n, counts: row.counts, sums: row.sums ?? [], minima: row.minima ?? [], maxima: row.maxima ?? [] };
}

function outcomeCell(row: OutcomeRow): OutcomeCell {
  return {
    group: row.group_key ?? '',
    labelled: row.labelled === 1,
    isRevision: row.is_revision === 1,
    scoreBin: row.score_bin,
    predicted: row.predicted,
    actual: row.actual,
    n: row.n,
    scoreSum: row.score_sum,
    logLoss: row.log_loss,
    logLossSquares: row.log_loss_squares,
    error: row.error,
    errorSquares: row.error_squares,
    errorFourths: row.error_fourths,
    absoluteError: row.absolute_error,
    actualSum: row.actual_sum,
    actualSquares: row.actual_squares,
  };
}

function groupBy<Row, Key, Value>(
  rows: readonly Row[],
  key: (row: Row) => Key,
  value: (row: Row) => Value,
): Map<Key, Value[]> {
  const groups = new Map<Key, Value[]>();
  for (const row of rows) {
    const k = key(row);
    const list = groups.get(k);
    if (list === undefined) groups.set(k, [value(row)]);
    else list.push(value(row));
  }
  return groups;
}
