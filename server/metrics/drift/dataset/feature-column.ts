/** One feature of many rows. Missing is NaN in a numeric column and null in a categorical one. */
export type FeatureColumn =
  | { name: string; kind: 'numeric'; values: ArrayLike<number> }
  | { name: string; kind: 'categorical'; values: readonly (string | null)[] };

/**
 * Rows of a table of columns.
 *
 * @throws RangeError when columns differ in length
 */
export function rowsOf(columns: readonly FeatureColumn[]): number {
  const n = columns.length === 0 ? 0 : columns[0].values.length;
  for (const column of columns) {
    if (column.values.length !== n) {
      throw new RangeError(
        `all columns must have the same rows; ${columns[0].name} has ${n}, ${column.name} ${column.values.length}`,
      );
    }
  }
  return n;
}

/**
 * The column that a fitted model expects, by its name.
 *
 * @throws RangeError when the window lacks it or holds another kind
 */
export function columnNamed(
  columns: readonly FeatureColumn[],
  name: string,
  kind: FeatureColumn['kind'],
): FeatureColumn {
  const column = columns.find((one) => one.name === name);
  if (column === undefined) throw new RangeError(`the window has no column ${name}, which the reference had`);
  if (column.kind !== kind)
    throw new RangeError(`column ${name} was ${kind} in the reference and is ${column.kind} now`);
  return column;
}
