import { insufficientEvidence, metricValue } from '../../domain/metric-result.ts';
import { katzLogInterval } from '../support/intervals/katz-log-interval.ts';
import type { FairnessRules } from './fairness-options.ts';
import { pairCount, tooFewGroups, withoutValue, worstCaseLevel } from './group-comparison.ts';
import type { GroupComparison } from './group-comparison.ts';
import { ruleDefinition } from './group-rates.ts';
import type { GroupRates } from './group-rates.ts';
import { extremeGroups, successes } from './worst-case-difference.ts';

/**
 * Worst-case ratio of a rate between groups: min/max.
 *
 * Definition: smallest over largest group rate; interval Katz of the extreme pair at level 1 − 0.05/(G(G−1)/2). A
 * largest rate of 0 is `zero_denominator`: nobody has any, which is neither parity nor disparity.
 *
 * @returns 0..1; 1 means the same rate in all groups
 *
 * Reference: Katz et al. 1978; Bonferroni; conventions of fairlearn/fairlearn `MetricFrame.ratio`. Cost: O(groups).
 */
export function worstCaseRatio(id: string, rates: GroupRates, rules: FairnessRules): GroupComparison {
  const { compared, leftOut } = rates;
  if (compared.length < 2) return tooFewGroups(id, rates.overall.rows, leftOut);
  const { low, high } = extremeGroups(compared);
  const n = compared.reduce((sum, group) => sum + group.denominator, 0);
  if (high.numerator === 0) return withoutValue(id, insufficientEvidence('zero_denominator', n), leftOut);
  const interval = katzLogInterval(
    successes(low),
    successes(high),
    worstCaseLevel(rules.level, pairCount(compared.length)),
  );
  const definition = `${id}/1 rate=${rates.rate} form=min_over_max groups=${compared.length} ${ruleDefinition(rules)}`;
  return {
    id,
    result: metricValue(low.value / high.value, n, definition, { interval }),
    pair: { low: low.group, high: high.group },
    leftOut,
  };
}
