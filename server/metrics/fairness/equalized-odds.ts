import { metricValue } from '../../domain/metric-result.ts';
import type { MetricValue } from '../../domain/metric-result.ts';
import type { BinaryTally } from '../../domain/outcome-tally.ts';
import { moverMean } from '../support/intervals/mover-interval.ts';
import type { GroupComparison } from './group-comparison.ts';
import { rateDifference, rateRatio } from './rate-parity.ts';
import type { GroupTallies, ParityOptions } from './rate-parity.ts';

export type EqualizedOddsOptions = ParityOptions & {
  /** `worst` (default): the worse of the two rates; `mean`: the plain mean of both differences. */
  combine?: 'worst' | 'mean';
};

/**
 * Equalized odds difference: are both kinds of error shared equally between groups?
 *
 * Reading: 0 same true and false positive rates everywhere. Worse is up.
 * Definition: the larger of the true and the false positive rate difference (option `mean`: the mean of both).
 * Interval: that of the worse rate (Newcombe); for the mean, MOVER of both, which rest on different rows.
 *
 * @param groups tally per group; 30 labelled rows a group and 20 of each class, else it is left out of that rate
 * @param overall tally of all rows
 * @returns a difference in [0, 1]; no value when one of the two rates has none
 *
 * Reference: Hardt, Price & Srebro 2016, arXiv:1610.02413. Cost: O(groups).
 *
 * @example
 * equalizedOddsDifference(groups, overall).result;
 */
export function equalizedOddsDifference(
  groups: GroupTallies,
  overall: BinaryTally,
  options: EqualizedOddsOptions = {},
): GroupComparison {
  const id = 'equalized_odds_difference';
  const found = rateDifference({ id, rate: 'true_positive_rate' }, groups, overall, options);
  const raised = rateDifference({ id, rate: 'false_positive_rate' }, groups, overall, options);
  if (found.result.kind !== 'value') return found;
  if (raised.result.kind !== 'value') return raised;
  if (options.combine === 'mean') return meanOfBoth(found, found.result, raised.result);
  return found.result.value >= raised.result.value ? found : raised;
}

/**
 * Equalized odds ratio: the smaller of the true and the false positive rate ratio.
 *
 * Reading: 1 same rates everywhere, 0 a group without any positive decision in one class. Worse is down.
 *
 * @returns a ratio in [0, 1]; same parameters and minimum as the difference
 *
 * Reference: Hardt, Price & Srebro 2016, arXiv:1610.02413. Cost: O(groups).
 *
 * @example
 * equalizedOddsRatio(groups, overall).result;
 */
export function equalizedOddsRatio(
  groups: GroupTallies,
  overall: BinaryTally,
  options: ParityOptions = {},
): GroupComparison {
  const id = 'equalized_odds_ratio';
  const found = rateRatio({ id, rate: 'true_positive_rate' }, groups, overall, options);
  const raised = rateRatio({ id, rate: 'false_positive_rate' }, groups, overall, options);
  if (found.result.kind !== 'value') return found;
  if (raised.result.kind !== 'value') return raised;
  return found.result.value <= raised.result.value ? found : raised;
}

function meanOfBoth(found: GroupComparison, first: MetricValue, second: MetricValue): GroupComparison {
  const value = (first.value + second.value) / 2;
  const definition = first.definition.replace('rate=true_positive_rate', 'rate=mean_of_true_and_false_positive_rate');
  const interval =
    first.interval && second.interval
      ? moverMean(
          { ...first.interval, value: first.value },
          { ...second.interval, value: second.value },
          first.interval.level,
        )
      : null;
  // Each rate has its own extreme pair, so the mean has none.
  return { ...found, pair: null, result: metricValue(value, first.n + second.n, definition, { interval }) };
}
