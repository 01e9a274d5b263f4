import { categoricalBinning } from '../../support/binning/categorical-binning.ts';
import { locationAndSpread } from '../../support/binning/location-and-spread.ts';
import { columnNamed } from './feature-column.ts';
import type { FeatureColumn } from './feature-column.ts';
import { SparseRowsBuilder } from './sparse-rows.ts';
import type { SparseRows } from './sparse-rows.ts';

/** A column of the design matrix, for showing which feature gives a window away. */
export type DesignTerm = { feature: string; term: string };

export type Design = { matrix: SparseRows; terms: DesignTerm[] };

/** Writes the entries of one row of one feature. */
type Encoder = { terms: DesignTerm[]; write: (row: number, firstTerm: number, into: SparseRowsBuilder) => void };

type Source = { column: FeatureColumn; rows: ArrayLike<number> };

/** Numeric: standardised by the reference; a missing or non-finite value is its mean, with an indicator beside it. */
function numericEncoder(reference: Source, sources: readonly Source[]): Encoder {
  const { name } = reference.column;
  const valueAt = ({ column }: Source, row: number): number =>
    column.kind === 'numeric' ? column.values[row] : Number.NaN;
  const finite = Float64Array.from(reference.rows, (row) => valueAt(reference, row)).filter(Number.isFinite);
  const { mean, std } = locationAndSpread(finite);
  const values = sources.flatMap((source) => Array.from(source.rows, (row) => valueAt(source, row)));
  return {
    terms: [
      { feature: name, term: 'value' },
      { feature: name, term: 'missing' },
    ],
    write: (row, firstTerm, into) => {
      const value = values[row];
      if (Number.isFinite(value)) into.add(firstTerm, std > 0 ? (value - mean) / std : value - mean);
      else into.add(firstTerm + 1, 1);
    },
  };
}

/** Categorical: one indicator per category of the reference, one for all others, one for missing. */
function categoricalEncoder(reference: Source, sources: readonly Source[]): Encoder {
  const { name } = reference.column;
  const valueAt = ({ column }: Source, row: number): string | null =>
    column.kind === 'categorical' ? column.values[row] : null;
  const { categories } = categoricalBinning(Array.from(reference.rows, (row) => valueAt(reference, row)));
  const places = new Map(categories.map((category, i) => [category, i]));
  const values = sources.flatMap((source) => Array.from(source.rows, (row) => valueAt(source, row)));
  const other = categories.length;
  return {
    terms: [...categories, 'other', 'missing'].map((term) => ({ feature: name, term })),
    write: (row, firstTerm, into) => {
      const value = values[row];
      into.add(firstTerm + (value === null ? other + 1 : (places.get(value) ?? other)), 1);
    },
  };
}

/**
 * Design matrix of a domain classifier: the chosen reference rows, then the chosen rows of the window.
 *
 * Definition: numeric columns standardised by the reference with a missing indicator, categorical ones one-hot over the
 * reference's first 50 categories, other and missing; the last column is the intercept. Scales and lists come from the
 * reference alone, so that the window cannot hide by stretching them.
 *
 * @throws RangeError when the window lacks a column of the reference or has it in another kind
 */
export function classifierDesign(
  reference: { columns: readonly FeatureColumn[]; rows: ArrayLike<number> },
  current: { columns: readonly FeatureColumn[]; rows: ArrayLike<number> },
): Design {
  const encoders = reference.columns.map((column) => {
    const sources = [
      { column, rows: reference.rows },
      { column: columnNamed(current.columns, column.name, column.kind), rows: current.rows },
    ];
    return column.kind === 'numeric' ? numericEncoder(sources[0], sources) : categoricalEncoder(sources[0], sources);
  });
  const builder = new SparseRowsBuilder();
  const intercept = encoders.reduce((sum, { terms }) => sum + terms.length, 0);
  for (let row = 0; row < reference.rows.length + current.rows.length; row += 1) {
    let firstTerm = 0;
    for (const { terms, write } of encoders) {
      write(row, firstTerm, builder);
      firstTerm += terms.length;
    }
    builder.add(intercept, 1);
    builder.endRow();
  }
  return { matrix: builder.build(intercept + 1), terms: encoders.flatMap(({ terms }) => terms) };
}
