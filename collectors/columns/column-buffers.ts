import type { GrowingFloat64 } from './growing-array.ts';
import type { RaggedCodesColumn, RaggedNumbersColumn } from './ragged-column.ts';
import type { RecordBatchBody } from './record-batch-body.ts';
import type { StringDictionary } from './string-dictionary.ts';
import type { TextColumn } from './text-column.ts';

const int32s = (target: Uint8Array) => new Int32Array(target.buffer, target.byteOffset, target.byteLength / 4);
const uint32s = (target: Uint8Array) => new Uint32Array(target.buffer, target.byteOffset, target.byteLength / 4);

export function addFloat64s(body: RecordBatchBody, column: GrowingFloat64): void {
  body.node(column.length);
  body.bytes(column.view());
}

/** Whole numbers below 2^53 as int64, written as two 32-bit words. */
export function addInt64s(body: RecordBatchBody, column: GrowingFloat64): void {
  body.node(column.length);
  body.buffer(column.length * 8, (target) => {
    const words = uint32s(target);
    for (let i = 0; i < column.length; i++) {
      const value = column.array[i];
      words[2 * i] = value >>> 0;
      words[2 * i + 1] = Math.floor(value / 2 ** 32);
    }
  });
}

/**
 * `(2^41 - 1 - receivedAt) * 2^22 + (2^22 - 1 - row in the batch)`: a replacing merge keeps the highest, which is the
 * first accepted row of a key.
 */
export function addPrecedence(body: RecordBatchBody, receivedAt: GrowingFloat64, rowOffset: number): void {
  body.node(receivedAt.length);
  body.buffer(receivedAt.length * 8, (target) => {
    const words = uint32s(target);
    for (let i = 0; i < receivedAt.length; i++) {
      const age = 2 ** 41 - 1 - receivedAt.array[i];
      words[2 * i] = (((age % 2 ** 10) << 22) | (2 ** 22 - 1 - rowOffset - i)) >>> 0;
      words[2 * i + 1] = Math.floor(age / 2 ** 10);
    }
  });
}

export function addText(body: RecordBatchBody, column: TextColumn): void {
  body.node(column.count);
  body.bytes(column.offsets.view());
  body.bytes(column.bytes.subarray(0, column.byteLength));
}

export function addConstantText(body: RecordBatchBody, text: string, rows: number): void {
  const bytes = Buffer.from(text);
  body.node(rows);
  body.buffer((rows + 1) * 4, (target) => {
    const offsets = int32s(target);
    for (let i = 0; i <= rows; i++) offsets[i] = i * bytes.length;
  });
  body.buffer(rows * bytes.length, (target) =>
    Buffer.from(target.buffer, target.byteOffset, target.length).fill(bytes),
  );
}

export function addCodes(body: RecordBatchBody, codes: Int32Array, dictionary: StringDictionary): void {
  const { validity, nullCount } = validityOf(codes);
  body.node(codes.length, validity, nullCount);
  body.buffer((codes.length + 1) * 4, (target) => dictionary.writeOffsets(codes, int32s(target)));
  body.buffer(dictionary.byteLengthOf(codes), (target) => dictionary.writeBytes(codes, target));
}

export function addListOfFloat64s(body: RecordBatchBody, column: RaggedNumbersColumn): void {
  body.node(column.offsets.length - 1);
  body.bytes(column.offsets.view());
  addFloat64s(body, column.values);
}

export function addListOfUint16s(body: RecordBatchBody, column: RaggedNumbersColumn): void {
  body.node(column.offsets.length - 1);
  body.bytes(column.offsets.view());
  body.node(column.values.length);
  body.bytes(Uint16Array.from(column.values.view()));
}

export function addListOfCodes(body: RecordBatchBody, column: RaggedCodesColumn, dictionary: StringDictionary): void {
  body.node(column.offsets.length - 1);
  body.bytes(column.offsets.view());
  addCodes(body, column.codes.view(), dictionary);
}

function validityOf(codes: Int32Array): { validity: Uint8Array | null; nullCount: number } {
  let nullCount = 0;
  for (const code of codes) if (code < 0) nullCount++;
  if (nullCount === 0) return { validity: null, nullCount };
  const validity = new Uint8Array((codes.length + 7) >> 3);
  for (let i = 0; i < codes.length; i++) if (codes[i] >= 0) validity[i >> 3] |= 1 << (i & 7);
  return { validity, nullCount };
}
