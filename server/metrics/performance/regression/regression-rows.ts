import type { MetricResult } from '../../../domain/metric-result.ts';
import { momentsOfValues } from '../../support/intervals/sample-moments.ts';
import { meanOfLosses } from '../mean-of-losses.ts';
import type { PerformanceOptions } from '../performance-options.ts';
import { regressionMinimum } from './regression-minimum.ts';

/** Labelled rows in hand, index by index. */
export type RegressionRows = { actual: ArrayLike<number>; predicted: ArrayLike<number> };

/**
 * @throws RangeError when the columns differ in length or a row is not finite, naming the row
 */
export function requireFiniteRows(rows: RegressionRows): void {
  if (rows.actual.length !== rows.predicted.length) {
    throw new RangeError(`${rows.actual.length} actual and ${rows.predicted.length} predicted values are no rows`);
  }
  for (let row = 0; row < rows.actual.length; row += 1) {
    if (Number.isFinite(rows.actual[row]) && Number.isFinite(rows.predicted[row])) continue;
    throw new RangeError(
      `row ${row} has no finite actual and predicted value; leave it out before asking for this metric`,
    );
  }
}

/** A result that left some rows out because the loss has no value there. */
export type RowLossResult = { result: MetricResult; excluded: number };

/**
 * Mean of a loss over rows, with its t interval.
 *
 * @param loss of one row; null where it has no value, which leaves the row out and counts it
 */
export function meanRowLoss(
  rows: RegressionRows,
  loss: (predicted: number, actual: number) => number | null,
  definition: string,
  options: PerformanceOptions,
): RowLossResult {
  requireFiniteRows(rows);
  const total = rows.actual.length;
  const losses: number[] = [];
  for (let row = 0; row < total; row += 1) {
    const value = loss(rows.predicted[row], rows.actual[row]);
    if (value !== null) losses.push(value);
  }
  const named = { definition, nMin: regressionMinimum(options) };
  const result = meanOfLosses({ total, labelled: total }, momentsOfValues(losses), named, options);
  return { result, excluded: total - losses.length };
}
