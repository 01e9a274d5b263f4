import { insufficientEvidence, metricValue } from '../../domain/metric-result.ts';
import type { Interval } from '../../domain/metric-result.ts';
import { katzLogInterval } from '../support/intervals/katz-log-interval.ts';
import { newcombeInterval } from '../support/intervals/newcombe-interval.ts';
import type { FairnessRules } from './fairness-options.ts';
import { tooFewGroups, withoutValue, worstCaseLevel } from './group-comparison.ts';
import type { GroupComparison } from './group-comparison.ts';
import { ruleDefinition } from './group-rates.ts';
import type { ComparedGroup, GroupRates } from './group-rates.ts';
import { successes } from './worst-case-difference.ts';

/** The overall rate is w·(group) + (1−w)·(rest): group and rest are independent, group and overall are not. */
type Split = { group: ComparedGroup; weight: number; rest: { numerator: number; denominator: number } };

/**
 * Difference to the overall rate: max |m_g − m_all| over the groups.
 *
 * Definition: with w the group's share of the denominator, m_g − m_all = (1−w)(m_g − m_rest), so the interval is
 * (1−w) times Newcombe's interval of group against rest, at level 1 − 0.05/G.
 *
 * @returns 0..1; 0 means that every group has the overall rate
 *
 * Reference: conventions of fairlearn/fairlearn `MetricFrame.difference(method='to_overall')`. Cost: O(groups).
 */
export function differenceToOverall(id: string, rates: GroupRates, rules: FairnessRules): GroupComparison {
  const splits = splitFromRest(rates);
  if (splits.length === 0) return tooFewGroups(id, rates.overall.rows, rates.leftOut);
  const all = rates.overall.numerator / rates.overall.denominator;
  const worst = farthest(splits, ({ group }) => Math.abs(group.value - all));
  const isAbove = worst.group.value >= all;
  const sides = [successes(worst.group), successes(worst.rest)];
  const [first, second] = isAbove ? sides : [sides[1], sides[0]];
  const apart = newcombeInterval(first, second, worstCaseLevel(rules.level, splits.length));
  const interval = apart && mapEnds(apart, (end) => (1 - worst.weight) * end);
  return toOverallResult(id, rates, { value: Math.abs(worst.group.value - all), worst, interval }, rules);
}

/**
 * Ratio to the overall rate: the smallest of m_g/m_all and m_all/m_g over the groups.
 *
 * Definition: with w the group's share of the denominator and ρ = m_rest/m_g, m_all/m_g = w + (1−w)ρ; the interval is
 * Katz's interval of ρ, at level 1 − 0.05/G, mapped through it. An overall rate of 0 is `zero_denominator`.
 *
 * @returns 0..1; 1 means that every group has the overall rate
 *
 * Reference: conventions of fairlearn/fairlearn `MetricFrame.ratio(method='to_overall')`. Cost: O(groups).
 */
export function ratioToOverall(id: string, rates: GroupRates, rules: FairnessRules): GroupComparison {
  const splits = splitFromRest(rates);
  if (splits.length === 0) return tooFewGroups(id, rates.overall.rows, rates.leftOut);
  if (rates.overall.numerator === 0) {
    return withoutValue(id, insufficientEvidence('zero_denominator', rates.overall.denominator), rates.leftOut);
  }
  const all = rates.overall.numerator / rates.overall.denominator;
  const closeness = (value: number): number => Math.min(value / all, value === 0 ? 0 : all / value);
  const worst = farthest(splits, ({ group }) => -closeness(group.value));
  const rho = katzLogInterval(
    successes(worst.rest),
    successes(worst.group),
    worstCaseLevel(rules.level, splits.length),
  );
  const allOverGroup = (end: number): number => worst.weight + (1 - worst.weight) * end;
  const isAbove = worst.group.value >= all;
  const interval = rho && mapEnds(rho, (end) => (isAbove ? allOverGroup(end) : 1 / allOverGroup(end)));
  return toOverallResult(id, rates, { value: closeness(worst.group.value), worst, interval }, rules);
}

function toOverallResult(
  id: string,
  rates: GroupRates,
  found: { value: number; worst: Split; interval: Interval | null },
  rules: FairnessRules,
): GroupComparison {
  const definition = `${id}/1 rate=${rates.rate} form=to_overall groups=${rates.compared.length} ${ruleDefinition(rules)}`;
  const isBelow = found.worst.group.value < rates.overall.numerator / rates.overall.denominator;
  const { group } = found.worst.group;
  return {
    id,
    result: metricValue(found.value, rates.overall.denominator, definition, { interval: found.interval }),
    pair: isBelow ? { low: group, high: 'overall' } : { low: 'overall', high: group },
    leftOut: rates.leftOut,
  };
}

function splitFromRest({ compared, overall }: GroupRates): Split[] {
  return compared.map((group) => ({
    group,
    weight: Math.min(1, group.denominator / overall.denominator),
    rest: {
      numerator: Math.max(0, overall.numerator - group.numerator),
      denominator: Math.max(0, overall.denominator - group.denominator),
    },
  }));
}

function farthest(splits: Split[], distance: (split: Split) => number): Split {
  return splits.reduce((worst, split) => (distance(split) > distance(worst) ? split : worst));
}

function mapEnds(interval: Interval, map: (end: number) => number): Interval {
  const ends = [map(interval.lower), map(interval.upper)];
  return { ...interval, lower: Math.min(...ends), upper: Math.max(...ends) };
}
