import type { FeatureDefinition } from '../../server/domain/model.ts';
import type { RequestTally } from '../validate/request-tally.ts';
import { resolveModel } from '../validate/resolve-model.ts';
import type { RowContext } from '../validate/row-context.ts';
import { needsLiterals, needsSchema, refuse, type RowRefusal } from '../validate/row-refusal.ts';
import type { ModelPlan } from '../validate/schema-book.ts';
import { openAttributes, writeAttribute, writeExplanations, type AttributeKind } from '../validate/write-attributes.ts';
import { openFeatures, writeFeature, writeUnknown } from '../validate/write-features.ts';
import { writePrediction } from '../validate/write-prediction.ts';
import type { PredictionWriter } from '../validate/prediction-writer.ts';
import { checkRecordCount } from './ndjson-body.ts';
import { groupRecord, recordOf, type Column, type ColumnTable, type NamedColumn } from './column-table.ts';
import type { RecordSource } from './record-source.ts';
import type { Writers } from './writers.ts';

/** Reads the same body again with inexact integer literals marked. */
type Reread = () => ColumnTable;

/** Rows of a column-oriented body. Predictions are written column by column value, without an object per row. */
export function columnRecords(
  table: ColumnTable,
  writers: Writers,
  context: RowContext,
  reread: Reread | null,
): RecordSource {
  checkRecordCount(table.rows, context.limits.recordsMax);
  const isFeedback = context.head.kind === 'feedback';
  let current = table;
  let rows = new PredictionRows(current, writers.prediction);
  const writeRow = (i: number, tally: RequestTally): RowRefusal | null =>
    isFeedback ? writers.feedback.writeRecord(recordOf(current, i), context, tally) : rows.write(i, context, tally);
  const write = (from: number, _context: RowContext, tally: RequestTally): number => {
    for (let i = from; i < current.rows; i++) {
      let refusal = writeRow(i, tally);
      if (refusal === needsLiterals) {
        context.hasLiterals = true;
        current = reread?.() ?? current;
        rows = new PredictionRows(current, writers.prediction);
        refusal = writeRow(i, tally);
      }
      if (refusal === null) continue;
      if (refusal === needsSchema) return i;
      const record = recordOf(current, i);
      const plan = resolveModel(context, record.model);
      tally.refuse(refusal, i, {
        model: 'definition' in plan ? plan.id : '',
        body: JSON.stringify(record, textOfSymbols),
      });
    }
    return current.rows;
  };
  return {
    count: current.rows,
    write,
    survey: (from, survey) => {
      for (let i = from; i < current.rows; i++) survey.record(recordOf(current, i));
    },
  };
}

const textOfSymbols = (_key: string, value: unknown): unknown => (typeof value === 'symbol' ? String(value) : value);

type SlottedColumn = NamedColumn & { slot: FeatureDefinition | undefined };

class PredictionRows {
  private readonly table: ColumnTable;
  private readonly writer: PredictionWriter;
  private readonly identity: Record<'model' | 'modelVersion' | 'id' | 'time', Column | undefined>;
  private readonly parts: Record<'score' | 'label' | 'value' | 'scores', Column | undefined>;
  private plan: ModelPlan | null = null;
  private features: SlottedColumn[] = [];

  constructor(table: ColumnTable, writer: PredictionWriter) {
    this.table = table;
    this.writer = writer;
    const nested = new Map((table.groups.get('prediction') ?? []).map(({ name, values }) => [name, values]));
    const find = (...names: string[]) =>
      names.map((name) => nested.get(name) ?? table.columns.get(name)).find((column) => column !== undefined);
    this.identity = {
      model: table.columns.get('model'),
      modelVersion: table.columns.get('modelVersion'),
      id: table.columns.get('id'),
      time: find('time', 'occurredAt'),
    };
    this.parts = {
      score: find('score'),
      label: find('label', 'predictedLabel'),
      value: find('value', 'predictedValue'),
      scores: find('scores'),
    };
  }

  write(i: number, context: RowContext, tally: RequestTally): RowRefusal | null {
    const plan = resolveModel(context, this.identity.model?.[i] ?? this.table.model);
    if (!('definition' in plan)) return plan;
    if (plan !== this.plan) this.usePlan(plan);
    const refusal = this.fillRow(i, plan, context);
    if (refusal !== null) this.writer.frame.drop();
    else this.writer.commit(plan, tally);
    return refusal;
  }

  private usePlan(plan: ModelPlan): void {
    this.plan = plan;
    const columns = this.table.groups.get('features') ?? [];
    this.features = columns.map(({ name, values }) => ({ name, values, slot: plan.slots.get(name) }));
  }

  private fillRow(i: number, plan: ModelPlan, context: RowContext): RowRefusal | null {
    const { writer, identity, parts, table } = this;
    const { frame, row } = writer;
    const scores = table.groups.get('scores');
    const explanations = table.groups.get('explanations');
    writer.parts.score = parts.score?.[i];
    writer.parts.label = parts.label?.[i];
    writer.parts.value = parts.value?.[i];
    writer.parts.scores = scores ? withoutNulls(groupRecord(scores, i)) : parts.scores?.[i];
    return (
      writer.identify(plan, context, {
        model: null,
        modelVersion: identity.modelVersion?.[i] ?? table.modelVersion,
        id: identity.id?.[i],
        time: identity.time?.[i],
      }) ??
      writePrediction(frame, plan, context, { parts: writer.parts, row }) ??
      this.writeFeatures(i, plan, context) ??
      this.writeGroup(i, plan, context, 'segments') ??
      this.writeGroup(i, plan, context, 'sensitive') ??
      (explanations ? writeExplanations(frame, plan, groupRecord(explanations, i)) : null) ??
      writer.setLatency(table.columns.get('latencyMs')?.[i]) ??
      writer.setTrace(table.columns.get('traceId')?.[i], context) ??
      writer.setVariant(table.columns.get('variant')?.[i], context)
    );
  }

  private writeFeatures(i: number, plan: ModelPlan, context: RowContext): RowRefusal | null {
    const { frame } = this.writer;
    openFeatures(frame, plan);
    if (this.features.length > context.limits.featuresMax) {
      const detail = `${this.features.length} features; send at most ${context.limits.featuresMax}`;
      return refuse('TOO_MANY_FEATURES', '/features', detail);
    }
    for (const { name, slot, values } of this.features) {
      const value = values[i];
      const refusal = slot
        ? writeFeature(frame, plan, context, { slot, value })
        : writeUnknown(frame, plan, context, { name, value });
      if (refusal !== null) return refusal;
    }
    return null;
  }

  private writeGroup(i: number, plan: ModelPlan, context: RowContext, kind: AttributeKind): RowRefusal | null {
    const { frame } = this.writer;
    openAttributes(frame, plan, kind);
    const columns =
      this.table.groups.get(kind) ?? (kind === 'sensitive' ? this.table.groups.get('sensitiveFeatures') : undefined);
    for (const { name, values } of columns ?? []) {
      const refusal = writeAttribute(frame, plan, context, { kind, name, value: values[i] });
      if (refusal) return refusal;
    }
    return null;
  }
}

function withoutNulls(record: Record<string, unknown>): Record<string, unknown> | null {
  for (const name of Object.keys(record)) if (record[name] === null) delete record[name];
  return Object.keys(record).length > 0 ? record : null;
}
