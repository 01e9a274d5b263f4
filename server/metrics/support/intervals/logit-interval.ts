import type { Interval } from '../../../domain/metric-result.ts';
import { LEVEL_DEFAULT, twoSidedZ } from './two-sided-z.ts';

/** The interval ends of a share on the logit scale: they cannot leave (0, 1), whatever the standard error. */
export function logitInterval(
  value: number,
  logitStandardError: number,
  method: string,
  level = LEVEL_DEFAULT,
): Interval | null {
  if (!(value > 0 && value < 1) || !(logitStandardError > 0) || !Number.isFinite(logitStandardError)) return null;
  const centre = Math.log(value / (1 - value));
  const halfWidth = twoSidedZ(level) * logitStandardError;
  return { lower: logistic(centre - halfWidth), upper: logistic(centre + halfWidth), level, method };
}

/** 1/(1+e^(−x)) in the branch that does not overflow. */
export function logistic(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const growth = Math.exp(x);
  return growth / (1 + growth);
}
