import { insufficientEvidence, metricValue } from '../../../domain/metric-result.ts';
import type { MetricResult } from '../../../domain/metric-result.ts';
import type { RegressionTally } from '../../../domain/outcome-tally.ts';
import { percentileInterval } from '../../support/intervals/percentile-interval.ts';
import { momentsOfSums, momentsOfValues } from '../../support/intervals/sample-moments.ts';
import { seededRandom } from '../../support/numerics/seeded-random.ts';
import { labelCoverage, labelEvidenceGap } from '../label-evidence.ts';
import { bootstrapPlan, levelOf } from '../performance-options.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { regressionMinimum } from './regression-minimum.ts';
import { requireFiniteRows } from './regression-rows.ts';
import type { RegressionRows } from './regression-rows.ts';

/**
 * R² (coefficient of determination): how much of the variation of y do the predictions explain?
 *
 * Reading: 1 perfect, 0 no better than the window's own mean, negative worse than it. Falls when y varies less even
 * if the errors stay the same, so read it with the root mean squared error. Worse is down.
 * Definition: 1 − Σ(ŷ−y)²/Σ(y−ȳ)², ȳ the mean of the window; a constant y is `zero_variance`. From sums shifted to
 * the model's frozen center, so that a large mean costs no digits. The interval needs rows: `rSquaredOfRows`.
 *
 * @param tally sums of one window
 * @returns a number ≤ 1; needs 30 labelled rows
 *
 * Reference: Kvålseth 1985, doi:10.1080/00031305.1985.10479448. Cost: O(1).
 *
 * @example
 * rSquared(tally); // 0.965
 */
export function rSquared(tally: RegressionTally, options: PerformanceOptions = {}): MetricResult {
  const { n, errorSquares, actual, actualSquares } = tally.losses;
  const gap = labelEvidenceGap(tally, n, regressionMinimum(options), options);
  if (gap) return gap;
  const spread = momentsOfSums(n, actual, actualSquares).variance * (n - 1);
  if (!(spread > 0)) return insufficientEvidence('zero_variance', n);
  const extra = { labelCoverage: labelCoverage(tally) };
  return metricValue(1 - errorSquares / spread, n, 'r_squared/1 mean=window', extra);
}

/**
 * R² of rows in hand, with a bootstrap interval: rows redrawn, percentiles.
 *
 * @param rows predictions and actual values
 *
 * Cost: O(draws × n), 1,000 draws unless said.
 *
 * @example
 * rSquaredOfRows({ actual: [3, 5, 7], predicted: [2.5, 5.5, 7] }, { minimum: { n: 0 } });
 */
export function rSquaredOfRows(rows: RegressionRows, options: PerformanceOptions = {}): MetricResult {
  requireFiniteRows(rows);
  const n = rows.actual.length;
  const gap = labelEvidenceGap({ total: n, labelled: n }, n, regressionMinimum(options), options);
  if (gap) return gap;
  const identity = Uint32Array.from({ length: n }, (_, row) => row);
  const center = momentsOfValues(rows.actual).mean;
  const value = explainedShare(rows, identity, center);
  if (value === null) return insufficientEvidence('zero_variance', n);
  const plan = bootstrapPlan(options, 1000);
  const definition = 'r_squared/1 mean=window' + (plan ? ` bootstrap=${plan.draws} seed=${plan.seed}` : '');
  if (!plan) return metricValue(value, n, definition);
  const uniform = seededRandom(plan.seed);
  const drawn = new Uint32Array(n);
  const replicates: number[] = [];
  for (let draw = 0; draw < plan.draws; draw += 1) {
    for (let i = 0; i < n; i += 1) drawn[i] = Math.floor(uniform() * n);
    const replicate = explainedShare(rows, drawn, center);
    if (replicate !== null) replicates.push(replicate);
  }
  return metricValue(value, n, definition, { interval: percentileInterval(replicates, 'bootstrap', levelOf(options)) });
}

/** R² of the chosen rows; `center` is any constant near the actual values. null when they are all the same. */
function explainedShare(rows: RegressionRows, chosen: Uint32Array, center: number): number | null {
  let errorSquares = 0;
  let sum = 0;
  let squares = 0;
  for (const row of chosen) {
    const shifted = rows.actual[row] - center;
    errorSquares += (rows.predicted[row] - rows.actual[row]) ** 2;
    sum += shifted;
    squares += shifted * shifted;
  }
  const spread = momentsOfSums(chosen.length, sum, squares).variance * (chosen.length - 1);
  return spread > 0 ? 1 - errorSquares / spread : null;
}
