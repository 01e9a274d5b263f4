import type { FeatureQualityCounts } from './feature-quality-counts.ts';

/** What a schema says of a field. Ranges are closed. */
export type FieldRule =
  { type: 'number'; minimum?: number; maximum?: number } | { type: 'category'; referenceCategories: readonly string[] };

export type LoggedRow = { predictionId: string; values: Readonly<Record<string, unknown>> };

export type DataQualityCounts = {
  /** Rows received, repeats included. */
  rows: number;
  duplicates: number;
  fields: Map<string, FeatureQualityCounts>;
};

/**
 * Quality counts of rows in hand, against a schema: what is missing, of the wrong type, out of range or unseen?
 *
 * The same rules that tallies follow, for files before they are imported: a repeated prediction id counts once, missing
 * is null or absent, the empty string is a value, a mismatch is counted over present values and is not range-checked.
 *
 * @param rows in order of arrival; the first row of an id is the one that counts
 * @param schema rule per field
 *
 * Cost: O(rows × fields).
 *
 * @example
 * dataQualityCounts(rows, new Map([['age', { type: 'number', minimum: 0, maximum: 120 }]])).fields.get('age');
 */
export function dataQualityCounts(
  rows: readonly LoggedRow[],
  schema: ReadonlyMap<string, FieldRule>,
): DataQualityCounts {
  const firstById = new Map<string, LoggedRow>();
  for (const row of rows) if (!firstById.has(row.predictionId)) firstById.set(row.predictionId, row);
  const distinct = [...firstById.values()];
  return {
    rows: rows.length,
    duplicates: rows.length - distinct.length,
    fields: new Map([...schema].map(([name, rule]) => [name, countField(distinct, name, rule)])),
  };
}

function countField(rows: readonly LoggedRow[], name: string, rule: FieldRule): FeatureQualityCounts {
  const counts = { n: rows.length, missing: 0, typeMismatch: 0, outOfRange: 0, unseen: 0 };
  const known = rule.type === 'category' ? new Set(rule.referenceCategories) : null;
  for (const { values } of rows) {
    const value = values[name];
    if (value === null || value === undefined) counts.missing += 1;
    else if (rule.type === 'number') {
      if (typeof value !== 'number') counts.typeMismatch += 1;
      else if (isOutside(value, rule)) counts.outOfRange += 1;
    } else if (typeof value !== 'string') counts.typeMismatch += 1;
    else if (!known?.has(value)) counts.unseen += 1;
  }
  return counts;
}

function isOutside(value: number, rule: { minimum?: number; maximum?: number }): boolean {
  return value < (rule.minimum ?? Number.NEGATIVE_INFINITY) || value > (rule.maximum ?? Number.POSITIVE_INFINITY);
}
