import { type Data, RecordBatchReader, type RecordBatch } from 'apache-arrow';
import { TextInterner } from './text-interner.ts';

/** A list column without copies: row i's values are `[offsets[i], offsets[i + 1])`. */
export type NumberList = { offsets: Int32Array; values: Float64Array | Uint16Array };
/** A list of texts as codes of the segment's dictionary, −1 for null. */
export type CodeList = { offsets: Int32Array; codes: Int32Array };
export type TextBytes = { offsets: Int32Array; bytes: Uint8Array };

/** One record batch of a journal segment, ready to be counted: typed arrays over the segment's own bytes. */
export type PredictionFrame = {
  rows: number;
  /** Number of rows in earlier frames of the same segment. */
  firstRow: number;
  model: Int32Array;
  modelVersion: Int32Array;
  predictionId: TextBytes;
  occurredAt: Float64Array;
  receivedAt: Float64Array;
  numeric: NumberList;
  categorical: CodeList;
  nonFinite: NumberList;
  mismatched: NumberList;
  score: Float64Array;
  scores: NumberList;
  label: Int32Array;
  value: Float64Array;
  segments: CodeList;
  groups: CodeList;
};

export type DecodedSegment = { rows: number; frames: PredictionFrame[]; dictionary: string[] };

/**
 * Reads the frozen bytes of a predictions batch (an Arrow IPC stream) into frames.
 * Numbers are views on `body`; texts of coded columns become codes of one dictionary for the whole segment.
 *
 * @throws Error when the bytes are no whole Arrow stream or lack a column
 */
export function decodePredictions(body: Uint8Array): DecodedSegment {
  checkIsWhole(body);
  const interner = new TextInterner();
  const frames: PredictionFrame[] = [];
  let rows = 0;
  for (const batch of RecordBatchReader.from(body)) {
    if (batch.numRows === 0) continue;
    frames.push(predictionFrame(batch, rows, interner));
    rows += batch.numRows;
  }
  return { rows, frames, dictionary: interner.texts };
}

/** The reader takes the end of the bytes for the end of the stream: a cut stream would count as fewer rows, silently. */
function checkIsWhole(body: Uint8Array): void {
  const marker = [0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0];
  const tail = body.subarray(-marker.length);
  if (tail.length < marker.length || marker.some((byte, i) => tail[i] !== byte)) {
    throw new Error('the Arrow stream lacks its end-of-stream marker: it was cut short on its way');
  }
}

function predictionFrame(batch: RecordBatch, firstRow: number, interner: TextInterner): PredictionFrame {
  const column = (name: string): Data => columnData(batch, name);
  return {
    rows: batch.numRows,
    firstRow,
    model: codes(column('model_id'), interner),
    modelVersion: codes(column('model_version'), interner),
    predictionId: textBytes(column('prediction_id')),
    occurredAt: milliseconds(column('occurred_at')),
    receivedAt: milliseconds(column('received_at')),
    numeric: numberList(column('numeric')),
    categorical: codeList(column('categorical'), interner),
    nonFinite: numberList(column('non_finite')),
    mismatched: numberList(column('mismatched')),
    score: column('score').values as Float64Array,
    scores: numberList(column('scores')),
    label: codes(column('label'), interner),
    value: column('value').values as Float64Array,
    segments: codeList(column('segments'), interner),
    groups: codeList(column('groups'), interner),
  };
}

export function columnData(batch: RecordBatch, name: string): Data {
  const data = batch.getChild(name)?.data[0];
  if (data === undefined) throw new Error(`segment lacks the column ${name}: it was written by another version`);
  return data;
}

export function textBytes(data: Data): TextBytes {
  return { offsets: data.valueOffsets as Int32Array, bytes: data.values as Uint8Array };
}

function numberList(data: Data): NumberList {
  return { offsets: data.valueOffsets as Int32Array, values: data.children[0].values as Float64Array | Uint16Array };
}

function codeList(data: Data, interner: TextInterner): CodeList {
  return { offsets: data.valueOffsets as Int32Array, codes: codes(data.children[0], interner) };
}

/** Dictionary codes of a text column, −1 where it is null. */
export function codes(data: Data, interner: TextInterner): Int32Array {
  const { offsets, bytes } = textBytes(data);
  const result = new Int32Array(data.length);
  const nulls = data.nullCount > 0 ? data.nullBitmap : null;
  for (let i = 0; i < data.length; i++) {
    const isNull = nulls !== null && nulls !== undefined && (nulls[i >> 3] & (1 << (i & 7))) === 0;
    result[i] = isNull ? -1 : interner.code(bytes, offsets[i], offsets[i + 1]);
  }
  return result;
}

/** Timestamp(ms) stored as int64: two 32-bit words a value, exact up to 2^53. */
export function milliseconds(data: Data): Float64Array {
  const values = data.values as BigInt64Array | Int32Array;
  const words = new Int32Array(values.buffer, values.byteOffset, data.length * 2);
  const result = new Float64Array(data.length);
  for (let i = 0; i < data.length; i++) result[i] = words[2 * i + 1] * 4294967296 + (words[2 * i] >>> 0);
  return result;
}
