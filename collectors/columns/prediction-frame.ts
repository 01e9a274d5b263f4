import {
  addCodes,
  addConstantText,
  addFloat64s,
  addInt64s,
  addListOfCodes,
  addListOfFloat64s,
  addListOfUint16s,
  addPrecedence,
  addText,
} from './column-buffers.ts';
import { GrowingFloat64, GrowingInt32 } from './growing-array.ts';
import { RaggedCodesColumn, RaggedNumbersColumn } from './ragged-column.ts';
import { RecordBatchBody } from './record-batch-body.ts';
import { StringDictionary } from './string-dictionary.ts';
import { TextColumn } from './text-column.ts';

export type BatchPosition = { batchId: string; rowOffset: number };

/** The fixed-width part of a row, in the order in which it is checked. */
export type PredictionScalars = {
  model: number;
  modelVersion: number;
  id: string;
  occurredAt: number;
  receivedAt: number;
  source: number;
  score: number;
  label: number;
  value: number;
  latencyMs: number;
  traceId: string;
};

/**
 * Predictions of one frame as columns. A row is written list by list and then committed or dropped; nothing of a
 * dropped row remains. Memory is used again from frame to frame.
 */
export class PredictionFrame {
  rows = 0;
  readonly strings = new StringDictionary();
  readonly numeric = new RaggedNumbersColumn();
  readonly categorical = new RaggedCodesColumn();
  readonly nonFinite = new RaggedNumbersColumn();
  readonly mismatched = new RaggedNumbersColumn();
  readonly scores = new RaggedNumbersColumn();
  readonly segments = new RaggedCodesColumn();
  readonly groups = new RaggedCodesColumn();
  readonly explanations = new RaggedNumbersColumn();
  private readonly model = new GrowingInt32();
  private readonly modelVersion = new GrowingInt32();
  private readonly predictionId = new TextColumn();
  private readonly occurredAt = new GrowingFloat64();
  private readonly receivedAt = new GrowingFloat64();
  private readonly source = new GrowingInt32();
  private readonly score = new GrowingFloat64();
  private readonly label = new GrowingInt32();
  private readonly value = new GrowingFloat64();
  private readonly latencyMs = new GrowingFloat64();
  private readonly traceId = new TextColumn();
  private readonly extraKeys = new RaggedCodesColumn();
  private readonly extraValues = new TextColumn();

  addExtra(key: string, jsonText: string): void {
    this.extraKeys.codes.push(this.strings.code(key));
    this.extraValues.push(jsonText);
  }

  commit(row: PredictionScalars): void {
    this.model.push(row.model);
    this.modelVersion.push(row.modelVersion);
    this.predictionId.push(row.id);
    this.occurredAt.push(row.occurredAt);
    this.receivedAt.push(row.receivedAt);
    this.source.push(row.source);
    this.score.push(row.score);
    this.label.push(row.label);
    this.value.push(row.value);
    this.latencyMs.push(row.latencyMs);
    this.traceId.push(row.traceId);
    this.numeric.endRow();
    this.categorical.endRow();
    this.nonFinite.endRow();
    this.mismatched.endRow();
    this.scores.endRow();
    this.segments.endRow();
    this.groups.endRow();
    this.explanations.endRow();
    this.extraKeys.endRow();
    this.rows++;
  }

  drop(): void {
    this.numeric.dropRow();
    this.categorical.dropRow();
    this.nonFinite.dropRow();
    this.mismatched.dropRow();
    this.scores.dropRow();
    this.segments.dropRow();
    this.groups.dropRow();
    this.explanations.dropRow();
    this.extraKeys.dropRow();
    this.extraValues.truncate(this.extraKeys.codes.length);
  }

  /** The record batch, in the order of `predictionsArrowSchema`. */
  message(position: BatchPosition): { byteLength: number; write: (target: Uint8Array) => void } {
    const body = new RecordBatchBody();
    addCodes(body, this.model.view(), this.strings);
    addCodes(body, this.modelVersion.view(), this.strings);
    addText(body, this.predictionId);
    addInt64s(body, this.occurredAt);
    addInt64s(body, this.receivedAt);
    addPrecedence(body, this.receivedAt, position.rowOffset);
    addConstantText(body, position.batchId, this.rows);
    addCodes(body, this.source.view(), this.strings);
    addListOfFloat64s(body, this.numeric);
    addListOfCodes(body, this.categorical, this.strings);
    addListOfUint16s(body, this.nonFinite);
    addListOfUint16s(body, this.mismatched);
    this.addExtraColumn(body);
    addFloat64s(body, this.score);
    addListOfFloat64s(body, this.scores);
    addCodes(body, this.label.view(), this.strings);
    addFloat64s(body, this.value);
    addFloat64s(body, this.latencyMs);
    addListOfCodes(body, this.segments, this.strings);
    addListOfCodes(body, this.groups, this.strings);
    addListOfFloat64s(body, this.explanations);
    addText(body, this.traceId);
    return body.message(this.rows);
  }

  clear(): void {
    this.rows = 0;
    for (const column of [this.model, this.modelVersion, this.source, this.label]) column.length = 0;
    for (const column of [this.occurredAt, this.receivedAt, this.score, this.value, this.latencyMs]) column.length = 0;
    for (const column of [this.predictionId, this.traceId, this.extraValues]) column.truncate(0);
    for (const column of [this.numeric, this.nonFinite, this.mismatched, this.scores, this.explanations])
      column.clear();
    for (const column of [this.categorical, this.segments, this.groups, this.extraKeys]) column.clear();
    this.strings.clearIfLarge();
  }

  private addExtraColumn(body: RecordBatchBody): void {
    body.node(this.rows);
    body.bytes(this.extraKeys.offsets.view());
    body.node(this.extraKeys.codes.length);
    addCodes(body, this.extraKeys.codes.view(), this.strings);
    addText(body, this.extraValues);
  }
}
