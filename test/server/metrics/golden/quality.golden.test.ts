import { dataQualityCounts } from '../../../../server/metrics/quality/data-quality-counts.ts';
import type { FieldRule } from '../../../../server/metrics/quality/data-quality-counts.ts';
import { arrivalLag, freshness } from '../../../../server/metrics/quality/freshness.ts';
import { missingRateChange } from '../../../../server/metrics/quality/missing-rate-change.ts';
import type { MissingCounts } from '../../../../server/metrics/quality/missing-rate-change.ts';
import { schemaChange } from '../../../../server/metrics/quality/schema-change.ts';
import { unseenCategoryRate } from '../../../../server/metrics/quality/unseen-category-rate.ts';
import { isVolumeBreached, volumeAnomaly, volumeBaseline } from '../../../../server/metrics/quality/volume-anomaly.ts';
import { throughput } from '../../../../server/metrics/service/throughput.ts';
import { valueOf, withLimits } from './evidence-off.ts';
import { describeGoldenFamily } from './golden-family.ts';

type GoldenRule = { type: string; minimum?: number; maximum?: number; reference_categories?: string[] };
type GoldenRows = { schema: Record<string, GoldenRule>; rows: ({ prediction_id: string } & Record<string, unknown>)[] };

const ruleOf = (rule: GoldenRule): FieldRule =>
  rule.type === 'number'
    ? { type: 'number', minimum: rule.minimum, maximum: rule.maximum }
    : { type: 'category', referenceCategories: rule.reference_categories ?? [] };

const schemaOf = (types: Record<string, string>) =>
  new Map(Object.entries(types).map(([name, type]) => [name, { type }]));

describeGoldenFamily('quality', {
  'missing-rate-change': (input: { current: MissingCounts; reference: MissingCounts }) =>
    withLimits(missingRateChange(input.current, input.reference)),
  'unseen-category-rate': (input: { unseen: number; n: number }) =>
    withLimits(
      unseenCategoryRate({ n: input.n, missing: 0, typeMismatch: 0, outOfRange: 0, unseen: input.unseen }, { nMin: 1 }),
    ),
  'volume-anomaly': (input: { history: number[]; counts: number[] }) => ({
    ...volumeBaseline(input.history),
    z: input.counts.map((count) => valueOf(volumeAnomaly(count, input.history))),
    breached: input.counts.map((count) => isVolumeBreached(count, input.history)),
  }),
  'schema-change': (input: { reference: Record<string, string>; current: Record<string, string> }) => {
    const change = schemaChange(schemaOf(input.reference), schemaOf(input.current));
    return {
      added: change.added,
      removed: change.removed,
      type_changed: change.typeChanged,
      breached: change.isBreached,
    };
  },
  'row-quality-counts': (input: GoldenRows) => {
    const rows = input.rows.map(({ prediction_id: predictionId, ...values }) => ({ predictionId, values }));
    const schema = new Map(Object.entries(input.schema).map(([name, rule]) => [name, ruleOf(rule)]));
    const counts = dataQualityCounts(rows, schema);
    const fields = [...counts.fields].map(([name, one]) => [
      name,
      {
        n: one.n,
        missing: one.missing,
        type_mismatch: one.typeMismatch,
        out_of_range: one.outOfRange,
        unseen: one.unseen,
      },
    ]);
    return { rows: counts.rows, duplicates: counts.duplicates, ...Object.fromEntries(fields) };
  },
  'freshness-and-lag': (input: {
    from: string;
    to: string;
    evaluated_at: string;
    rows: { occurred_at_ms: number; lag_ms: number }[];
  }) => {
    const from = Date.parse(input.from);
    const newest = from + Math.max(...input.rows.map((row) => row.occurred_at_ms));
    const lags = input.rows.map((row) => row.lag_ms);
    return {
      age_seconds: valueOf(freshness(Date.parse(input.evaluated_at), newest, input.rows.length)),
      lag_ms_median: valueOf(arrivalLag(lags, 0.5, 1)),
      lag_ms_p95: valueOf(arrivalLag(lags, 0.95, 1)),
      throughput_per_second: valueOf(throughput(input.rows.length, (Date.parse(input.to) - from) / 1000)),
    };
  },
});
