import type { RowContext } from '../validate/row-context.ts';
import { BodyRefusal } from './body-refusal.ts';
import { columnJsonBody } from './column-json-body.ts';
import { decodeText } from './decode-text.ts';
import { checkRecordCount } from './ndjson-body.ts';
import type { RecordSource } from './record-source.ts';
import { arrayElements, invalidJson, objectMembers, skipBlank, type Span } from './scan-json.ts';
import { textRecords } from './text-records.ts';
import type { Writers } from './writers.ts';

/** One record, an array of records, the envelope `{sourceId, batchSeq, records}`, or columns. */
export function jsonBody(body: Uint8Array, writers: Writers, context: RowContext): RecordSource {
  const text = decodeText(body);
  if (text === null) throw new BodyRefusal(400, 'INVALID_UTF8', 'the body is not UTF-8; send JSON in UTF-8');
  const start = skipBlank(text, 0);
  if (start >= text.length) throw new BodyRefusal(400, 'BODY_EMPTY', 'the body is empty; send at least one record');
  if (text[start] === '[') {
    const { elements, end } = arrayElements(text, start);
    checkEnd(text, end);
    return spansOf(text, elements, writers, context);
  }
  if (text[start] !== '{') throw invalidJson('send an object or an array', start);
  const { members, end } = objectMembers(text, start);
  checkEnd(text, end);
  const records = members.find(({ key }) => key === 'records');
  if (records && text[records.start] === '[') {
    return spansOf(text, arrayElements(text, records.start).elements, writers, context);
  }
  if (members.some(({ key, start: at }) => key === 'columns' && text[at] === '{')) {
    return columnJsonBody(text, writers, context);
  }
  return spansOf(text, [{ start, end }], writers, context);
}

function spansOf(text: string, spans: Span[], writers: Writers, context: RowContext): RecordSource {
  checkRecordCount(spans.length, context.limits.recordsMax);
  const writer = writers[context.head.kind];
  return textRecords({ text, starts: spans.map((span) => span.start), ends: spans.map((span) => span.end) }, writer);
}

function checkEnd(text: string, end: number): void {
  const rest = skipBlank(text, end);
  if (rest < text.length) throw invalidJson('text follows the value; send NDJSON as application/x-ndjson', rest);
}
