import { insufficientEvidence, metricValue, noData } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { LEVEL_DEFAULT } from '../support/intervals/two-sided-z.ts';
import { wilsonInterval } from '../support/intervals/wilson-interval.ts';

/** Failed and all requests of one window. */
export type RequestCounts = { failed: number; all: number };

/** A long window that proves the burn and a short one that ends the alert soon after it stops. */
export type BurnRule = {
  severity: 'page' | 'ticket';
  longMinutes: number;
  shortMinutes: number;
  /** Share of the period's budget that the long window would use up. */
  budgetShare: number;
};

const PERIOD_MINUTES = 30 * 24 * 60;

/** Google SRE Workbook, chapter 5: 14.4 and 6 page, 3 and 1 open a ticket. */
export const burnRules: readonly BurnRule[] = [
  { severity: 'page', longMinutes: 60, shortMinutes: 5, budgetShare: 0.02 },
  { severity: 'page', longMinutes: 360, shortMinutes: 30, budgetShare: 0.05 },
  { severity: 'ticket', longMinutes: 1440, shortMinutes: 120, budgetShare: 0.1 },
  { severity: 'ticket', longMinutes: 4320, shortMinutes: 360, budgetShare: 0.1 },
];

/**
 * Burn rate: how fast is the error budget being used up?
 *
 * Reading: 1 uses up exactly the budget of the period, 14.4 uses up 2 % of a 30-day budget in an hour. Worse is up.
 * Definition: error rate / (1 − objective); interval Wilson of the error rate, scaled.
 *
 * @param counts requests of one window
 * @param objective share of good requests that is promised, in (0, 1); 0.999 usually
 * @returns a number ≥ 0
 * @throws RangeError when the objective is not strictly between 0 and 1
 *
 * Reference: Beyer et al., *The Site Reliability Workbook*, 2018, chapter 5. Cost: O(1).
 *
 * @example
 * burnRate({ failed: 18, all: 1000 }, 0.999); // 18
 */
export function burnRate(
  counts: RequestCounts,
  objective: number,
  options: { nMin?: number; level?: number } = {},
): MetricResult {
  if (!(objective > 0 && objective < 1)) {
    throw new RangeError(`the objective must lie strictly between 0 and 1, for example 0.999; got ${objective}`);
  }
  const { failed, all } = counts;
  if (!(all > 0)) return noData;
  const nMin = options.nMin ?? 1;
  if (all < nMin) return insufficientEvidence('n_below_minimum', all, nMin);
  const budget = 1 - objective;
  const rate = wilsonInterval(failed, all, options.level ?? LEVEL_DEFAULT);
  return metricValue(failed / all / budget, all, `burn_rate/1 objective=${objective}`, {
    interval: rate && { ...rate, lower: rate.lower / budget, upper: rate.upper / budget },
  });
}

/**
 * The burn rate at which a window uses up a share of the period's budget: share × period / window.
 *
 * @example
 * burnRateFactor(0.02, 60); // 14.4
 */
export function burnRateFactor(budgetShare: number, windowMinutes: number, periodMinutes = PERIOD_MINUTES): number {
  return (budgetShare * periodMinutes) / windowMinutes;
}

/**
 * Does a rule fire? Both windows must burn at the factor or faster: the long one proves it, the short one ends it soon.
 *
 * @returns the factor and both burn rates; `isBreached` false when a window has no requests
 */
export function burnVerdict(
  rule: BurnRule,
  windows: { long: RequestCounts; short: RequestCounts },
  objective: number,
): { factor: number; long: number | null; short: number | null; isBreached: boolean } {
  const factor = burnRateFactor(rule.budgetShare, rule.longMinutes);
  const valueOf = (counts: RequestCounts): number | null => {
    const result = burnRate(counts, objective);
    return result.kind === 'value' ? result.value : null;
  };
  const long = valueOf(windows.long);
  const short = valueOf(windows.short);
  return { factor, long, short, isBreached: long !== null && short !== null && long >= factor && short >= factor };
}
