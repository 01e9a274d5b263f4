import { GrowingFloat64, GrowingInt32 } from './growing-array.ts';

/**
 * Lists of different lengths, one per row: values beyond the last offset belong to the row being written, and are
 * dropped when that row is rejected.
 */
export class RaggedNumbersColumn {
  readonly values = new GrowingFloat64();
  readonly offsets = new GrowingInt32();

  constructor() {
    this.offsets.push(0);
  }

  endRow(): void {
    this.offsets.push(this.values.length);
  }

  dropRow(): void {
    this.values.length = this.offsets.array[this.offsets.length - 1];
  }

  clear(): void {
    this.values.length = 0;
    this.offsets.length = 1;
  }
}

/** As above for dictionary codes; -1 is null. */
export class RaggedCodesColumn {
  readonly codes = new GrowingInt32();
  readonly offsets = new GrowingInt32();

  constructor() {
    this.offsets.push(0);
  }

  endRow(): void {
    this.offsets.push(this.codes.length);
  }

  dropRow(): void {
    this.codes.length = this.offsets.array[this.offsets.length - 1];
  }

  clear(): void {
    this.codes.length = 0;
    this.offsets.length = 1;
  }
}
