import { insufficientEvidence } from '../../domain/metric-result.ts';
import type { MetricInsufficient, MetricResult } from '../../domain/metric-result.ts';
import { seededRandom } from '../support/numerics/seeded-random.ts';
import { shuffle } from '../support/resampling/shuffle.ts';
import { estimatedValue, lossRange } from './estimated-value.ts';
import type { EstimationOptions } from './estimated-value.ts';
import { fitRidge, predictRidge } from './ridge-regression.ts';
import type { BinnedColumn, RidgeModel } from './ridge-regression.ts';
import { lossComponent, rootMeanSquareComponent, samplingError } from './sampling-error.ts';
import type { SamplingComponent } from './sampling-error.ts';

export type EstimatedLossId = 'mean_absolute_error' | 'mean_squared_error' | 'root_mean_squared_error';

/** A regressor of the row loss, with what its reference says of chance. */
export type LossEstimator = {
  metric: EstimatedLossId;
  model: RidgeModel;
  /** Predicted losses of the reference rows by a model that has not seen them: for thresholds, free of overfit. */
  outOfFold: Float64Array;
  component: SamplingComponent | null;
  definition: string;
};

export type LossEstimatorOptions = { seed?: number; folds?: number; penalty?: number; nMin?: number };

/**
 * Fits direct loss estimation: how large is the error of a regression model likely to be on a row like this?
 *
 * Definition: a ridge regression from the binned features and the binned prediction to the row loss (|e|, or e² for the
 * squared metrics), fitted on all reference rows; predicted losses of the reference itself come out of 5 seeded folds.
 * NannyML uses gradient-boosted trees here: this one is small, explainable and blind to interactions between features.
 *
 * @param columns binned features and the binned prediction of the labelled reference rows
 * @param errors prediction − actual of the same rows
 * @returns the estimator, or why the reference is too small (1,000 rows)
 *
 * Reference: arXiv:2401.08348 and NannyML/nannyml `nannyml/performance_estimation/direct_loss_estimation`.
 * Cost: folds × that of `fitRidge`.
 *
 * @example
 * fitLossEstimator('mean_absolute_error', columns, errors);
 */
export function fitLossEstimator(
  metric: EstimatedLossId,
  columns: readonly BinnedColumn[],
  errors: ArrayLike<number>,
  options: LossEstimatorOptions = {},
): LossEstimator | MetricInsufficient {
  const { seed = 1, folds = 5, penalty = 1, nMin = 1000 } = options;
  const n = errors.length;
  if (n < Math.max(nMin, folds)) return insufficientEvidence('n_below_minimum', n, Math.max(nMin, folds));
  const losses = Float64Array.from(errors, (error) =>
    metric === 'mean_absolute_error' ? Math.abs(error) : error * error,
  );
  const dealt = shuffle(
    Uint32Array.from({ length: n }, (_, row) => row),
    seededRandom(seed),
  );
  const outOfFold = new Float64Array(n);
  for (let fold = 0; fold < folds; fold += 1) {
    const model = fitRidge(
      columns,
      losses,
      dealt.filter((_, place) => place % folds !== fold),
      penalty,
    );
    dealt.forEach((row, place) => {
      if (place % folds === fold) outOfFold[row] = predictRidge(model, columns, row);
    });
  }
  return {
    metric,
    model: fitRidge(columns, losses, dealt, penalty),
    outOfFold,
    component: metric === 'root_mean_squared_error' ? rootMeanSquareComponent(losses) : lossComponent(losses),
    definition: `estimated_${metric}/1 estimator=direct_loss_estimation regressor=ridge penalty=${penalty} folds=${folds} seed=${seed}`,
  };
}

/**
 * Direct loss estimation: how large is the error of a regression model now, while labels are late?
 *
 * Reading: in the unit of the metric. Valid under covariate shift inside the support of the reference; **blind to
 * concept drift** by construction.
 * Definition: mean of the predicted row losses, negatives set to 0, √ of it for the root mean squared error. Band:
 * estimate ± z·sampling error of the reference, cut at 0.
 *
 * @param columns the window's rows, binned as the reference's
 * @returns needs 300 predictions
 *
 * Reference: as `fitLossEstimator`. Cost: O(n × columns).
 *
 * @example
 * estimateLoss(estimator, columns);
 */
export function estimateLoss(
  estimator: LossEstimator,
  columns: readonly BinnedColumn[],
  options: EstimationOptions = {},
): MetricResult {
  const n = columns.length === 0 ? 0 : columns[0].codes.length;
  const predicted = Float64Array.from({ length: n }, (_, row) => predictRidge(estimator.model, columns, row));
  const estimate = {
    value: aggregateLosses(estimator.metric, predicted),
    standardError: samplingError(estimator.component, n),
    range: lossRange,
    definition: estimator.definition,
  };
  return estimatedValue(estimate, n, options);
}

/** Mean of predicted row losses, a negative one counting as 0; √ of it for the root mean squared error. null: no row. */
export function aggregateLosses(metric: EstimatedLossId, predictedLosses: ArrayLike<number>): number | null {
  const n = predictedLosses.length;
  if (n === 0) return null;
  let sum = 0;
  for (let row = 0; row < n; row += 1) sum += Math.max(0, predictedLosses[row]);
  return metric === 'root_mean_squared_error' ? Math.sqrt(sum / n) : sum / n;
}
