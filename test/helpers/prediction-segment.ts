import { endOfStream, schemaMessages } from '../../collectors/columns/arrow-stream-ends.ts';
import { PredictionFrame } from '../../collectors/columns/prediction-frame.ts';

/** One prediction as plain values, in the terms of the columns. */
export type PlainPrediction = {
  model: string;
  version: string;
  id: string;
  occurredAt: number;
  receivedAt: number;
  numeric: number[];
  categorical: (string | null)[];
  nonFinite: number[];
  mismatched: number[];
  score: number;
  scores: number[];
  label: string | null;
  value: number;
  segments: (string | null)[];
  groups: (string | null)[];
};

export function plainPrediction(row: Partial<PlainPrediction> = {}): PlainPrediction {
  return {
    model: 'm',
    version: '1',
    id: 'p',
    occurredAt: Date.UTC(2026, 0, 1),
    receivedAt: Date.UTC(2026, 0, 1),
    numeric: [],
    categorical: [],
    nonFinite: [],
    mismatched: [],
    score: Number.NaN,
    scores: [],
    label: null,
    value: Number.NaN,
    segments: [],
    groups: [],
    ...row,
  };
}

/** The frozen bytes of a batch as a collector writes them: one record batch per list of rows. */
export function predictionSegment(
  frames: readonly (readonly PlainPrediction[])[],
  batchId = '0'.repeat(32),
): Uint8Array {
  const frame = new PredictionFrame();
  const messages: Uint8Array[] = [];
  let rowOffset = 0;
  for (const rows of frames) {
    for (const row of rows) writeRow(frame, row);
    const { byteLength, write } = frame.message({ batchId, rowOffset });
    const message = new Uint8Array(byteLength);
    write(message);
    messages.push(message);
    rowOffset += rows.length;
    frame.clear();
  }
  return Buffer.concat([schemaMessages.predictions, ...messages, endOfStream]);
}

function writeRow(frame: PredictionFrame, row: PlainPrediction): void {
  const code = (text: string | null): number => (text === null ? -1 : frame.strings.code(text));
  for (const x of row.numeric) frame.numeric.values.push(x);
  for (const text of row.categorical) frame.categorical.codes.push(code(text));
  for (const ordinal of row.nonFinite) frame.nonFinite.values.push(ordinal);
  for (const ordinal of row.mismatched) frame.mismatched.values.push(ordinal);
  for (const x of row.scores) frame.scores.values.push(x);
  for (const text of row.segments) frame.segments.codes.push(code(text));
  for (const text of row.groups) frame.groups.codes.push(code(text));
  frame.commit({
    model: code(row.model),
    modelVersion: code(row.version),
    id: row.id,
    occurredAt: row.occurredAt,
    receivedAt: row.receivedAt,
    source: code('test'),
    score: row.score,
    label: code(row.label),
    value: row.value,
    latencyMs: Number.NaN,
    traceId: '',
  });
}
