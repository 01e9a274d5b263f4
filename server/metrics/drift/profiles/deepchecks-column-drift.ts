import { quantileType7 } from '../../support/numerics/quantile-type-7.ts';
import { sortedFinite } from '../../support/numerics/sorted-finite.ts';
import { cramersVFromChiSquare } from '../cramers-v.ts';
import { occupiedBins, totalOf } from '../count-totals.ts';
import { wassersteinDistanceOf } from '../wasserstein-distance.ts';
import { stabilityIndexOfShares } from './share-divergences.ts';
import { yatesChiSquare } from './yates-chi-square.ts';

const SHARE_MIN = 0.01;

/** PSI of Deepchecks: **every** share at least 0.01, not renormalised. */
export function deepchecksPsi(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const floored = (counts: ArrayLike<number>): Float64Array => {
    const total = totalOf(counts);
    return Float64Array.from(counts, (count) => Math.max(SHARE_MIN, count / total));
  };
  return stabilityIndexOfShares(floored(reference), floored(current));
}

/**
 * Cramér's V of Deepchecks: the larger sample is scaled down to the smaller total and rounded to whole rows, chi-square
 * with Yates' correction on 2×2 tables, then Bergsma's bias correction.
 */
export function deepchecksCramersV(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const smaller = Math.min(totalOf(reference), totalOf(current));
  const scaled = (counts: ArrayLike<number>): Float64Array => {
    const factor = smaller / totalOf(counts);
    return Float64Array.from(counts, (count) => (factor === 1 ? count : Math.round(count * factor)));
  };
  const left = scaled(reference);
  const right = scaled(current);
  const { statistic } = yatesChiSquare(left, right);
  return cramersVFromChiSquare(statistic, totalOf(left) + totalOf(right), occupiedBins(left, right));
}

/**
 * Categories under 1 % of the **reference** go to one `Other` column, which comes last; where it holds no more than 1 %
 * of either side it is left out.
 */
export function deepchecksRareToOther(
  reference: readonly number[],
  current: readonly number[],
): { reference: number[]; current: number[] } {
  const rowsMin = SHARE_MIN * totalOf(reference);
  const isKept = reference.map((rows) => rows >= rowsMin);
  const kept = (counts: readonly number[]): number[] => counts.filter((_, i) => isKept[i]);
  const rare = (counts: readonly number[]): number => totalOf(counts) - totalOf(kept(counts));
  const hasOther = rare(reference) > rowsMin || rare(current) > SHARE_MIN * totalOf(current);
  if (!hasOther) return { reference: kept(reference), current: kept(current) };
  return { reference: [...kept(reference), rare(reference)], current: [...kept(current), rare(current)] };
}

function trimmed(sorted: Float64Array, share: number): Float64Array {
  if (share === 0) return sorted;
  const low = quantileType7(sorted, share);
  const high = quantileType7(sorted, 1 - share);
  return sorted.filter((value) => value >= low && value <= high);
}

/**
 * Wasserstein-1 distance of Deepchecks: both samples scaled to [0, 1] by pooled minimum and maximum first.
 *
 * @param trimShare cut off at each end of each sample before, for example 0.025; 0 unless said
 * @returns distance in [0, 1]; 0 when all values are equal, null when a side holds no finite value
 */
export function deepchecksScaledWasserstein(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  trimShare = 0,
): number | null {
  const left = sortedFinite(reference);
  const right = sortedFinite(current);
  if (left.length === 0 || right.length === 0) return null;
  const a = trimmed(left, trimShare);
  const b = trimmed(right, trimShare);
  const min = Math.min(a[0], b[0]);
  const range = Math.max(a[a.length - 1], b[b.length - 1]) - min;
  if (!(range > 0)) return 0;
  const scale = (values: Float64Array): Float64Array => values.map((value) => (value - min) / range);
  return wassersteinDistanceOf(scale(a), scale(b));
}
