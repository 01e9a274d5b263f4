/**
 * A 53-bit hash of a row's key, fed part by part: two 32-bit multiply-xor lanes (the constants are those of cyrb53,
 * bryc/code, public domain).
 */
export class KeyHash {
  private low = 0;
  private high = 0;

  begin(): this {
    this.low = 0xdeadbeef;
    this.high = 0x41c6ce57;
    return this;
  }

  text(text: string): this {
    let low = this.low;
    let high = this.high;
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i);
      low = Math.imul(low ^ unit, 2654435761);
      high = Math.imul(high ^ unit, 1597334677);
    }
    this.low = low ^ text.length;
    this.high = high;
    return this;
  }

  number(value: number): this {
    const upper = Math.floor(value / 2 ** 32);
    this.low = Math.imul(Math.imul(this.low ^ (value >>> 0), 2654435761) ^ upper, 2246822507);
    this.high = Math.imul(Math.imul(this.high ^ upper, 1597334677) ^ (value >>> 0), 3266489909);
    return this;
  }

  end(): number {
    let { low, high } = this;
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    return 4294967296 * (2097151 & high) + (low >>> 0);
  }
}
