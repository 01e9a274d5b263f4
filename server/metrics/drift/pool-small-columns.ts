export type PooledTable = {
  reference: number[];
  current: number[];
  /** Columns that were put into one. */ pooled: number;
};

/** All expected cells at least this, … */
const EXPECTED_MIN = 1;
/** … and this share of them at least EXPECTED_GOOD. */
const GOOD_SHARE_MIN = 0.8;
const EXPECTED_GOOD = 5;

/** Cochran's rule on the expected counts of a 2×K table. */
function holdsCochran(totals: readonly number[], shareReference: number): boolean {
  let good = 0;
  for (const total of totals) {
    const smaller = total * Math.min(shareReference, 1 - shareReference);
    const larger = total - smaller;
    if (smaller < EXPECTED_MIN) return false;
    good += (smaller >= EXPECTED_GOOD ? 1 : 0) + (larger >= EXPECTED_GOOD ? 1 : 0);
  }
  return good >= GOOD_SHARE_MIN * 2 * totals.length;
}

/**
 * Put the smallest columns of a 2×K table into one until a chi-square test may be trusted.
 *
 * Definition: columns empty on both sides are dropped; while an expected count is below 1, or more than 20 % of them
 * are below 5, one more of the smallest columns goes into a common `other` column.
 *
 * @returns the table, or null when no more than one of several columns would be left, or no column holds the rule
 *
 * Reference: Cochran 1954, doi:10.2307/3001616. Cost: O(K²) in the worst case, a sort in the usual one.
 *
 * @example
 * poolSmallColumns([50, 40, 3, 1], [45, 44, 2, 2]); // reference [4, 40, 50], pooled 2
 */
export function poolSmallColumns(reference: ArrayLike<number>, current: ArrayLike<number>): PooledTable | null {
  const columns = Array.from(reference, (r, i) => ({ r, c: current[i] }))
    .filter(({ r, c }) => r > 0 || c > 0)
    .sort((a, b) => a.r + a.c - (b.r + b.c));
  const nReference = columns.reduce((sum, { r }) => sum + r, 0);
  const n = columns.reduce((sum, { r, c }) => sum + r + c, 0);
  for (let pooled = 0; pooled < columns.length; pooled += 1) {
    if (pooled === 1) continue;
    const other = columns.slice(0, pooled).reduce((sum, { r, c }) => ({ r: sum.r + r, c: sum.c + c }), { r: 0, c: 0 });
    const table = pooled === 0 ? columns : [other, ...columns.slice(pooled)];
    const totals = table.map(({ r, c }) => r + c);
    if ((table.length > 1 || columns.length === 1) && holdsCochran(totals, nReference / n)) {
      return { reference: table.map(({ r }) => r), current: table.map(({ c }) => c), pooled };
    }
  }
  return null;
}
