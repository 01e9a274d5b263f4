import type { BinaryTally } from '../../domain/outcome-tally.ts';
import { fairnessRules } from './fairness-options.ts';
import type { FairnessOptions } from './fairness-options.ts';
import type { GroupComparison } from './group-comparison.ts';
import { groupRates } from './group-rates.ts';
import type { FairnessRateId } from './rate-catalog.ts';
import { differenceToOverall, ratioToOverall } from './to-overall.ts';
import { worstCaseDifference } from './worst-case-difference.ts';
import { worstCaseRatio } from './worst-case-ratio.ts';

/** Tally per group of one sensitive feature or declared intersection. */
export type GroupTallies = ReadonlyMap<string, BinaryTally>;

export type ParityOptions = FairnessOptions & {
  /** Compare the groups with each other (default) or each with everybody. */
  against?: 'groups' | 'overall';
};

/** A parity difference of any rate: max − min over groups, or the largest distance to the overall rate. */
export function rateDifference(
  parity: { id: string; rate: FairnessRateId },
  groups: GroupTallies,
  overall: BinaryTally,
  options: ParityOptions,
): GroupComparison {
  const rules = fairnessRules(options);
  const rates = groupRates(parity.rate, groups, overall, rules);
  const compare = options.against === 'overall' ? differenceToOverall : worstCaseDifference;
  return compare(parity.id, rates, rules);
}

/** A parity ratio of any rate: min/max over groups, or the smallest ratio to the overall rate. */
export function rateRatio(
  parity: { id: string; rate: FairnessRateId },
  groups: GroupTallies,
  overall: BinaryTally,
  options: ParityOptions,
): GroupComparison {
  const rules = fairnessRules(options);
  const rates = groupRates(parity.rate, groups, overall, rules);
  const compare = options.against === 'overall' ? ratioToOverall : worstCaseRatio;
  return compare(parity.id, rates, rules);
}
