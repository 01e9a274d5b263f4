import { addCodes, addConstantText, addFloat64s, addInt64s, addPrecedence, addText } from './column-buffers.ts';
import { GrowingFloat64, GrowingInt32 } from './growing-array.ts';
import type { BatchPosition } from './prediction-frame.ts';
import { RecordBatchBody } from './record-batch-body.ts';
import { StringDictionary } from './string-dictionary.ts';
import { TextColumn } from './text-column.ts';

export type FeedbackScalars = {
  model: number;
  predictionId: string;
  revision: number;
  observedAt: number;
  label: number;
  value: number;
  receivedAt: number;
  source: number;
};

/** Feedback of one frame as columns; memory is used again from frame to frame. */
export class FeedbackFrame {
  rows = 0;
  readonly strings = new StringDictionary();
  private readonly model = new GrowingInt32();
  private readonly predictionId = new TextColumn();
  private readonly revision = new GrowingFloat64();
  private readonly observedAt = new GrowingFloat64();
  private readonly label = new GrowingInt32();
  private readonly value = new GrowingFloat64();
  private readonly receivedAt = new GrowingFloat64();
  private readonly source = new GrowingInt32();

  commit(row: FeedbackScalars): void {
    this.model.push(row.model);
    this.predictionId.push(row.predictionId);
    this.revision.push(row.revision);
    this.observedAt.push(row.observedAt);
    this.label.push(row.label);
    this.value.push(row.value);
    this.receivedAt.push(row.receivedAt);
    this.source.push(row.source);
    this.rows++;
  }

  /** The record batch, in the order of `feedbackArrowSchema`. */
  message(position: BatchPosition): { byteLength: number; write: (target: Uint8Array) => void } {
    const body = new RecordBatchBody();
    addCodes(body, this.model.view(), this.strings);
    addText(body, this.predictionId);
    addInt64s(body, this.revision);
    addInt64s(body, this.observedAt);
    addCodes(body, this.label.view(), this.strings);
    addFloat64s(body, this.value);
    addInt64s(body, this.receivedAt);
    addPrecedence(body, this.receivedAt, position.rowOffset);
    addConstantText(body, position.batchId, this.rows);
    addCodes(body, this.source.view(), this.strings);
    return body.message(this.rows);
  }

  clear(): void {
    this.rows = 0;
    for (const column of [this.model, this.label, this.source]) column.length = 0;
    for (const column of [this.revision, this.observedAt, this.value, this.receivedAt]) column.length = 0;
    this.predictionId.truncate(0);
    this.strings.clearIfLarge();
  }
}
