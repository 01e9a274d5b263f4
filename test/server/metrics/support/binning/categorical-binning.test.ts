import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { categoricalLayout } from '../../../../../server/metrics/support/binning/bin-layout.ts';
import {
  categoricalBinning,
  categoricalBinningFromCounts,
} from '../../../../../server/metrics/support/binning/categorical-binning.ts';
import { compareUtf8 } from '../../../../../server/metrics/support/binning/compare-utf8.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 6 });

describe('categorical binning', () => {
  it('keeps the commonest categories, ties in UTF-8 byte order, and remembers the rest', () => {
    const counts = new Map([
      ['a', 500],
      ['b', 300],
      ['d', 90],
      ['c', 90],
      ['e', 20],
    ]);
    const binning = categoricalBinningFromCounts(counts, { maxCategories: 3 });
    expect(binning.categories).toEqual(['a', 'b', 'c']);
    expect(binning.known).toEqual(['d', 'e']);
    expect(binning.method).toBe('reference_top_3');
  });

  it('the empty string is a category, null and undefined are none', () => {
    expect(categoricalBinning(['', null, undefined, '']).categories).toEqual(['']);
    expect(categoricalBinning([null, undefined]).categories).toEqual([]);
  });

  it('remembers no more than the dictionary may hold', () => {
    const binning = categoricalBinning(['a', 'b', 'c', 'd', 'e'], { maxCategories: 2, dictionaryMax: 4 });
    expect([...binning.categories, ...binning.known]).toEqual(['a', 'b', 'c', 'd']);
  });

  it('a category that was retracted to zero rows was not seen', () => {
    expect(categoricalBinningFromCounts(new Map([['a', 0]])).categories).toEqual([]);
  });

  it('does not depend on the order of rows', () => {
    fc.assert(
      fc.property(fc.array(text), (values) => {
        expect(categoricalBinning(values.toReversed())).toEqual(categoricalBinning(values));
      }),
    );
  });

  it('bins come before the counters that are no bins', () => {
    const layout = categoricalLayout({ categories: ['a', 'b'] });
    expect(layout).toEqual({ kept: 2, other: 2, missing: 3, bins: 4, unseen: 4, typeMismatch: 5, size: 6 });
  });
});

describe('order by UTF-8 bytes', () => {
  it('agrees with comparing the encoded bytes', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(compareUtf8(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
    expect(compareUtf8('\u{1F600}', '￿')).toBeGreaterThan(0);
  });
});
