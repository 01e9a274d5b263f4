import { insufficientEvidence } from '../../domain/metric-result.ts';
import type { MetricInsufficient, MetricResult } from '../../domain/metric-result.ts';
import type { LeftOutGroup } from './group-rates.ts';

/** A fairness metric over groups: the value with the groups it rests on and those it had to leave out. */
export type GroupComparison = {
  id: string;
  result: MetricResult;
  /** The two groups that the value compares, lower rate (or unprivileged) first; null without a value. */
  pair: { low: string; high: string } | null;
  leftOut: LeftOutGroup[];
};

/** A comparison without a value keeps the names of the groups that were too small. */
export function withoutValue(id: string, result: MetricInsufficient, leftOut: LeftOutGroup[]): GroupComparison {
  return { id, result, pair: null, leftOut };
}

/** Why fewer than two groups could be compared: too few rows where there are rows, else empty groups. */
export function tooFewGroups(id: string, n: number, leftOut: LeftOutGroup[]): GroupComparison {
  const small = leftOut.find((group) => group.reason === 'n_below_minimum');
  const undefinedRate = leftOut.find((group) => group.reason === 'zero_denominator');
  const cause = small ?? undefinedRate;
  return withoutValue(id, insufficientEvidence(cause?.reason ?? 'group_empty', cause?.n ?? n, cause?.nMin), leftOut);
}

/** Level of one interval when the extreme of `comparisons` of them is shown (Bonferroni). */
export function worstCaseLevel(level: number, comparisons: number): number {
  return 1 - (1 - level) / Math.max(1, comparisons);
}

/** All pairs of `groups` groups. */
export function pairCount(groups: number): number {
  return (groups * (groups - 1)) / 2;
}
