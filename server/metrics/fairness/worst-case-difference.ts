import { metricValue } from '../../domain/metric-result.ts';
import { newcombeInterval } from '../support/intervals/newcombe-interval.ts';
import type { FairnessRules } from './fairness-options.ts';
import { pairCount, tooFewGroups, worstCaseLevel } from './group-comparison.ts';
import type { GroupComparison } from './group-comparison.ts';
import { ruleDefinition } from './group-rates.ts';
import type { ComparedGroup, GroupRates } from './group-rates.ts';

/** The two groups with the lowest and the highest rate; ties go to the first name. */
export function extremeGroups(compared: readonly ComparedGroup[]): { low: ComparedGroup; high: ComparedGroup } {
  let low = compared[0];
  let high = compared[0];
  for (const group of compared) {
    if (group.value < low.value) low = group;
    if (group.value > high.value) high = group;
  }
  return { low, high };
}

/**
 * Worst-case difference of a rate between groups: max − min.
 *
 * Definition: largest minus smallest group rate; interval Newcombe of the extreme pair at level 1 − 0.05/(G(G−1)/2),
 * because the extreme of many pairs is shown: with no disparity at all, max − min of ten groups of 100 rows at rate 0.3
 * averages 0.14.
 *
 * @returns 0..1; 0 means the same rate in all groups
 *
 * Reference: Newcombe 1998; Bonferroni; conventions of fairlearn/fairlearn `MetricFrame.difference`. Cost: O(groups).
 */
export function worstCaseDifference(id: string, rates: GroupRates, rules: FairnessRules): GroupComparison {
  const { compared, leftOut } = rates;
  if (compared.length < 2) return tooFewGroups(id, rates.overall.rows, leftOut);
  const { low, high } = extremeGroups(compared);
  const interval = newcombeInterval(
    successes(high),
    successes(low),
    worstCaseLevel(rules.level, pairCount(compared.length)),
  );
  const n = compared.reduce((sum, group) => sum + group.denominator, 0);
  const definition = `${id}/1 rate=${rates.rate} form=max_minus_min groups=${compared.length} ${ruleDefinition(rules)}`;
  return {
    id,
    result: metricValue(high.value - low.value, n, definition, { interval }),
    pair: { low: low.group, high: high.group },
    leftOut,
  };
}

/** Counts in the shape of the interval functions. */
export function successes(group: { numerator: number; denominator: number }): { successes: number; n: number } {
  return { successes: group.numerator, n: group.denominator };
}
