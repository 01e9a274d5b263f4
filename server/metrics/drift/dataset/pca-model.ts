import { locationAndSpread } from '../../support/binning/location-and-spread.ts';
import { compareUtf8 } from '../../support/binning/compare-utf8.ts';
import { columnNamed, rowsOf } from './feature-column.ts';
import type { FeatureColumn } from './feature-column.ts';
import { symmetricEigen } from './symmetric-eigen.ts';

/** How one column becomes a standardised number: (encoded − mean)/std, categories encoded as their reference share. */
export type ColumnEncoding = {
  name: string;
  kind: FeatureColumn['kind'];
  mean: number;
  std: number;
  /** Stands for a missing value, before standardising. */
  fill: number;
  /** Share of each category in the reference; a category it never held has 0. */
  shares: Readonly<Record<string, number>>;
};

/** Fitted once on the reference and stored; small, plain data. */
export type PcaModel = {
  columns: ColumnEncoding[];
  /** components[k] is a unit vector over `columns`. */
  components: number[][];
  /** Share of variance that the kept components explain. */
  explainedShare: number;
};

const EXPLAINED_SHARE_MIN = 0.65;

function sharesOf(values: readonly (string | null)[]): { shares: Record<string, number>; mostFrequent: number } {
  const counts = new Map<string, number>();
  let present = 0;
  for (const value of values) {
    if (value === null) continue;
    counts.set(value, (counts.get(value) ?? 0) + 1);
    present += 1;
  }
  const ordered = [...counts].sort(([a, countA], [b, countB]) => countB - countA || compareUtf8(a, b));
  const shares = Object.fromEntries(ordered.map(([category, count]) => [category, count / present]));
  return { shares, mostFrequent: ordered.length === 0 ? 0 : ordered[0][1] / present };
}

function encode(column: FeatureColumn, encoding: Pick<ColumnEncoding, 'fill' | 'shares'>): Float64Array {
  const { fill, shares } = encoding;
  if (column.kind === 'numeric') {
    return Float64Array.from(column.values, (value) => (Number.isFinite(value) ? value : fill));
  }
  return Float64Array.from(column.values, (value) =>
    value === null ? fill : Object.hasOwn(shares, value) ? shares[value] : 0,
  );
}

function fitColumn(column: FeatureColumn): ColumnEncoding {
  const { name, kind } = column;
  if (column.kind === 'numeric') {
    const finite = Float64Array.from(column.values).filter(Number.isFinite);
    const fill = locationAndSpread(finite).mean;
    const { mean, std } = locationAndSpread(encode(column, { fill, shares: {} }));
    return { name, kind, mean, std, fill, shares: {} };
  }
  const { shares, mostFrequent } = sharesOf(column.values);
  const { mean, std } = locationAndSpread(encode(column, { fill: mostFrequent, shares }));
  return { name, kind, mean, std, fill: mostFrequent, shares };
}

/** Columns of a window as the model sees them: encoded, imputed, standardised by the reference. */
export function standardise(model: Pick<PcaModel, 'columns'>, columns: readonly FeatureColumn[]): Float64Array[] {
  return model.columns.map((encoding) => {
    const column = columnNamed(columns, encoding.name, encoding.kind);
    return encode(column, encoding).map((value) => (value - encoding.mean) / encoding.std);
  });
}

function correlations(standardised: readonly Float64Array[]): Float64Array[] {
  const matrix = standardised.map(() => new Float64Array(standardised.length));
  standardised.forEach((left, i) => {
    for (let j = 0; j <= i; j += 1) {
      const right = standardised[j];
      let sum = 0;
      for (let row = 0; row < left.length; row += 1) sum += left[row] * right[row];
      matrix[i][j] = sum / left.length;
      matrix[j][i] = matrix[i][j];
    }
  });
  return matrix;
}

/**
 * Fit the principal components of the reference.
 *
 * Definition: numeric columns imputed with their mean, categorical ones with their most frequent value and encoded as
 * its share in the reference; standardised by the reference (ddof 0), constant columns dropped; the fewest components
 * that explain at least 65 % of the variance.
 *
 * @param reference columns of the same length
 * @returns the model, or null when fewer than two columns vary: then there is no structure to learn
 * @throws RangeError when columns differ in length
 *
 * Reference: Jolliffe, *Principal Component Analysis*, Springer 2002. Cost: O(rows × columns² + columns³), once.
 */
export function fitPca(reference: readonly FeatureColumn[]): PcaModel | null {
  if (rowsOf(reference) < 2) return null;
  const columns = reference.map(fitColumn).filter(({ std }) => std > 0);
  if (columns.length < 2) return null;
  const { values, vectors } = symmetricEigen(correlations(standardise({ columns }, reference)));
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0);
  let explained = 0;
  let kept = 0;
  // The slack keeps rounding from deciding at a share that is exactly the limit.
  while (kept < values.length && explained < (EXPLAINED_SHARE_MIN - 1e-12) * total) {
    explained += Math.max(0, values[kept]);
    kept += 1;
  }
  const components = vectors.slice(0, kept).map((vector) => [...vector]);
  return { columns, components, explainedShare: explained / total };
}
