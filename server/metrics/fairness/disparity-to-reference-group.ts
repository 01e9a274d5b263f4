import { insufficientEvidence, metricValue } from '../../domain/metric-result.ts';
import type { Interval, MetricResult } from '../../domain/metric-result.ts';
import type { BinaryTally } from '../../domain/outcome-tally.ts';
import { katzLogInterval } from '../support/intervals/katz-log-interval.ts';
import { wilsonInterval } from '../support/intervals/wilson-interval.ts';
import { fairnessRules } from './fairness-options.ts';
import type { FairnessOptions } from './fairness-options.ts';
import { worstCaseLevel } from './group-comparison.ts';
import { groupRates, ruleDefinition } from './group-rates.ts';
import type { ComparedGroup } from './group-rates.ts';
import { fairnessRates } from './rate-catalog.ts';
import type { FairnessRateId } from './rate-catalog.ts';
import type { GroupTallies } from './rate-parity.ts';
import { successes } from './worst-case-difference.ts';

export type DisparityOptions = FairnessOptions & {
  /** The group that every other one is divided by. */
  reference: string;
  /** Parity when τ ≤ disparity ≤ 1/τ; 0.8 unless said. */
  tau?: number;
};

/** `predicted_positive_share` is no rate of a group but its part of all positives; it is compared the same way. */
export type DisparityRate = FairnessRateId | 'predicted_positive_share';

export type GroupDisparity = { group: string; result: MetricResult; isParity: boolean | null };

/**
 * Disparity to a reference group: how large is each group's rate beside that of one named group?
 *
 * Reading: 1 the same; parity when τ ≤ disparity ≤ 1/τ, τ = 0.8. Worse is both ways.
 * Definition: m_g/m_ref for any rate; interval Katz at level 1 − 0.05/(G−1). For the share of all positive decisions
 * the ratio is that of two parts of one whole, x_g/x_ref; its interval is Wilson's for x_g/(x_g + x_ref), as odds.
 *
 * @param groups tally per group, with the minimum rows of the rate
 * @returns one entry per other group; `isParity` null without a value
 * @throws RangeError when the reference group is not in the window or τ is not in (0, 1]
 *
 * Reference: Saleiro et al. 2018, arXiv:1811.05577 (Aequitas). Cost: O(groups).
 *
 * @example
 * disparityToReferenceGroup('false_positive_rate', groups, overall, { reference: 'a' }); // b: 1.4625, no parity
 */
export function disparityToReferenceGroup(
  rate: DisparityRate,
  groups: GroupTallies,
  overall: BinaryTally,
  options: DisparityOptions,
): GroupDisparity[] {
  const tau = options.tau ?? 0.8;
  if (!(tau > 0 && tau <= 1)) throw new RangeError(`tau must lie in (0, 1], for example 0.8; got ${tau}`);
  if (!groups.has(options.reference)) {
    throw new RangeError(`reference group ${JSON.stringify(options.reference)} is not in this window`);
  }
  const rules = fairnessRules(options);
  const counted = rate === 'predicted_positive_share' ? 'selection_rate' : rate;
  const { compared, leftOut } = groupRates(counted, groups, overall, rules);
  const reference = compared.find((group) => group.group === options.reference);
  const level = worstCaseLevel(rules.level, compared.length - 1);
  return [...groups.keys()]
    .filter((name) => name !== options.reference)
    .sort()
    .map((name): GroupDisparity => {
      const group = compared.find((one) => one.group === name);
      if (!group || !reference) {
        const gap = leftOut.find((one) => one.group === (group ? options.reference : name));
        return {
          group: name,
          result: insufficientEvidence(gap?.reason ?? 'group_empty', gap?.n ?? 0, gap?.nMin),
          isParity: null,
        };
      }
      const found =
        rate === 'predicted_positive_share' ? shareRatio(group, reference, level) : rateRatio(group, reference, level);
      if (!found) {
        return { group: name, result: insufficientEvidence('zero_denominator', reference.denominator), isParity: null };
      }
      const definition = `disparity_to_reference_group/1 rate=${rate} reference=${options.reference} tau=${tau} ${ruleDefinition(rules)}`;
      return {
        group: name,
        result: metricValue(found.value, group.denominator + reference.denominator, definition, {
          interval: found.interval,
        }),
        isParity: found.value >= tau && found.value <= 1 / tau,
      };
    });
}

/**
 * Predicted positive share: which part of all positive decisions goes to each group?
 *
 * Reading: the parts sum to 1 when every row has a group; a part says nothing without the group's part of the rows.
 * Definition: positive decisions of the group / positive decisions of everybody; interval Wilson.
 *
 * @returns per group a share in [0, 1]; `zero_denominator` when nobody was selected
 *
 * Reference: Saleiro et al. 2018, arXiv:1811.05577 (Aequitas PPR). Cost: O(groups).
 *
 * @example
 * predictedPositiveShare(groups, overall).get('a');
 */
export function predictedPositiveShare(
  groups: GroupTallies,
  overall: BinaryTally,
  options: FairnessOptions = {},
): Map<string, MetricResult> {
  const rules = fairnessRules(options);
  const count = fairnessRates.selection_rate.count;
  const all = count(overall, rules.threshold).numerator;
  const shareOf = (tally: BinaryTally): MetricResult => {
    const { numerator, rows } = count(tally, rules.threshold);
    if (!(rows > 0)) return insufficientEvidence('group_empty', 0);
    if (rows < rules.groupNMin) {
      return insufficientEvidence('n_below_minimum', rows < rules.hiddenBelowN ? 0 : rows, rules.groupNMin);
    }
    if (!(all > 0)) return insufficientEvidence('zero_denominator', 0);
    return metricValue(numerator / all, all, `predicted_positive_share/1 ${ruleDefinition(rules)}`, {
      interval: wilsonInterval(numerator, all, rules.level),
    });
  };
  return new Map([...groups.entries()].map(([group, tally]) => [group, shareOf(tally)]));
}

type Ratio = { value: number; interval: Interval | null } | null;

function rateRatio(group: ComparedGroup, reference: ComparedGroup, level: number): Ratio {
  if (reference.numerator === 0) return null;
  return {
    value: group.value / reference.value,
    interval: katzLogInterval(successes(group), successes(reference), level),
  };
}

function shareRatio(group: ComparedGroup, reference: ComparedGroup, level: number): Ratio {
  if (reference.numerator === 0) return null;
  const part = wilsonInterval(group.numerator, group.numerator + reference.numerator, level);
  const odds = (share: number): number => share / (1 - share);
  return {
    value: group.numerator / reference.numerator,
    interval: part && { lower: odds(part.lower), upper: odds(part.upper), level, method: 'wilson_odds' },
  };
}
