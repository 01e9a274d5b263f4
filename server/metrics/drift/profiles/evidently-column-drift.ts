import { locationAndSpread } from '../../support/binning/location-and-spread.ts';
import { sortedFinite } from '../../support/numerics/sorted-finite.ts';
import { kolmogorovSmirnovExactP, kolmogorovSmirnovAsymptoticP } from '../kolmogorov-smirnov-p-value.ts';
import { kolmogorovSmirnovStatistic } from '../kolmogorov-smirnov.ts';
import { twoProportionZOf, twoSidedNormalP } from '../two-proportion-z.ts';
import { wassersteinDistanceOf } from '../wasserstein-distance.ts';
import { evidentlyCategoricalBins, evidentlyNumericBins } from './evidently-bins.ts';
import type { PairedCounts } from './evidently-bins.ts';
import { chiSquareGoodnessOfFit, evidentlyJensenShannon } from './evidently-divergences.ts';

export type EvidentlyTest = 'z' | 'chisquare' | 'ks' | 'wasserstein' | 'jensenshannon';

export type ProfileDrift = {
  profile: 'evidently';
  test: EvidentlyTest;
  value: number;
  threshold: number;
  isDrifted: boolean;
};

const SMALL_REFERENCE_MAX = 1000;
const EXACT_SIZE_MAX = 10_000;
const STD_MIN = 0.001;

/**
 * Which test does Evidently take? By size of the reference n and its distinct values k:
 * n ≤ 1000: k ≤ 2 z, numeric k > 5 KS, otherwise chi-square; n > 1000: numeric k > 5 Wasserstein, otherwise
 * Jensen-Shannon.
 */
export function evidentlyTestFor(kind: 'numeric' | 'categorical', n: number, distinct: number): EvidentlyTest {
  const isContinuous = kind === 'numeric' && distinct > 5;
  if (n > SMALL_REFERENCE_MAX) return isContinuous ? 'wasserstein' : 'jensenshannon';
  if (distinct <= 2) return 'z';
  return isContinuous ? 'ks' : 'chisquare';
}

function distanceAlarm(test: EvidentlyTest, value: number): ProfileDrift {
  return { profile: 'evidently', test, value, threshold: 0.1, isDrifted: value >= 0.1 };
}

function pAlarm(test: EvidentlyTest, value: number): ProfileDrift {
  return {
    profile: 'evidently',
    test,
    value,
    threshold: 0.05,
    isDrifted: test === 'ks' ? value <= 0.05 : value < 0.05,
  };
}

function zTest({ reference, current }: PairedCounts): ProfileDrift {
  const total = (counts: readonly number[]): number => counts.reduce((sum, count) => sum + count, 0);
  const left = { positive: reference[0], n: total(reference) };
  return pAlarm('z', twoSidedNormalP(twoProportionZOf(left, { positive: current[0], n: total(current) })));
}

function fromCounts(test: EvidentlyTest, counts: PairedCounts): ProfileDrift {
  if (test === 'z') return zTest(counts);
  if (test === 'chisquare') return pAlarm(test, chiSquareGoodnessOfFit(counts));
  return distanceAlarm(test, evidentlyJensenShannon(counts));
}

function normedWasserstein(reference: Float64Array, current: Float64Array): number {
  return wassersteinDistanceOf(reference, current) / Math.max(locationAndSpread(reference).std, STD_MIN);
}

function smirnovP(reference: Float64Array, current: Float64Array): number {
  const statistic = kolmogorovSmirnovStatistic(reference, current);
  const isExact = Math.max(reference.length, current.length) <= EXACT_SIZE_MAX;
  return (isExact ? kolmogorovSmirnovExactP : kolmogorovSmirnovAsymptoticP)(
    statistic,
    reference.length,
    current.length,
  );
}

/**
 * Drift of one numeric column by Evidently's defaults.
 *
 * @returns null when a side holds no finite value
 */
export function evidentlyNumericDrift(reference: ArrayLike<number>, current: ArrayLike<number>): ProfileDrift | null {
  const left = sortedFinite(reference);
  const right = sortedFinite(current);
  if (left.length === 0 || right.length === 0) return null;
  const test = evidentlyTestFor('numeric', left.length, new Set(left).size);
  if (test === 'wasserstein') return distanceAlarm(test, normedWasserstein(left, right));
  if (test === 'ks') return pAlarm(test, smirnovP(left, right));
  return fromCounts(test, evidentlyNumericBins(left, right));
}

/**
 * Drift of one categorical column by Evidently's defaults.
 *
 * @returns null when a side holds no value
 */
export function evidentlyCategoricalDrift(
  reference: readonly (string | null)[],
  current: readonly (string | null)[],
): ProfileDrift | null {
  const left = reference.filter((value) => value !== null);
  const right = current.filter((value) => value !== null);
  if (left.length === 0 || right.length === 0) return null;
  const test = evidentlyTestFor('categorical', left.length, new Set(left).size);
  return fromCounts(test, evidentlyCategoricalBins(left, right));
}

/** Evidently calls a data set drifted when at least half of its columns are. */
export function evidentlyDatasetDrift(columns: readonly ProfileDrift[]): { share: number; isDrifted: boolean } {
  const share = columns.length === 0 ? 0 : columns.filter(({ isDrifted }) => isDrifted).length / columns.length;
  return { share, isDrifted: columns.length > 0 && share >= 0.5 };
}
