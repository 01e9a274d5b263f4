import type { Interval } from '../../../domain/metric-result.ts';

/**
 * Interval of a root mean square: the roots of both ends of the mean square's interval, the lower end cut at 0.
 *
 * @param squared interval of the mean of squares, for example from `meanTInterval`
 *
 * @example
 * rootInterval({ lower: -0.1, upper: 4, level: 0.95, method: 'mean_t' }); // 0 to 2
 */
export function rootInterval(squared: Interval | null): Interval | null {
  if (!squared) return null;
  return {
    ...squared,
    lower: Math.sqrt(Math.max(0, squared.lower)),
    upper: Math.sqrt(Math.max(0, squared.upper)),
    method: `${squared.method}_root`,
  };
}
