import {
  type Data,
  type DataType,
  Field,
  Float64,
  Int64,
  Int8,
  List,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMillisecond,
  Uint16,
  Uint64,
  Uint8,
  Utf8,
} from 'apache-arrow';

/** A column of an insert body. All columns of one body have the same length. */
export type ArrowColumn = { type: DataType; data: Data };

/** An Arrow IPC stream of one record batch: the binary insert body for `FORMAT ArrowStream`. */
export function arrowStream(columns: Record<string, ArrowColumn>): Uint8Array {
  const entries = Object.entries(columns);
  const rows = entries[0]?.[1].data.length ?? 0;
  const schema = new Schema(entries.map(([name, { type, data }]) => new Field(name, type, data.nullCount > 0)));
  const children = entries.map(([, { data }]) => data);
  const struct = makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children });
  const writer = new RecordBatchStreamWriter();
  writer.reset(undefined, schema);
  writer.write(new RecordBatch(schema, struct));
  writer.finish();
  return writer.toUint8Array(true);
}

const encoder = new TextEncoder();

export function textColumn(values: readonly (string | null)[]): ArrowColumn {
  const type = new Utf8();
  return { type, data: textData(type, values) };
}

function textData(type: Utf8, values: readonly (string | null)[]): Data<Utf8> {
  const encoded = new Map<string, Uint8Array>();
  const offsets = new Int32Array(values.length + 1);
  const nullBitmap = new Uint8Array((values.length + 7) >> 3);
  let nullCount = 0;
  values.forEach((value, i) => {
    offsets[i + 1] = offsets[i];
    if (value === null) nullCount++;
    else {
      nullBitmap[i >> 3] |= 1 << (i & 7);
      offsets[i + 1] += bytesOf(encoded, value).length;
    }
  });
  const data = new Uint8Array(offsets[values.length]);
  values.forEach((value, i) => {
    if (value !== null) data.set(bytesOf(encoded, value), offsets[i]);
  });
  return makeData({ type, length: values.length, nullCount, nullBitmap, valueOffsets: offsets, data });
}

function bytesOf(cache: Map<string, Uint8Array>, text: string): Uint8Array {
  let bytes = cache.get(text);
  if (bytes === undefined) cache.set(text, (bytes = encoder.encode(text)));
  return bytes;
}

export function float64Column(values: ArrayLike<number>): ArrowColumn {
  const type = new Float64();
  return { type, data: makeData({ type, length: values.length, nullCount: 0, data: Float64Array.from(values) }) };
}

export function int8Column(values: ArrayLike<number>): ArrowColumn {
  const type = new Int8();
  return { type, data: makeData({ type, length: values.length, nullCount: 0, data: Int8Array.from(values) }) };
}

export function uint8Column(values: ArrayLike<number>): ArrowColumn {
  const type = new Uint8();
  return { type, data: makeData({ type, length: values.length, nullCount: 0, data: Uint8Array.from(values) }) };
}

export function uint16Column(values: ArrayLike<number>): ArrowColumn {
  const type = new Uint16();
  return { type, data: makeData({ type, length: values.length, nullCount: 0, data: Uint16Array.from(values) }) };
}

export function int64Column(values: readonly number[]): ArrowColumn {
  const type = new Int64();
  return {
    type,
    data: makeData({ type, length: values.length, nullCount: 0, data: BigInt64Array.from(values, BigInt) }),
  };
}

export function uint64Column(values: readonly (number | bigint)[]): ArrowColumn {
  const type = new Uint64();
  const data = BigUint64Array.from(values, (value) => BigInt(value));
  return { type, data: makeData({ type, length: values.length, nullCount: 0, data }) };
}

/** @param values milliseconds since the epoch */
export function timeColumn(values: readonly number[]): ArrowColumn {
  const type = new TimestampMillisecond('UTC');
  return {
    type,
    data: makeData({ type, length: values.length, nullCount: 0, data: BigInt64Array.from(values, BigInt) }),
  };
}

export function float64ListColumn(values: readonly ArrayLike<number>[]): ArrowColumn {
  const offsets = listOffsets(values);
  const flat = new Float64Array(offsets[values.length]);
  values.forEach((list, i) => flat.set(list, offsets[i]));
  const child = new Float64();
  return listColumn(child, offsets, makeData({ type: child, length: flat.length, nullCount: 0, data: flat }));
}

export function textListColumn(values: readonly (readonly (string | null)[])[]): ArrowColumn {
  const child = new Utf8();
  return listColumn(child, listOffsets(values), textData(child, values.flat()));
}

function listOffsets(values: readonly ArrayLike<unknown>[]): Int32Array {
  const offsets = new Int32Array(values.length + 1);
  values.forEach((list, i) => (offsets[i + 1] = offsets[i] + list.length));
  return offsets;
}

function listColumn(childType: DataType, offsets: Int32Array, child: Data): ArrowColumn {
  const type = new List(new Field('item', childType, true));
  const length = offsets.length - 1;
  return { type, data: makeData({ type, length, nullCount: 0, valueOffsets: offsets, child }) };
}
