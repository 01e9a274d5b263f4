import { insufficientEvidence, metricValue } from '../../domain/metric-result.ts';
import type { Interval, MetricResult } from '../../domain/metric-result.ts';
import type { BinaryTally } from '../../domain/outcome-tally.ts';
import { fairnessRules } from './fairness-options.ts';
import type { FairnessOptions, FairnessRules } from './fairness-options.ts';
import { withoutValue, worstCaseLevel } from './group-comparison.ts';
import type { GroupComparison } from './group-comparison.ts';
import { groupRates, ruleDefinition } from './group-rates.ts';
import type { ComparedGroup, LeftOutGroup } from './group-rates.ts';
import type { FairnessRateId } from './rate-catalog.ts';
import type { GroupTallies } from './rate-parity.ts';

export type SignedOptions = FairnessOptions & {
  /** The declared privileged group. */
  privileged: string;
  /** The group to compare with it; without it, the one farthest from parity. */
  unprivileged?: string;
};

/** Rates of the two sides, in the order of `rates`. */
export type Sides = { unprivileged: ComparedGroup[]; privileged: ComparedGroup[] };

export type SignedStatistic = {
  id: string;
  rates: readonly FairnessRateId[];
  /** null where the privileged rate is 0 and the statistic divides by it. */
  value: (sides: Sides) => number | null;
  interval: (sides: Sides, level: number) => Interval | null;
  /** Distance from parity, to find the group that is worst off or best off. */
  distance: (value: number) => number;
};

/**
 * A signed comparison, unprivileged against privileged: its sign says who is favoured, so it needs a declared
 * privileged group. With several other groups the one farthest from parity is shown, its interval at level
 * 1 − 0.05/(G−1).
 *
 * @throws RangeError when the privileged (or the named unprivileged) group is not among the groups
 */
export function signedComparison(
  statistic: SignedStatistic,
  groups: GroupTallies,
  overall: BinaryTally,
  options: SignedOptions,
): GroupComparison {
  for (const name of [options.privileged, options.unprivileged]) {
    if (name !== undefined && !groups.has(name)) {
      throw new RangeError(
        `group ${JSON.stringify(name)} is not in this window; groups: ${[...groups.keys()].join(', ')}`,
      );
    }
  }
  const rules = fairnessRules(options);
  const perRate = statistic.rates.map((rate) => groupRates(rate, groups, overall, rules));
  const leftOut = mergeLeftOut(perRate.map((rates) => rates.leftOut));
  const sideOf = (name: string): ComparedGroup[] =>
    perRate.flatMap((rates) => rates.compared.filter((group) => group.group === name));
  const isComplete = (side: ComparedGroup[]): boolean => side.length === statistic.rates.length;
  const privileged = sideOf(options.privileged);
  if (!isComplete(privileged)) return withoutValue(statistic.id, cause(leftOut, options.privileged), leftOut);
  const others = [...groups.keys()].filter((name) => name !== options.privileged).sort();
  const wanted = options.unprivileged === undefined ? others : [options.unprivileged];
  const candidates = wanted.map(sideOf).filter(isComplete);
  if (candidates.length === 0) return withoutValue(statistic.id, cause(leftOut, wanted[0]), leftOut);
  const valued = candidates
    .map((unprivileged) => ({ unprivileged, value: statistic.value({ unprivileged, privileged }) }))
    .filter((one): one is { unprivileged: ComparedGroup[]; value: number } => one.value !== null);
  if (valued.length === 0) {
    return withoutValue(statistic.id, insufficientEvidence('zero_denominator', privileged[0].denominator), leftOut);
  }
  const worst = valued.reduce((a, b) => (statistic.distance(b.value) > statistic.distance(a.value) ? b : a));
  const level = worstCaseLevel(rules.level, valued.length);
  const sides = { unprivileged: worst.unprivileged, privileged };
  return {
    id: statistic.id,
    result: signedResult(statistic, worst.value, statistic.interval(sides, level), { sides, rules }),
    pair: { low: worst.unprivileged[0].group, high: options.privileged },
    leftOut,
  };
}

function signedResult(
  statistic: SignedStatistic,
  value: number,
  interval: Interval | null,
  { sides, rules }: { sides: Sides; rules: FairnessRules },
): MetricResult {
  const n = sides.unprivileged[0].rows + sides.privileged[0].rows;
  const names = `unprivileged=${sides.unprivileged[0].group} privileged=${sides.privileged[0].group}`;
  const definition = `${statistic.id}/1 rate=${statistic.rates.join('+')} ${names} ${ruleDefinition(rules)}`;
  return metricValue(value, n, definition, { interval });
}

/** Why a named group could not take part. */
function cause(leftOut: LeftOutGroup[], name: string | undefined) {
  const gap = leftOut.find((group) => group.group === name);
  return insufficientEvidence(gap?.reason ?? 'group_empty', gap?.n ?? 0, gap?.nMin);
}

function mergeLeftOut(lists: LeftOutGroup[][]): LeftOutGroup[] {
  const byName = new Map(lists.flat().map((group) => [group.group, group]));
  return [...byName.values()].sort((a, b) => (a.group < b.group ? -1 : 1));
}
