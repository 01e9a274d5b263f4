import type { Moments } from '../../support/moments/moments.ts';
import { tTwoSidedTail } from '../../support/special-functions/t-two-sided-tail.ts';

/**
 * Student's t test with equal variances, two-sided: Evidently's `t_test`, alarm below 0.05.
 *
 * @returns t (reference minus current) and p; null without two rows a side or any variance
 *
 * Reference: Student 1908, doi:10.1093/biomet/6.1.1.
 */
export function studentT(reference: Moments, current: Moments): { statistic: number; pValue: number } | null {
  const degreesOfFreedom = reference.n + current.n - 2;
  if (reference.n < 2 || current.n < 2) return null;
  const pooled = (reference.m2 + current.m2) / degreesOfFreedom;
  if (!(pooled > 0)) return null;
  const statistic = (reference.mean - current.mean) / Math.sqrt(pooled * (1 / reference.n + 1 / current.n));
  return { statistic, pValue: tTwoSidedTail(statistic, degreesOfFreedom) };
}
