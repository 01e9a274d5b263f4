import { GrowingInt32 } from './growing-array.ts';

/** High-cardinality text as UTF-8 bytes with offsets: ids, traces, extra values. */
export class TextColumn {
  readonly offsets = new GrowingInt32();
  bytes = Buffer.allocUnsafeSlow(64 * 1024);
  private end = 0;

  constructor() {
    this.offsets.push(0);
  }

  get byteLength(): number {
    return this.end;
  }

  get count(): number {
    return this.offsets.length - 1;
  }

  push(text: string): void {
    const length = text.length;
    if (this.end + 3 * length > this.bytes.length) this.grow(3 * length);
    let at = this.end;
    let i = 0;
    // Ids are nearly always short ASCII, where a loop beats the call into the encoder.
    if (length <= 64) {
      for (; i < length; i++) {
        const unit = text.charCodeAt(i);
        if (unit >= 0x80) break;
        this.bytes[at++] = unit;
      }
    }
    this.end = i === length ? at : this.end + this.bytes.write(text, this.end, 'utf8');
    this.offsets.push(this.end);
  }

  /** Drops every text after the first `count`. */
  truncate(count: number): void {
    this.offsets.length = count + 1;
    this.end = this.offsets.array[count];
  }

  private grow(needed: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.end + needed));
    this.bytes.copy(grown, 0, 0, this.end);
    this.bytes = grown;
  }
}
