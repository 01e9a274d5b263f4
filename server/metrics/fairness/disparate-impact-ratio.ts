import type { BinaryTally } from '../../domain/outcome-tally.ts';
import { katzLogInterval } from '../support/intervals/katz-log-interval.ts';
import type { GroupComparison } from './group-comparison.ts';
import type { GroupTallies } from './rate-parity.ts';
import { signedComparison } from './signed-comparison.ts';
import type { SignedOptions, SignedStatistic } from './signed-comparison.ts';
import { successes } from './worst-case-difference.ts';

const statistic: SignedStatistic = {
  id: 'disparate_impact_ratio',
  rates: ['selection_rate'],
  value: ({ unprivileged, privileged }) =>
    privileged[0].numerator === 0 ? null : unprivileged[0].value / privileged[0].value,
  interval: ({ unprivileged, privileged }, level) =>
    katzLogInterval(successes(unprivileged[0]), successes(privileged[0]), level),
  distance: (ratio) => (ratio === 0 ? Number.POSITIVE_INFINITY : Math.abs(Math.log(ratio))),
};

/** Bounds inside: lower ≤ ratio ≤ upper passes. A setting, because the sources differ. */
export type ImpactBand = { lower: number; upper: number };

/** Four fifths and its inverse (29 CFR 1607.4(D); dssg/aequitas). */
export const impactBandDefault: ImpactBand = { lower: 0.8, upper: 1.25 };

/**
 * Disparate impact ratio: how large is the unprivileged group's selection rate beside the privileged group's?
 *
 * Reading: 1 the same rate, below 0.8 adverse impact by the four-fifths rule, above 1.25 the same the other way round.
 * The rule itself compares with the *highest* group: `demographicParityRatio`. Worse is both ways.
 * Definition: selection rate unprivileged / privileged; interval Katz. A privileged rate of 0 is `zero_denominator`.
 *
 * @param groups tally per group, 30 predictions each; labels are not needed
 * @param options the `privileged` group; with several others, the farthest from 1 (on the log) is shown
 * @returns a ratio ≥ 0
 * @throws RangeError when the privileged group is not in the window
 *
 * Reference: Feldman et al. 2015, doi:10.1145/2783258.2783311; 29 CFR 1607.4(D). Cost: O(groups).
 *
 * @example
 * disparateImpactRatio(groups, overall, { privileged: 'a' }).result; // 0.9375
 */
export function disparateImpactRatio(
  groups: GroupTallies,
  overall: BinaryTally,
  options: SignedOptions,
): GroupComparison {
  return signedComparison(statistic, groups, overall, options);
}

/**
 * Is a ratio inside the band? The stored double is compared, never a rounded one: 0.7999 does not pass as 0.80.
 *
 * @example
 * isWithinImpactBand(0.8); // true
 */
export function isWithinImpactBand(ratio: number, band: ImpactBand = impactBandDefault): boolean {
  return ratio >= band.lower && ratio <= band.upper;
}
