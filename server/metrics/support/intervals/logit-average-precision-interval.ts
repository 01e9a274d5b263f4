import type { Interval } from '../../../domain/metric-result.ts';
import { logitInterval } from './logit-interval.ts';
import { LEVEL_DEFAULT } from './two-sided-z.ts';

/**
 * Logit interval of average precision: how sure is the area under the precision-recall curve?
 *
 * Definition: logit AP ± z/√(P·AP·(1−AP)): as if AP were a share of the P positives.
 *
 * @param averagePrecision in [0, 1]
 * @param positives P, the rows that carry the information
 * @returns the interval, or null at 0, at 1 or without positives
 *
 * Reference: Boyd, Eng & Page 2013, doi:10.1007/978-3-642-40994-3_29.
 *
 * @example
 * logitAveragePrecisionInterval(0.664, 9); // 0.331 to 0.887
 */
export function logitAveragePrecisionInterval(
  averagePrecision: number,
  positives: number,
  level = LEVEL_DEFAULT,
): Interval | null {
  if (!(positives > 0)) return null;
  const standardError = 1 / Math.sqrt(positives * averagePrecision * (1 - averagePrecision));
  return logitInterval(averagePrecision, standardError, 'logit_ap', level);
}
