import { PredictionFrame, type PredictionScalars } from '../columns/prediction-frame.ts';
import { assignId, checkId } from './check-id.ts';
import { checkText } from './check-text.ts';
import { jsonTextOf } from './json-text-of.ts';
import { KeyHash } from './key-hash.ts';
import { parseEventTime } from './parse-event-time.ts';
import { RecentKeys } from './recent-keys.ts';
import type { RequestTally } from './request-tally.ts';
import { resolveModel } from './resolve-model.ts';
import type { RowContext } from './row-context.ts';
import { needsSchema, refuse, type RowRefusal } from './row-refusal.ts';
import { versionsOfModelMax, type ModelPlan } from './schema-book.ts';
import { writeAttributes, writeExplanations } from './write-attributes.ts';
import { writeFeatures } from './write-features.ts';
import { writePrediction, type PredictionParts } from './write-prediction.ts';

const LATE_MS = 3_600_000;

/** The parts of a prediction that every wire shape brings one by one. */
export type PredictionIdentity = { model: unknown; modelVersion: unknown; id: unknown; time: unknown };

/** Writes predictions into a frame, whatever wire shape they come from. A row is committed whole or not at all. */
export class PredictionWriter {
  readonly frame = new PredictionFrame();
  readonly recent = new RecentKeys();
  /** Used again for every row. */
  readonly parts: PredictionParts = { score: null, label: null, value: null, scores: null };
  readonly row: PredictionScalars = {
    model: 0,
    modelVersion: 0,
    id: '',
    occurredAt: 0,
    receivedAt: 0,
    source: 0,
    score: NaN,
    label: -1,
    value: NaN,
    latencyMs: NaN,
    traceId: '',
  };
  private readonly hash = new KeyHash();

  /** Null when the record became a row. Nothing is left of it otherwise. */
  writeRecord(record: Record<string, unknown>, context: RowContext, tally: RequestTally): RowRefusal | null {
    const plan = resolveModel(context, record.model);
    if (!('definition' in plan)) return plan;
    const refusal = this.fillRow(record, plan, context);
    if (refusal !== null) this.frame.drop();
    else this.commit(plan, tally);
    return refusal;
  }

  /** Id, times, version and source; null and undefined are filled in. */
  identify(plan: ModelPlan, context: RowContext, given: PredictionIdentity): RowRefusal | null {
    const { row, frame } = this;
    const { head, limits } = context;
    row.receivedAt = head.receivedAt;
    if (given.id === undefined || given.id === null) row.id = assignId(head.receivedAt);
    else {
      const refusal = checkId(given.id, limits.idBytesMax, '/id');
      if (refusal) return refusal;
      row.id = given.id as string;
    }
    const occurredAt = parseEventTime(given.time, context, '/time');
    if (typeof occurredAt !== 'number') return occurredAt;
    row.occurredAt = occurredAt;
    const version = given.modelVersion ?? head.defaultVersion ?? '';
    const refusal = checkVersion(version, plan, context);
    if (refusal) return refusal;
    row.modelVersion = frame.strings.code(version as string);
    row.model = frame.strings.code(plan.id);
    row.source = frame.strings.code(head.source);
    row.latencyMs = NaN;
    row.traceId = '';
    return null;
  }

  setLatency(latencyMs: unknown): RowRefusal | null {
    if (latencyMs === undefined || latencyMs === null) return null;
    if (typeof latencyMs !== 'number' || !Number.isFinite(latencyMs) || latencyMs < 0) {
      return refuse('ATTRIBUTE_INVALID', '/latencyMs', 'a latency is a number of milliseconds, 0 or more');
    }
    this.row.latencyMs = latencyMs;
    return null;
  }

  setTrace(traceId: unknown, context: RowContext): RowRefusal | null {
    if (traceId === undefined || traceId === null) return null;
    if (typeof traceId !== 'string') return refuse('ATTRIBUTE_INVALID', '/traceId', 'a trace id is text');
    this.row.traceId = traceId;
    return checkText(traceId, context.limits.idBytesMax, '/traceId', 'ATTRIBUTE_INVALID');
  }

  commit(plan: ModelPlan, tally: RequestTally): void {
    const { row } = this;
    const key = this.hash.begin().text(plan.id).number(row.occurredAt).text(row.id).end();
    tally.count(plan.id, this.recent.isRepeated(key), row.receivedAt - row.occurredAt > LATE_MS);
    this.frame.commit(row);
  }

  private fillRow(record: Record<string, unknown>, plan: ModelPlan, context: RowContext): RowRefusal | null {
    const { frame, parts, row } = this;
    const { id, modelVersion } = record;
    return (
      this.identify(plan, context, { model: null, modelVersion, id, time: record.time ?? record.occurredAt }) ??
      readParts(record, parts) ??
      writePrediction(frame, plan, context, { parts, row }) ??
      writeFeatures(frame, plan, context, record.features) ??
      writeAttributes(frame, plan, context, { kind: 'segments', values: record.segments }) ??
      writeAttributes(frame, plan, context, {
        kind: 'sensitive',
        values: record.sensitive ?? record.sensitiveFeatures,
      }) ??
      writeExplanations(frame, plan, record.explanations) ??
      this.setLatency(record.latencyMs) ??
      this.setTrace(record.traceId, context) ??
      this.setVariant(record.variant, context)
    );
  }

  setVariant(variant: unknown, context: RowContext): RowRefusal | null {
    if (variant === undefined || variant === null) return null;
    if (typeof variant !== 'string') return refuse('ATTRIBUTE_INVALID', '/variant', 'a variant is text');
    const refusal = checkText(variant, context.limits.idBytesMax, '/variant', 'ATTRIBUTE_INVALID');
    if (!refusal) this.frame.addExtra('$variant', jsonTextOf(variant));
    return refusal;
  }
}

/** Finds score, label, value and scores under `prediction` or, in the flat form, in the record itself. */
export function readParts(record: Record<string, unknown>, parts: PredictionParts): RowRefusal | null {
  const { prediction } = record;
  if (prediction === undefined || prediction === null) {
    parts.score = record.score;
    parts.label = record.label ?? record.predictedLabel;
    parts.value = record.value ?? record.predictedValue;
    parts.scores = record.scores;
    return null;
  }
  if (typeof prediction !== 'object' || Array.isArray(prediction)) {
    return refuse('PREDICTION_INVALID', '/prediction', 'send prediction as an object, such as {"score": 0.83}');
  }
  const nested = prediction as Record<string, unknown>;
  parts.score = nested.score ?? record.score;
  parts.label = nested.label ?? record.label ?? record.predictedLabel;
  parts.value = nested.value ?? record.value ?? record.predictedValue;
  parts.scores = nested.scores ?? record.scores;
  return null;
}

function checkVersion(version: unknown, plan: ModelPlan, context: RowContext): RowRefusal | null {
  if (version === '') return null;
  if (typeof version !== 'string') {
    return refuse('ATTRIBUTE_INVALID', '/modelVersion', 'a model version is text, such as "3.2.0"');
  }
  if (plan.versions.has(version)) return null;
  const refusal = checkText(version, context.limits.idBytesMax, '/modelVersion', 'ATTRIBUTE_INVALID');
  if (refusal || plan.versions.size >= versionsOfModelMax) return refusal;
  if (!context.isSettled) return needsSchema;
  if (!context.isRegistryAway) plan.versions.add(version);
  return null;
}
