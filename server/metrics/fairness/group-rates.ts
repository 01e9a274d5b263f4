import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { InsufficientReason, MetricResult } from '../../domain/metric-result.ts';
import type { BinaryTally } from '../../domain/outcome-tally.ts';
import { labelCoverage } from '../performance/label-evidence.ts';
import { wilsonInterval } from '../support/intervals/wilson-interval.ts';
import type { FairnessRules } from './fairness-options.ts';
import { fairnessRates } from './rate-catalog.ts';
import type { FairnessRateId, GroupCounts } from './rate-catalog.ts';

/** A group that was not compared, and why. `n` null: fewer rows than may be shown. */
export type LeftOutGroup = { group: string; reason: InsufficientReason; n: number | null; nMin?: number };

/** A group with enough rows: its rate and the counts behind it. */
export type ComparedGroup = GroupCounts & { group: string; value: number };

/** One rate over all groups, split into those that can be compared and those that cannot. */
export type GroupRates = {
  rate: FairnessRateId;
  compared: ComparedGroup[];
  leftOut: LeftOutGroup[];
  /** All rows of the window, also those of groups that were left out. */
  overall: GroupCounts;
};

/**
 * Rates per group: who gets how much of what?
 *
 * A group needs `groupNMin` rows (30) and `denominatorMin` rows (20) in the denominator of a conditional rate. Smaller
 * ones are named in `leftOut`, take no part in comparisons and stay in the overall rate; under `hiddenBelowN` rows (10)
 * their size is hidden too. Groups are in order of their names, so that nothing depends on insertion.
 *
 * @param groups tally per group of one sensitive feature or declared intersection
 * @param overall tally of all rows of the window, also those without a known group
 */
export function groupRates(
  rate: FairnessRateId,
  groups: ReadonlyMap<string, BinaryTally>,
  overall: BinaryTally,
  rules: FairnessRules,
): GroupRates {
  const compared: ComparedGroup[] = [];
  const leftOut: LeftOutGroup[] = [];
  for (const group of [...groups.keys()].sort()) {
    const tally = groups.get(group);
    if (!tally) continue;
    const counts = fairnessRates[rate].count(tally, rules.threshold);
    const gap = groupGap(counts, rules);
    if (gap) leftOut.push({ group, ...gap });
    else compared.push({ group, ...counts, value: counts.numerator / counts.denominator });
  }
  return { rate, compared, leftOut, overall: fairnessRates[rate].count(overall, rules.threshold) };
}

function groupGap(counts: GroupCounts, rules: FairnessRules): Omit<LeftOutGroup, 'group'> | null {
  const { rows, denominator } = counts;
  if (!(rows > 0)) return { reason: 'group_empty', n: 0 };
  const shown = rows < rules.hiddenBelowN ? null : rows;
  if (rows < rules.groupNMin) return { reason: 'n_below_minimum', n: shown, nMin: rules.groupNMin };
  if (!(denominator > 0)) return { reason: 'zero_denominator', n: 0 };
  if (denominator < rules.denominatorMin) {
    return { reason: 'n_below_minimum', n: denominator, nMin: rules.denominatorMin };
  }
  return null;
}

/**
 * The rate of one group (or of everybody) as a metric, with its Wilson interval.
 * A hidden group says only that it is below the minimum: its `n` is given as 0.
 */
export function groupRateResult(rate: FairnessRateId, tally: BinaryTally, rules: FairnessRules): MetricResult {
  if (!(tally.total > 0)) return noData;
  const counts = fairnessRates[rate].count(tally, rules.threshold);
  const gap = groupGap(counts, rules);
  if (gap) return insufficientEvidence(gap.reason, gap.n ?? 0, gap.nMin);
  return metricValue(counts.numerator / counts.denominator, counts.denominator, rateDefinition(rate, rules), {
    interval: wilsonInterval(counts.numerator, counts.denominator, rules.level),
    labelCoverage: fairnessRates[rate].needsLabels ? labelCoverage(tally) : undefined,
  });
}

/** `rate=selection_rate threshold=logged min_group_n=30 min_denominator=20`. */
export function rateDefinition(rate: FairnessRateId, rules: FairnessRules): string {
  return `${rate}/1 ${ruleDefinition(rules)}`;
}

export function ruleDefinition(rules: FairnessRules): string {
  const { threshold, groupNMin, denominatorMin } = rules;
  return `threshold=${threshold ?? 'logged'} min_group_n=${groupNMin} min_denominator=${denominatorMin}`;
}
