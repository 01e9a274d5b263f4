import { chiSquareUpperTail } from '../../support/special-functions/chi-square-upper-tail.ts';
import { chiSquareTest } from '../chi-square-contingency.ts';
import { occupiedBins, totalOf } from '../count-totals.ts';

/**
 * Chi-square test of a 2×K table with Yates' correction on 2×2 tables only, as SciPy's `chi2_contingency`, NannyML and
 * Deepchecks have it: each |observed − expected| is made smaller by ½, but not below 0.
 *
 * Reference: Yates 1934, doi:10.2307/2983604.
 */
export function yatesChiSquare(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): { statistic: number; degreesOfFreedom: number; pValue: number } {
  if (occupiedBins(reference, current) !== 2) return chiSquareTest(reference, current);
  const nReference = totalOf(reference);
  const nCurrent = totalOf(current);
  const n = nReference + nCurrent;
  let statistic = 0;
  for (let i = 0; i < reference.length; i += 1) {
    const total = reference[i] + current[i];
    if (total === 0) continue;
    for (const [observed, rows] of [
      [reference[i], nReference],
      [current[i], nCurrent],
    ]) {
      const expected = total * (rows / n);
      statistic += Math.max(0, Math.abs(observed - expected) - 0.5) ** 2 / expected;
    }
  }
  return { statistic, degreesOfFreedom: 1, pValue: chiSquareUpperTail(statistic, 1) };
}
