import { describe, expect, test } from 'vitest';
import {
  binQuantiles,
  binShares,
  boundedBins,
  centralRange,
  densities,
  type Bin,
} from '../../ui/src/histogram-shape.ts';

function bin(lower: number | null, upper: number | null, reference: number, current: number, special = false): Bin {
  return { label: special ? 'missing' : '', lower, upper, special, reference, current };
}

const bins = [bin(0, 10, 50, 10), bin(10, 30, 50, 90), bin(null, null, 0, 25, true)];

describe('histogram', () => {
  test('shares are of all rows, missing ones included', () => {
    const shares = binShares(bins, 100, 125);
    expect(shares.map((share) => share.current)).toEqual([0.08, 0.72, 0.2]);
    expect(shares[0].label).toBe('0 to 10');
  });

  test('no rows give shares of zero, not "not a number"', () => {
    expect(binShares(bins, 0, 0).every((share) => share.current === 0 && share.reference === 0)).toBe(true);
  });

  test('areas, not heights, add up to the share of rows in the bins', () => {
    const regular = boundedBins(bins);
    const area = densities(regular, 'current', 125).reduce(
      (sum, d, i) => sum + d * (regular[i].upper - regular[i].lower),
      0,
    );
    expect(area).toBeCloseTo(100 / 125, 12);
  });

  test('quantiles are read off inside the bin', () => {
    expect(binQuantiles(boundedBins(bins), 'reference', [0.25, 0.5, 0.75])).toEqual([5, 10, 20]);
    expect(binQuantiles([], 'reference', [0.5])).toEqual([]);
  });

  test('one far outlier does not flatten the axis', () => {
    const [, high] = centralRange([...boundedBins(bins), ...boundedBins([bin(30, 1e9, 0, 0)])]);
    expect(high).toBeLessThanOrEqual(30);
  });
});
