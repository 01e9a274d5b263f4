import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numericBin } from '../../../../../server/metrics/support/binning/bin-index.ts';
import { numericLayout } from '../../../../../server/metrics/support/binning/bin-layout.ts';
import { mergeBinPairs, mergeEdgePairs } from '../../../../../server/metrics/support/binning/merge-bin-pairs.ts';
import { numericBinning } from '../../../../../server/metrics/support/binning/numeric-binning.ts';

function tally(edges: readonly number[], values: readonly number[]): Float64Array {
  const counts = new Float64Array(numericLayout({ edges: [...edges] }).bins);
  for (const value of values) counts[numericBin(edges, value)] += 1;
  return counts;
}

describe('merging bins in pairs', () => {
  it('gives the counts that the merged edges would have given', () => {
    const values = fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 2, maxLength: 120 });
    fc.assert(
      fc.property(values, fc.array(fc.double({ noNaN: false }), { maxLength: 30 }), (reference, current) => {
        const { edges } = numericBinning(reference);
        const regular = edges.length - 1;
        fc.pre(regular >= 2);
        const merged = mergeBinPairs(tally(edges, current), regular);
        expect([...merged]).toEqual([...tally(mergeEdgePairs(edges), current)]);
      }),
    );
  });

  it('keeps an odd last bin alone and everything behind the regular bins', () => {
    expect([...mergeBinPairs([1, 2, 3, 9, 8], 3)]).toEqual([3, 3, 9, 8]);
    expect([...mergeBinPairs([9, 8], 0)]).toEqual([9, 8]);
  });
});
