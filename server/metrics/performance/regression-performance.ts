import type { MetricResult } from '../../domain/metric-result.ts';
import type { RegressionTally } from '../../domain/outcome-tally.ts';
import type { PerformanceOptions } from './performance-options.ts';
import { meanAbsoluteError } from './regression/mean-absolute-error.ts';
import { meanError } from './regression/mean-error.ts';
import { meanSquaredError } from './regression/mean-squared-error.ts';
import { rSquared } from './regression/r-squared.ts';
import { rootMeanSquaredError } from './regression/root-mean-squared-error.ts';

type RegressionMetric = (tally: RegressionTally, options: PerformanceOptions) => MetricResult;

const metrics: Readonly<Record<string, RegressionMetric>> = {
  mean_error: meanError,
  mean_absolute_error: meanAbsoluteError,
  mean_squared_error: meanSquaredError,
  root_mean_squared_error: rootMeanSquaredError,
  r_squared: rSquared,
};

/**
 * All performance metrics of a regression model that a tally can give, by id.
 *
 * The percentage and logarithmic errors, the quantile loss and the max error need rows and are asked for one by one.
 *
 * @example
 * regressionPerformance(tally).get('mean_absolute_error');
 */
export function regressionPerformance(
  tally: RegressionTally,
  options: PerformanceOptions & { only?: readonly string[] } = {},
): Map<string, MetricResult> {
  const wanted = Object.keys(metrics).filter((id) => !options.only || options.only.includes(id));
  return new Map(wanted.map((id) => [id, metrics[id](tally, options)]));
}
