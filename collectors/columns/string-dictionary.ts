import { TextColumn } from './text-column.ts';

/** Beyond these the dictionary starts anew between frames: a column of unique strings must not grow it for ever. */
const ENTRIES_MAX = 50_000;
const BYTES_MAX = 8 * 1024 * 1024;

/** Codes of low-cardinality strings with their encoded bytes, kept from frame to frame. */
export class StringDictionary {
  private readonly codes = new Map<string, number>();
  private readonly texts = new TextColumn();

  code(text: string): number {
    const known = this.codes.get(text);
    if (known !== undefined) return known;
    const code = this.texts.count;
    this.codes.set(text, code);
    this.texts.push(text);
    return code;
  }

  has(text: string): boolean {
    return this.codes.has(text);
  }

  byteLengthOf(codes: Int32Array): number {
    const offsets = this.texts.offsets.array;
    let total = 0;
    for (const code of codes) if (code >= 0) total += offsets[code + 1] - offsets[code];
    return total;
  }

  writeOffsets(codes: Int32Array, target: Int32Array): void {
    const offsets = this.texts.offsets.array;
    let end = 0;
    target[0] = 0;
    for (let i = 0; i < codes.length; i++) {
      const code = codes[i];
      if (code >= 0) end += offsets[code + 1] - offsets[code];
      target[i + 1] = end;
    }
  }

  writeBytes(codes: Int32Array, target: Uint8Array): void {
    const offsets = this.texts.offsets.array;
    const bytes = this.texts.bytes;
    let at = 0;
    for (const code of codes) {
      if (code < 0) continue;
      const end = offsets[code + 1];
      // Most values have a few bytes, where a loop beats the call into `set`.
      if (end - offsets[code] > 48) {
        target.set(bytes.subarray(offsets[code], end), at);
        at += end - offsets[code];
      } else for (let i = offsets[code]; i < end; i++) target[at++] = bytes[i];
    }
  }

  /** True when codes handed out before are void. Call it between frames only. */
  clearIfLarge(): boolean {
    if (this.texts.count < ENTRIES_MAX && this.texts.byteLength < BYTES_MAX) return false;
    this.codes.clear();
    this.texts.truncate(0);
    return true;
  }
}
