import { DataType, tableFromIPC, type Table, type Vector } from 'apache-arrow';
import { inexactInteger } from '../validate/inexact-integer.ts';
import type { RowContext } from '../validate/row-context.ts';
import { arrowTexts } from './arrow-texts.ts';
import { BodyRefusal } from './body-refusal.ts';
import { columnRecords } from './column-records.ts';
import { rowsOf, type Column, type ColumnTable, type NamedColumn } from './column-table.ts';
import { checkRecordCount } from './ndjson-body.ts';
import type { RecordSource } from './record-source.ts';
import type { Writers } from './writers.ts';

/** Columns whose whole numbers are names: 64-bit ids and labels keep every digit as text. */
const textColumns = new Set([
  'id',
  'predictionId',
  'label',
  'predictedLabel',
  'actualLabel',
  'traceId',
  'modelVersion',
]);

/**
 * An Arrow IPC stream with the column names of the JSON form; `features` and the like are structs. A model and version
 * for all rows may stand in the schema's metadata.
 */
export function arrowBody(body: Uint8Array, writers: Writers, context: RowContext): RecordSource {
  let table: ColumnTable;
  try {
    const arrow = tableFromIPC(body);
    checkRecordCount(arrow.numRows, context.limits.recordsMax);
    table = tableOf(arrow);
  } catch (error) {
    if (error instanceof BodyRefusal) throw error;
    const reason = error instanceof Error ? error.message.toWellFormed().slice(0, 200) : String(error);
    throw new BodyRefusal(400, 'INVALID_ARROW', `the body is no Arrow IPC stream: ${reason}`);
  }
  context.hasMillisTimes = true;
  context.hasLiterals = true;
  return columnRecords(table, writers, context, null);
}

function tableOf(arrow: Table): ColumnTable {
  const columns = new Map<string, Column>();
  const groups = new Map<string, NamedColumn[]>();
  for (const { name, type } of arrow.schema.fields) {
    const vector = arrow.getChild(name);
    if (!vector) continue;
    if (DataType.isStruct(type)) {
      const members = type.children.map((child) => ({ name: child.name, values: memberOf(vector, child.name) }));
      groups.set(name, members);
    } else columns.set(name, columnOf(vector, name));
  }
  const { metadata } = arrow.schema;
  return {
    rows: rowsOf(columns, groups),
    model: metadata.get('model'),
    modelVersion: metadata.get('modelVersion'),
    columns,
    groups,
  };
}

function memberOf(struct: Vector, name: string): Column {
  const child = struct.getChild(name);
  if (!child) throw new BodyRefusal(400, 'INVALID_ARROW', `the struct lacks its column "${name}"`);
  const values = columnOf(child, name);
  if (struct.nullCount === 0) return values;
  return Array.from({ length: values.length }, (_, i) => (struct.isValid(i) ? values[i] : null));
}

function columnOf(vector: Vector, name: string): Column {
  const { type } = vector;
  const isPlain = DataType.isFloat(type) ? type.precision > 0 : DataType.isInt(type) && type.bitWidth < 64;
  if (isPlain && vector.nullCount === 0 && !textColumns.has(name)) return vector.toArray() as Column;
  const isScalar = [DataType.isInt, DataType.isFloat, DataType.isBool, DataType.isUtf8, DataType.isLargeUtf8];
  const inner = DataType.isDictionary(type) ? type.dictionary : type;
  if (![...isScalar, DataType.isTimestamp, DataType.isNull].some((is) => is(inner))) {
    throw new BodyRefusal(
      400,
      'COLUMN_INVALID',
      `column "${name}" is ${String(type)}; send numbers, text, booleans or timestamps`,
    );
  }
  if (DataType.isUtf8(type)) return vector.data.flatMap(arrowTexts);
  const values: unknown[] = [];
  for (let i = 0; i < vector.length; i++) values.push(scalarOf(vector.get(i), name));
  return values;
}

function scalarOf(value: unknown, name: string): unknown {
  if (typeof value === 'number' && textColumns.has(name)) return String(value);
  if (typeof value !== 'bigint') return value;
  if (textColumns.has(name)) return String(value);
  return BigInt(Number(value)) === value ? Number(value) : inexactInteger;
}
