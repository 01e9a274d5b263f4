import {
  Data,
  Field,
  Float64,
  List,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  Uint32,
} from 'apache-arrow';

/** An Arrow IPC stream with the columns `id UInt32` and `numeric Array(Float64)`, one record batch for each entry. */
export function arrowStream(batches: { id: number; numeric: number[] }[][]): Uint8Array {
  return RecordBatchStreamWriter.writeAll(batches.map(recordBatch)).toUint8Array(true);
}

function recordBatch(rows: { id: number; numeric: number[] }[]): RecordBatch {
  const values = Float64Array.from(rows.flatMap((row) => row.numeric));
  const child = makeData({ type: new Float64(), length: values.length, nullCount: 0, data: values });
  const list = new List(new Field('item', new Float64(), false));
  const offsets = new Int32Array(rows.length + 1);
  rows.forEach((row, index) => (offsets[index + 1] = offsets[index] + row.numeric.length));
  const numeric = makeData({ type: list, length: rows.length, nullCount: 0, valueOffsets: offsets, child });
  const ids = Uint32Array.from(rows, (row) => row.id);
  const id = makeData({ type: new Uint32(), length: rows.length, nullCount: 0, data: ids });
  const schema = new Schema([new Field('id', new Uint32(), false), new Field('numeric', list, false)]);
  const children: Data[] = [id, numeric];
  return new RecordBatch(
    schema,
    makeData({ type: new Struct(schema.fields), length: rows.length, nullCount: 0, children }),
  );
}
