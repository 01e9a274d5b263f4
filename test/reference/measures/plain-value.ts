import type { MetricResult } from '../../../server/domain/metric-result.ts';
import type { GroupComparison } from '../../../server/metrics/fairness/group-comparison.ts';

/** Minimum evidence off and no bootstrap: the numbers are compared, not the caution around them. */
export const bare = { minimum: { n: 1, denominator: 1 }, bootstrap: null };
export const bareFairness = { groupNMin: 1, denominatorMin: 1, hiddenBelowN: 0, bootstrap: null };

/** The number of a result; null where there is none. */
export function valueOf(result: MetricResult | GroupComparison | undefined): number | null {
  const plain = result !== undefined && 'result' in result ? result.result : result;
  return plain?.kind === 'value' ? plain.value : null;
}

export function pValueOf(result: MetricResult): number | null {
  return result.kind === 'value' ? (result.pValue ?? null) : null;
}
