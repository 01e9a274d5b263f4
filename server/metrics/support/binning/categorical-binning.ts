import type { CategoricalBinning } from '../../../domain/binning.ts';
import { compareUtf8 } from './compare-utf8.ts';

export type CategoricalBinningOptions = {
  /** Categories with a bin of their own; 50 unless said. */
  maxCategories?: number;
  /** Size of the whole dictionary, kept and known together; 10,000 unless said. */
  dictionaryMax?: number;
};

/**
 * Binning of a categorical feature from the counts of its reference: which categories deserve a bin of their own?
 *
 * Definition (`reference_top_50`): categories by descending count, ties by UTF-8 byte order; the first `maxCategories`
 * are kept, the rest and everything unseen share the bin `other`; null and absent have `missing`. The empty string is a
 * category. The rest of the dictionary is remembered in `known`, so that values the reference never held (`unseen`) can
 * be told apart from rare ones.
 *
 * @param counts rows per category; categories with a count of 0 or less were not seen and are left out
 * @throws RangeError when `maxCategories` is not a whole number ≥ 1
 *
 * Cost: O(c log c) in the number of categories c.
 *
 * @example
 * categoricalBinningFromCounts(new Map([['b', 3], ['a', 3], ['c', 9]]), { maxCategories: 2 }).categories; // ['c', 'a']
 */
export function categoricalBinningFromCounts(
  counts: ReadonlyMap<string, number>,
  options: CategoricalBinningOptions = {},
): CategoricalBinning {
  const { maxCategories = 50, dictionaryMax = 10_000 } = options;
  if (!Number.isInteger(maxCategories) || maxCategories < 1) {
    throw new RangeError(`maxCategories must be a whole number of at least 1, got ${maxCategories}`);
  }
  const ordered = [...counts]
    .filter(([, count]) => count > 0)
    .sort(([a, countA], [b, countB]) => countB - countA || compareUtf8(a, b))
    .map(([category]) => category);
  return {
    kind: 'categorical',
    categories: ordered.slice(0, maxCategories),
    known: ordered.slice(maxCategories, Math.max(maxCategories, dictionaryMax)),
    method: `reference_top_${maxCategories}`,
  };
}

/**
 * The same from the reference values themselves; null and undefined are missing and make no category.
 *
 * @example
 * categoricalBinning(['de', 'fr', 'de', null]).categories; // ['de', 'fr']
 */
export function categoricalBinning(
  values: Iterable<string | null | undefined>,
  options: CategoricalBinningOptions = {},
): CategoricalBinning {
  const counts = new Map<string, number>();
  for (const value of values) {
    if (value !== null && value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return categoricalBinningFromCounts(counts, options);
}
