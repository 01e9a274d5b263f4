import { FeedbackFrame, type FeedbackScalars } from '../columns/feedback-frame.ts';
import { checkId } from './check-id.ts';
import { KeyHash } from './key-hash.ts';
import { binaryLabelOf, labelTextOf, refuseBinaryLabel } from './label-text.ts';
import { parseEventTime } from './parse-event-time.ts';
import { RecentKeys } from './recent-keys.ts';
import type { RequestTally } from './request-tally.ts';
import { resolveModel } from './resolve-model.ts';
import type { RowContext } from './row-context.ts';
import { refuse, type RowRefusal } from './row-refusal.ts';
import type { ModelPlan } from './schema-book.ts';
import { isAbsent, unknownClass } from './write-prediction.ts';

/** One statement of truth as the wire shapes bring it. */
export type FeedbackFields = {
  predictionId: unknown;
  label: unknown;
  value: unknown;
  time: unknown;
  revision: unknown;
};

/** Writes feedback into a frame, whatever wire shape it comes from. */
export class FeedbackWriter {
  readonly frame = new FeedbackFrame();
  readonly recent = new RecentKeys();
  private readonly hash = new KeyHash();
  private readonly row: FeedbackScalars = {
    model: 0,
    predictionId: '',
    revision: 0,
    observedAt: 0,
    label: -1,
    value: NaN,
    receivedAt: 0,
    source: 0,
  };

  writeRecord(record: Record<string, unknown>, context: RowContext, tally: RequestTally): RowRefusal | null {
    const plan = resolveModel(context, record.model);
    if (!('definition' in plan)) return plan;
    const fields: FeedbackFields = {
      predictionId: record.predictionId ?? record.id,
      label: record.label ?? record.actualLabel,
      value: record.value ?? record.actualValue,
      time: record.time ?? record.observedAt,
      revision: record.revision,
    };
    return this.write(plan, context, fields, { tally, source: record.source });
  }

  write(
    plan: ModelPlan,
    context: RowContext,
    fields: FeedbackFields,
    { tally, source }: { tally: RequestTally; source: unknown },
  ): RowRefusal | null {
    const label = this.fillRow(plan, context, fields, source);
    if (typeof label === 'object' && label !== null) return label;
    const { row } = this;
    const { predictionId, revision, observedAt, value } = row;
    this.hash
      .begin()
      .text(plan.id)
      .text(predictionId)
      .number(revision)
      .number(observedAt)
      .text(label ?? '');
    const key = this.hash.text(Number.isNaN(value) ? '' : String(value)).end();
    tally.count(plan.id, this.recent.isRepeated(key), false);
    this.frame.commit(row);
    return null;
  }

  private fillRow(
    plan: ModelPlan,
    context: RowContext,
    fields: FeedbackFields,
    source: unknown,
  ): string | null | RowRefusal {
    const { row, frame } = this;
    const { head, limits } = context;
    if (isAbsent(fields.predictionId)) {
      return refuse('ID_INVALID', '/predictionId', 'send "predictionId": the id of the prediction that this is about');
    }
    const invalidId = checkId(fields.predictionId, limits.idBytesMax, '/predictionId');
    if (invalidId) return invalidId;
    const observedAt = parseEventTime(fields.time, context, '/time');
    if (typeof observedAt !== 'number') return observedAt;
    const revision = fields.revision ?? 0;
    if (typeof revision !== 'number' || !Number.isSafeInteger(revision)) {
      return refuse('ATTRIBUTE_INVALID', '/revision', 'a revision is a whole number; the highest wins');
    }
    const invalidSource =
      source === undefined || source === null ? null : checkId(source, limits.idBytesMax, '/source');
    if (invalidSource) return { ...invalidSource, code: 'ATTRIBUTE_INVALID' };
    const truth = readTruth(plan, context, fields);
    if ('code' in truth) return truth;
    row.predictionId = fields.predictionId as string;
    row.model = frame.strings.code(plan.id);
    row.revision = revision;
    row.observedAt = observedAt;
    row.label = truth.label === null ? -1 : frame.strings.code(truth.label);
    row.value = truth.value;
    row.receivedAt = head.receivedAt;
    row.source = frame.strings.code((source as string | null | undefined) ?? head.source);
    return truth.label;
  }
}

function readTruth(
  plan: ModelPlan,
  context: RowContext,
  { label, value }: FeedbackFields,
): { label: string | null; value: number } | RowRefusal {
  const { definition } = plan;
  if (!isAbsent(value) && (typeof value !== 'number' || !Number.isFinite(value))) {
    return refuse('LABEL_INVALID', '/value', 'an actual value is a finite number');
  }
  const actualValue = isAbsent(value) ? NaN : (value as number);
  if (definition.task === 'regression') {
    if (!Number.isNaN(actualValue)) return { label: null, value: actualValue };
    return refuse('LABEL_MISSING', '/value', 'this model is a regression: send "value"');
  }
  if (isAbsent(label)) return refuse('LABEL_MISSING', '/label', 'this model is a classifier: send "label"');
  const text = labelTextOf(label, context.limits.idBytesMax, '/label');
  if (typeof text !== 'string') return text;
  if (definition.task === 'binary') {
    const own = binaryLabelOf(definition, text);
    return own === null ? refuseBinaryLabel(definition, text, '/label') : { label: own, value: actualValue };
  }
  return plan.classes.has(text) ? { label: text, value: actualValue } : unknownClass(plan, context, text, '/label');
}
