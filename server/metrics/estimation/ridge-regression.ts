/** One categorical or binned column: a code in [0, size) per row. */
export type BinnedColumn = { size: number; codes: ArrayLike<number> };

/** Intercept and one weight per code of each column. */
export type RidgeModel = { intercept: number; weights: Float64Array[] };

/**
 * Ridge regression on binned columns: a row's prediction is the intercept plus one weight per column.
 *
 * Definition: least squares with penalty λ·Σw² (the intercept is free), by Cholesky on the normal equations. Each bin
 * has its own weight, so the fit is a step function of every column; interactions between columns are not seen.
 *
 * @param columns all of the same length as `target`
 * @param target per row
 * @param rows which rows to fit on
 * @param penalty λ, above 0: the bins of a column sum to 1, so without it there is no unique fit
 * @throws RangeError when the penalty is not above 0 or there is no row
 *
 * Reference: Hoerl & Kennard 1970, doi:10.1080/00401706.1970.10488634. Cost: O(n·F² + D³) for F columns with D bins.
 *
 * @example
 * fitRidge([{ size: 2, codes: [0, 0, 1] }], [1, 1, 3], [0, 1, 2], 1);
 */
export function fitRidge(
  columns: readonly BinnedColumn[],
  target: ArrayLike<number>,
  rows: ArrayLike<number>,
  penalty: number,
): RidgeModel {
  if (!(penalty > 0)) throw new RangeError(`the ridge penalty must be above 0, for example 1; got ${penalty}`);
  if (rows.length === 0) throw new RangeError('a ridge regression needs at least one row');
  const offsets: number[] = [];
  let size = 1;
  for (const column of columns) {
    offsets.push(size);
    size += column.size;
  }
  const gram = Array.from({ length: size }, () => new Float64Array(size));
  const moment = new Float64Array(size);
  const active = new Uint32Array(columns.length + 1);
  for (let i = 0; i < rows.length; i += 1) {
    const row = rows[i];
    columns.forEach((column, c) => (active[c + 1] = offsets[c] + column.codes[row]));
    for (const a of active) {
      moment[a] += target[row];
      for (const b of active) if (b <= a) gram[a][b] += 1;
    }
  }
  for (let w = 1; w < size; w += 1) gram[w][w] += penalty;
  const solution = solvePositiveDefinite(gram, moment);
  return {
    intercept: solution[0],
    weights: columns.map((column, c) => solution.slice(offsets[c], offsets[c] + column.size)),
  };
}

/** The prediction of one row. */
export function predictRidge(model: RidgeModel, columns: readonly BinnedColumn[], row: number): number {
  let sum = model.intercept;
  for (let c = 0; c < columns.length; c += 1) sum += model.weights[c][columns[c].codes[row]];
  return sum;
}

/** Cholesky in the lower triangle, then forward and back substitution. */
function solvePositiveDefinite(matrix: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  for (let i = 0; i < size; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = matrix[i][j];
      for (let k = 0; k < j; k += 1) sum -= matrix[i][k] * matrix[j][k];
      matrix[i][j] = i === j ? Math.sqrt(Math.max(sum, Number.MIN_VALUE)) : sum / matrix[j][j];
    }
  }
  const solution = Float64Array.from(right);
  for (let i = 0; i < size; i += 1) {
    for (let k = 0; k < i; k += 1) solution[i] -= matrix[i][k] * solution[k];
    solution[i] /= matrix[i][i];
  }
  for (let i = size - 1; i >= 0; i -= 1) {
    for (let k = i + 1; k < size; k += 1) solution[i] -= matrix[k][i] * solution[k];
    solution[i] /= matrix[i][i];
  }
  return solution;
}
