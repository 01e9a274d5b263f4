import { insufficientEvidence, metricValue } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import type { BinaryTally } from '../../domain/outcome-tally.ts';
import { wilsonInterval } from '../support/intervals/wilson-interval.ts';
import { fairnessRules } from './fairness-options.ts';
import type { FairnessOptions } from './fairness-options.ts';
import { groupRateResult } from './group-rates.ts';

/**
 * Selection rate: what share of a group gets the positive decision?
 *
 * Reading: between groups, the raw material of demographic parity; needs no label, so it is known at once.
 * Definition: (TP + FP)/n = positive decisions / all decisions; interval Wilson.
 *
 * @param tally counts of one group; 30 predictions
 * @returns a share in [0, 1]
 *
 * Reference: Dwork et al. 2012, doi:10.1145/2090236.2090255. Cost: O(1), O(bins) with a threshold.
 *
 * @example
 * selectionRate(tally);
 */
export function selectionRate(tally: BinaryTally, options: FairnessOptions = {}): MetricResult {
  return groupRateResult('selection_rate', tally, fairnessRules(options));
}

/**
 * Selection rate of rows in hand, optionally as a share of weight (survey weights, exposure).
 *
 * A weighted share has no Wilson interval of its own: it takes Kish's effective number of rows, (Σw)²/Σw².
 *
 * @param decisions 1 positive, anything else negative
 * @param weights ≥ 0, one per row; equal unless given
 *
 * Reference: Kish, *Survey Sampling*, 1965. Cost: O(n).
 *
 * @example
 * selectionRateOfRows([0, 1, 1], [1, 2, 3]); // 0.833
 */
export function selectionRateOfRows(
  decisions: ArrayLike<number>,
  weights?: ArrayLike<number>,
  options: FairnessOptions = {},
): MetricResult {
  const rules = fairnessRules(options);
  const n = decisions.length;
  if (n === 0) return insufficientEvidence('group_empty', 0);
  if (n < rules.groupNMin) return insufficientEvidence('n_below_minimum', n, rules.groupNMin);
  let mass = 0;
  let massSquares = 0;
  let selected = 0;
  for (let row = 0; row < n; row += 1) {
    const weight = weights ? weights[row] : 1;
    mass += weight;
    massSquares += weight * weight;
    if (decisions[row] === 1) selected += weight;
  }
  if (!(mass > 0)) return insufficientEvidence('zero_denominator', n);
  const effectiveRows = (mass * mass) / massSquares;
  const value = selected / mass;
  return metricValue(value, n, `selection_rate/1 source=rows weights=${weights ? 'given' : 'equal'}`, {
    interval: wilsonInterval(value * effectiveRows, effectiveRows, rules.level),
  });
}
