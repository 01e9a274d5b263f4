import { isUtf8 } from 'node:buffer';
import type { RowContext } from '../validate/row-context.ts';
import { BodyRefusal } from './body-refusal.ts';
import { decodeText } from './decode-text.ts';
import type { RecordSource, RecordWriter } from './record-source.ts';
import { textRecords, type TextSpans } from './text-records.ts';

/** One record per line; blank lines are passed over. */
export function ndjsonBody(body: Uint8Array, writer: RecordWriter, { limits }: RowContext): RecordSource {
  const text = decodeText(body) ?? decodeSoundLines(body);
  const spans: TextSpans = { text, starts: [], ends: [] };
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    if (!isBlank(text, start, end)) {
      spans.starts.push(start);
      spans.ends.push(end);
    }
    start = end + 1;
  }
  checkRecordCount(spans.starts.length, limits.recordsMax);
  return textRecords(spans, writer);
}

export function checkRecordCount(count: number, recordsMax: number): void {
  if (count === 0) throw new BodyRefusal(400, 'BODY_EMPTY', 'the body holds no record; send at least one');
  if (count <= recordsMax) return;
  const detail = `${count} records in one body; send at most ${recordsMax} (recordsMax)`;
  throw new BodyRefusal(413, 'TOO_MANY_RECORDS', detail);
}

function isBlank(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const unit = text.charCodeAt(i);
    if (unit !== 32 && unit !== 9 && unit !== 13) return false;
  }
  return true;
}

/** A body with bytes that are no UTF-8: only the lines that hold them are lost, as text that is no JSON. */
function decodeSoundLines(body: Uint8Array): string {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const lines: string[] = [];
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    const line = bytes.subarray(start, end);
    lines.push(isUtf8(line) ? line.toString('utf8') : `\u{fffd} not UTF-8: ${line.toString('latin1')}`);
    start = end + 1;
  }
  return lines.join('\n');
}
