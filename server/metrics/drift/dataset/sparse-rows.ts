/** Rows of a design matrix that hold mostly zeros; row r has the entries starts[r] … starts[r+1] − 1. */
export type SparseRows = {
  rows: number;
  columns: number;
  starts: Uint32Array;
  columnIndices: Uint32Array;
  values: Float64Array;
};

/** Gathers entries row by row. */
export class SparseRowsBuilder {
  private readonly columnIndices: number[] = [];
  private readonly values: number[] = [];
  private readonly starts: number[] = [0];

  add(column: number, value: number): void {
    if (value === 0) return;
    this.columnIndices.push(column);
    this.values.push(value);
  }

  endRow(): void {
    this.starts.push(this.values.length);
  }

  build(columns: number): SparseRows {
    return {
      rows: this.starts.length - 1,
      columns,
      starts: Uint32Array.from(this.starts),
      columnIndices: Uint32Array.from(this.columnIndices),
      values: Float64Array.from(this.values),
    };
  }
}

/** One row times a vector of weights. */
export function rowTimes(matrix: SparseRows, row: number, weights: ArrayLike<number>): number {
  let sum = 0;
  for (let i = matrix.starts[row]; i < matrix.starts[row + 1]; i += 1) {
    sum += matrix.values[i] * weights[matrix.columnIndices[i]];
  }
  return sum;
}

/** Add `factor` times one row to a vector. */
export function addRow(matrix: SparseRows, row: number, factor: number, into: Float64Array): void {
  for (let i = matrix.starts[row]; i < matrix.starts[row + 1]; i += 1) {
    into[matrix.columnIndices[i]] += factor * matrix.values[i];
  }
}
