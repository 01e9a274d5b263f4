import { parseMarkingInexact } from '../validate/inexact-integer.ts';
import type { RequestTally } from '../validate/request-tally.ts';
import { isModelName } from '../validate/resolve-model.ts';
import type { RowContext } from '../validate/row-context.ts';
import { needsLiterals, needsSchema, refuse, type RowRefusal } from '../validate/row-refusal.ts';
import type { SchemaSurvey } from '../validate/schema-survey.ts';
import { isTooDeep } from './json-depth.ts';
import type { RecordSource, RecordWriter } from './record-source.ts';

/** Where records lie in a text: `[starts[i], ends[i])`. */
export type TextSpans = { text: string; starts: number[]; ends: number[] };

type Parsed = { record: Record<string, unknown> } | { refusal: RowRefusal };

/** Records as JSON texts, parsed one at a time: a bad one is rejected alone, and no more than one is in memory. */
export function textRecords(spans: TextSpans, writer: RecordWriter): RecordSource {
  const { text, starts, ends } = spans;
  const textOf = (i: number) => text.slice(starts[i], ends[i]);
  const write = (from: number, context: RowContext, tally: RequestTally): number => {
    for (let i = from; i < starts.length; i++) {
      const recordText = textOf(i);
      const parsed = parseRecord(recordText, context);
      const isRecord = 'record' in parsed;
      let refusal = isRecord ? writer.writeRecord(parsed.record, context, tally) : parsed.refusal;
      if (refusal === null) continue;
      if (refusal === needsLiterals) refusal = writeWithLiterals(recordText, writer, context, tally);
      if (refusal === needsSchema) return i;
      if (refusal === null) continue;
      tally.refuse(refusal, i, { model: isRecord ? knownModel(parsed.record, context) : '', body: recordText });
    }
    return starts.length;
  };
  const survey = (from: number, schemaSurvey: SchemaSurvey, context: RowContext): void => {
    for (let i = from; i < starts.length; i++) {
      const parsed = parseRecord(textOf(i), context);
      if ('record' in parsed) schemaSurvey.record(parsed.record);
    }
  };
  return { count: starts.length, write, survey };
}

function writeWithLiterals(
  text: string,
  writer: RecordWriter,
  context: RowContext,
  tally: RequestTally,
): RowRefusal | null {
  context.hasLiterals = true;
  const refusal = writer.writeRecord(parseMarkingInexact(text) as Record<string, unknown>, context, tally);
  context.hasLiterals = false;
  return refusal;
}

function parseRecord(text: string, { limits }: RowContext): Parsed {
  if (text.length * 3 > limits.lineBytesMax && Buffer.byteLength(text) > limits.lineBytesMax) {
    const detail = `the record is longer than ${limits.lineBytesMax} bytes; send fewer or shorter values`;
    return { refusal: refuse('LINE_TOO_LONG', '', detail) };
  }
  if (isTooDeep(text, limits.depthMax)) {
    return { refusal: refuse('TOO_DEEP', '', `the record nests deeper than ${limits.depthMax} levels; flatten it`) };
  }
  let record: unknown;
  try {
    record = JSON.parse(text);
  } catch (error) {
    return { refusal: invalidJson(text, error) };
  }
  if (typeof record !== 'object' || record === null || Array.isArray(record)) {
    return {
      refusal: refuse('NOT_AN_OBJECT', '', 'a record is a JSON object, such as {"id": "p-1", "prediction": …}'),
    };
  }
  return { record: record as Record<string, unknown> };
}

function invalidJson(text: string, error: unknown): RowRefusal {
  const reason = error instanceof Error ? error.message : String(error);
  const hint = /[:[,]\s*-?(NaN|Infinity)\b/.test(text) ? '; write NaN and Infinity as text: "NaN", "Infinity"' : '';
  return refuse('INVALID_JSON', '', `${reason.toWellFormed().slice(0, 200)}${hint}`);
}

function knownModel(record: Record<string, unknown>, { book, head }: RowContext): string {
  const model = record.model ?? head.defaultModel;
  return isModelName(model) && book.plan(model) ? model : '';
}
