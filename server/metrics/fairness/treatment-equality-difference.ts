import { metricValue } from '../../domain/metric-result.ts';
import type { BinaryTally } from '../../domain/outcome-tally.ts';
import { confusionOf, confusionTotal } from '../performance/binary/confusion-counts.ts';
import { percentileInterval } from '../support/intervals/percentile-interval.ts';
import { countBootstrap } from '../support/resampling/count-bootstrap.ts';
import { fairnessRules } from './fairness-options.ts';
import type { FairnessOptions } from './fairness-options.ts';
import { pairCount, tooFewGroups, worstCaseLevel } from './group-comparison.ts';
import type { GroupComparison } from './group-comparison.ts';
import { ruleDefinition } from './group-rates.ts';
import type { LeftOutGroup } from './group-rates.ts';
import type { GroupTallies } from './rate-parity.ts';

type MistakeRatio = { group: string; cells: number[]; rows: number; value: number };

/**
 * Treatment equality difference: does one group suffer misses where another suffers false alarms?
 *
 * Reading: 0 the same mix of mistakes in all groups. Unbounded: a group with few false alarms has a large ratio. Worse
 * is up.
 * Definition: FN/FP per group, max − min; a group without false alarm has no ratio and is left out
 * (`zero_denominator`). Interval: count bootstrap of the cells of the extreme pair, Bonferroni over the pairs.
 *
 * @param groups tally per group, 30 labelled rows each
 * @returns a difference ≥ 0 with the extreme pair
 *
 * Reference: Berk et al. 2018, doi:10.1177/0049124118782533. Cost: O(groups + draws).
 *
 * @example
 * treatmentEqualityDifference(groups, overall).result; // FN/FP 1.5, 1.78, 1.11: 0.667
 */
export function treatmentEqualityDifference(
  groups: GroupTallies,
  overall: BinaryTally,
  options: FairnessOptions = {},
): GroupComparison {
  const id = 'treatment_equality_difference';
  const rules = fairnessRules(options);
  const compared: MistakeRatio[] = [];
  const leftOut: LeftOutGroup[] = [];
  for (const [group, tally] of [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const cells = confusionOf(tally, rules.threshold);
    const rows = confusionTotal(cells);
    if (!(rows > 0)) leftOut.push({ group, reason: 'group_empty', n: 0 });
    else if (rows < rules.groupNMin) {
      const n = rows < rules.hiddenBelowN ? null : rows;
      leftOut.push({ group, reason: 'n_below_minimum', n, nMin: rules.groupNMin });
    } else if (!(cells.falsePositive > 0)) leftOut.push({ group, reason: 'zero_denominator', n: 0 });
    else {
      const counts = [cells.falseNegative, cells.falsePositive, rows - cells.falseNegative - cells.falsePositive];
      compared.push({ group, cells: counts, rows, value: cells.falseNegative / cells.falsePositive });
    }
  }
  if (compared.length < 2) return tooFewGroups(id, confusionTotal(confusionOf(overall, rules.threshold)), leftOut);
  const low = compared.reduce((a, b) => (b.value < a.value ? b : a));
  const high = compared.reduce((a, b) => (b.value > a.value ? b : a));
  const level = worstCaseLevel(rules.level, pairCount(compared.length));
  const draws = rules.bootstrap;
  const replicates = draws
    ? countBootstrap([high.cells, low.cells], ([h, l]) => h[0] / h[1] - l[0] / l[1], draws)
    : new Float64Array(0);
  const n = compared.reduce((sum, group) => sum + group.rows, 0);
  const random = draws ? ` bootstrap=${draws.draws} seed=${draws.seed}` : '';
  const definition = `${id}/1 rate=fn_over_fp form=max_minus_min groups=${compared.length} ${ruleDefinition(rules)}${random}`;
  const value = high.value - low.value;
  return {
    id,
    result: metricValue(value, n, definition, { interval: percentileInterval(replicates, 'count_bootstrap', level) }),
    pair: { low: low.group, high: high.group },
    leftOut,
  };
}
