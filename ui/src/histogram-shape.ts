import type { FeatureOverlay } from '../../server/schemas/drift.schema.ts';
import { formatNumber } from './format.ts';

export type Bin = FeatureOverlay['bins'][number];
type BoundedBin = Bin & { lower: number; upper: number };

export type BinShare = { label: string; reference: number; current: number };

/** Counts as shares of all rows, so that windows of different size may be compared. */
export function binShares(bins: Bin[], nReference: number, nCurrent: number): BinShare[] {
  return bins.map((bin) => ({
    label:
      bin.lower === null || bin.upper === null ? bin.label : `${formatNumber(bin.lower)} to ${formatNumber(bin.upper)}`,
    reference: nReference > 0 ? bin.reference / nReference : 0,
    current: nCurrent > 0 ? bin.current / nCurrent : 0,
  }));
}

export function boundedBins(bins: Bin[]): BoundedBin[] {
  return bins.filter((bin): bin is BoundedBin => !bin.special && bin.lower !== null && bin.upper !== null);
}

/** Rows per unit of the feature: bins of unequal width become comparable by area. */
export function densities(bins: BoundedBin[], side: 'reference' | 'current', n: number): number[] {
  return bins.map((bin) => (n > 0 && bin.upper > bin.lower ? bin[side] / n / (bin.upper - bin.lower) : 0));
}

/** Quantiles read off the cumulative counts, values spread evenly inside a bin. Empty when nothing was counted. */
export function binQuantiles(bins: BoundedBin[], side: 'reference' | 'current', probabilities: number[]): number[] {
  const total = bins.reduce((sum, bin) => sum + bin[side], 0);
  if (total === 0) return [];
  return probabilities.map((probability) => {
    let left = probability * total;
    for (const bin of bins) {
      if (left <= bin[side] && bin[side] > 0) return bin.lower + ((bin.upper - bin.lower) * left) / bin[side];
      left -= bin[side];
    }
    return bins[bins.length - 1].upper;
  });
}

/** The middle 99 % of both sides: what the value axis shows, so that one outlier does not flatten the picture. */
export function centralRange(bins: BoundedBin[]): [number, number] {
  const ends = (['reference', 'current'] as const).flatMap((side) => binQuantiles(bins, side, [0.005, 0.995]));
  if (ends.length === 0) return bins.length > 0 ? [bins[0].lower, bins[bins.length - 1].upper] : [0, 1];
  return [Math.min(...ends), Math.max(...ends)];
}
