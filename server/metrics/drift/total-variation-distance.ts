import { metricValue } from '../../domain/metric-result.ts';
import type { MetricResult } from '../../domain/metric-result.ts';
import { homogeneityDefinition, homogeneityEvidence } from './chi-square-contingency.ts';
import { totalOf } from './count-totals.ts';
import type { CountDriftOptions } from './drift-options.ts';

/**
 * The bare number, raw shares. Allocates nothing.
 *
 * @returns distance in [0, 1]; NaN when a side holds no row, which the caller must have ruled out
 */
export function totalVariationDistanceOf(reference: ArrayLike<number>, current: ArrayLike<number>): number {
  const nReference = totalOf(reference);
  const nCurrent = totalOf(current);
  let sum = 0;
  for (let i = 0; i < reference.length; i += 1) sum += Math.abs(reference[i] / nReference - current[i] / nCurrent);
  return Math.min(1, sum / 2);
}

/**
 * Total variation distance: what share of rows would have to change bin to make both sides equal?
 *
 * Reading: 0.07 = 7 % of the rows moved; 0 = the same shares, 1 = no bin in common. The easiest to explain. Worse is
 * up; 0.1 is a warning.
 *
 * Definition: ½Σ|p_i − q_i|, raw shares. p-value and minimum are those of the chi-square test of homogeneity.
 *
 * @param reference counts per bin, whole and ≥ 0
 * @param current counts of the same bins in the window
 * @returns value, n and p; reasons as in the chi-square test
 * @throws RangeError when the vectors differ in length or hold something that is no count
 *
 * Reference: Gibbs & Su 2002, doi:10.1111/j.1751-5823.2002.tb00178.x. Cost: that of the chi-square test.
 *
 * @example
 * totalVariationDistance([50, 30, 20], [30, 30, 40]); // value 0.2
 */
export function totalVariationDistance(
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  options: CountDriftOptions = {},
): MetricResult {
  const evidence = homogeneityEvidence(reference, current);
  if (evidence.kind !== 'evidence') return evidence;
  const { pValue, n, nReference, table } = evidence;
  const definition = homogeneityDefinition('total_variation_distance', { ...table, pooled: 0 }, options);
  return metricValue(totalVariationDistanceOf(reference, current), n, definition, { nReference, pValue });
}
