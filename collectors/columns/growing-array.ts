/** Typed arrays that double when they are full and are used again for the next frame. */
export class GrowingFloat64 {
  array = new Float64Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.array.length) this.reserve(1);
    this.array[this.length++] = value;
  }

  reserve(n: number): void {
    const needed = this.length + n;
    if (needed <= this.array.length) return;
    const grown = new Float64Array(Math.max(needed, 2 * this.array.length));
    grown.set(this.array.subarray(0, this.length));
    this.array = grown;
  }

  view(): Float64Array {
    return this.array.subarray(0, this.length);
  }
}

export class GrowingInt32 {
  array = new Int32Array(1024);
  length = 0;

  push(value: number): void {
    if (this.length === this.array.length) this.reserve(1);
    this.array[this.length++] = value;
  }

  reserve(n: number): void {
    const needed = this.length + n;
    if (needed <= this.array.length) return;
    const grown = new Int32Array(Math.max(needed, 2 * this.array.length));
    grown.set(this.array.subarray(0, this.length));
    this.array = grown;
  }

  view(): Int32Array {
    return this.array.subarray(0, this.length);
  }
}
