import type { InsufficientReason, MetricInsufficient } from '../../../domain/metric-result.ts';
import { displayNumber } from './display-number.ts';

const sentences: Record<InsufficientReason, string> = {
  n_below_minimum: 'too few rows',
  noise_above_threshold: 'chance alone could move this metric past half of its limit',
  zero_denominator: 'the denominator is 0, so the rate has no value',
  zero_variance: 'the values do not vary, so there is nothing to compare with',
  single_class: 'only one class of labels is present',
  group_empty: 'the group has no rows',
  labels_below_coverage: 'too few predictions have their label yet',
  too_few_reference_windows: 'the reference holds too few windows to derive limits from',
};

/**
 * Why there is no verdict, in words that say what would help.
 *
 * @example
 * insufficientEvidenceSentence({ kind: 'insufficient_evidence', reason: 'n_below_minimum', n: 40, nMin: 100 });
 * // 'too few rows: 40, at least 100 needed'
 */
export function insufficientEvidenceSentence({ reason, n, nMin }: MetricInsufficient): string {
  const needed = nMin === undefined ? '' : `, at least ${displayNumber(nMin)} needed`;
  return `${sentences[reason]}: ${displayNumber(n)}${needed}`;
}
