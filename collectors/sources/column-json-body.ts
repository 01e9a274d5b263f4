import { parseMarkingInexact } from '../validate/inexact-integer.ts';
import type { RowContext } from '../validate/row-context.ts';
import { BodyRefusal } from './body-refusal.ts';
import { columnRecords } from './column-records.ts';
import { rowsOf, type Column, type ColumnTable, type NamedColumn } from './column-table.ts';
import { isTooDeep } from './json-depth.ts';
import type { RecordSource } from './record-source.ts';
import { invalidJson } from './scan-json.ts';
import type { Writers } from './writers.ts';

/** `{"model", "modelVersion", "columns": {"id": […], "score": […], "features": {"income": […]}}}` */
export function columnJsonBody(text: string, writers: Writers, context: RowContext): RecordSource {
  if (isTooDeep(text, context.limits.depthMax)) {
    const detail = `the body nests deeper than ${context.limits.depthMax} levels; send plain arrays under "columns"`;
    throw new BodyRefusal(400, 'TOO_DEEP', detail);
  }
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (error) {
    throw invalidJson(error instanceof Error ? error.message.toWellFormed() : String(error), 0);
  }
  return columnRecords(tableOf(body), writers, context, () => tableOf(parseMarkingInexact(text)));
}

function tableOf(body: unknown): ColumnTable {
  const { model, modelVersion, columns: given } = body as Record<string, unknown>;
  const columns = new Map<string, Column>();
  const groups = new Map<string, NamedColumn[]>();
  for (const [name, value] of Object.entries(given as Record<string, unknown>)) {
    if (Array.isArray(value)) columns.set(name, value);
    else if (typeof value === 'object' && value !== null) groups.set(name, membersOf(name, value));
    else throw notAColumn(name);
  }
  return { rows: rowsOf(columns, groups), model, modelVersion, columns, groups };
}

function membersOf(group: string, members: object): NamedColumn[] {
  return Object.entries(members).map(([name, values]) => {
    if (!Array.isArray(values)) throw notAColumn(`${group}.${name}`);
    return { name, values };
  });
}

function notAColumn(name: string): BodyRefusal {
  return new BodyRefusal(400, 'COLUMN_INVALID', `"${name}" under "columns" is no array; send one array per column`);
}
