import type { MetricResult } from '../../../../server/domain/metric-result.ts';

/** Golden cases are tiny: minimum-n rules are off unless a case is about them. */
export const evidenceOff = { minimum: { n: 0, denominator: 0 } };

/** The value, or null where the metric says that it has none. */
export function valueOf(result: MetricResult | undefined): number | null {
  return result?.kind === 'value' ? result.value : null;
}

/** `{ value, reason }` as the golden file writes refusals. */
export function valueOrReason(result: MetricResult): { value: number | null; reason?: string } {
  return result.kind === 'insufficient_evidence' ? { value: null, reason: result.reason } : { value: valueOf(result) };
}

/** `{ value, lower, upper }`, null where there is no interval. */
export function withLimits(result: MetricResult): { value: number | null; lower: number | null; upper: number | null } {
  const interval = result.kind === 'value' ? result.interval : null;
  return { value: valueOf(result), lower: interval?.lower ?? null, upper: interval?.upper ?? null };
}
