import { isAscii, isUtf8 } from 'node:buffer';
import type { Data, Utf8 } from 'apache-arrow';
import { BodyRefusal } from './body-refusal.ts';

/** The texts of one chunk, null where the chunk says so. Decoded here, because Arrow's decoder drops byte order marks. */
export function arrowTexts(data: Data<Utf8>): (string | null)[] {
  const { length, offset, valueOffsets, values, nullCount } = data;
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  if (!isUtf8(bytes)) throw new BodyRefusal(400, 'INVALID_UTF8', 'a text column is not UTF-8; send UTF-8');
  // One string for the whole chunk, cut by offsets, where bytes and characters are the same.
  const ascii = isAscii(bytes) ? bytes.toString('latin1') : null;
  const texts: (string | null)[] = [];
  for (let i = 0; i < length; i++) {
    const start = valueOffsets[i];
    const end = valueOffsets[i + 1];
    if (nullCount > 0 && !isSet(data.nullBitmap, offset + i)) texts.push(null);
    else texts.push(ascii === null ? bytes.toString('utf8', start, end) : ascii.slice(start, end));
  }
  return texts;
}

function isSet(bitmap: Uint8Array, i: number): boolean {
  return (bitmap[i >> 3] & (1 << (i & 7))) !== 0;
}
