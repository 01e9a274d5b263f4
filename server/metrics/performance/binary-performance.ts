import type { MetricResult } from '../../domain/metric-result.ts';
import type { BinaryTally } from '../../domain/outcome-tally.ts';
import { accuracy } from './binary/accuracy.ts';
import { averagePrecision } from './binary/average-precision.ts';
import { balancedAccuracy } from './binary/balanced-accuracy.ts';
import { brierScore } from './binary/brier-score.ts';
import { businessValue } from './binary/business-value.ts';
import type { ValueMatrix } from './binary/business-value.ts';
import { calibrationIntercept, calibrationSlope } from './binary/calibration-slope.ts';
import { expectedCalibrationError, maximumCalibrationError } from './binary/expected-calibration-error.ts';
import { f1 } from './binary/f1.ts';
import { fBeta } from './binary/f-beta.ts';
import { falseDiscoveryRate } from './binary/false-discovery-rate.ts';
import { falseNegativeRate } from './binary/false-negative-rate.ts';
import { falseOmissionRate } from './binary/false-omission-rate.ts';
import { falsePositiveRate } from './binary/false-positive-rate.ts';
import { logLoss } from './binary/log-loss.ts';
import { matthewsCorrelation } from './binary/matthews-correlation.ts';
import { negativePredictiveValue } from './binary/negative-predictive-value.ts';
import { precision } from './binary/precision.ts';
import { recall } from './binary/recall.ts';
import { rocAuc } from './binary/roc-auc.ts';
import { specificity } from './binary/specificity.ts';
import type { PerformanceOptions } from './performance-options.ts';

export type BinaryPerformanceOptions = PerformanceOptions & {
  /** Metric ids to compute; all that apply unless said. */
  only?: readonly string[];
  /** β of `f_beta`, 2 unless said: F1 is there already. */
  beta?: number;
  /** Adds `business_value`. */
  valueMatrix?: ValueMatrix;
};

type BinaryMetric = (tally: BinaryTally, options: BinaryPerformanceOptions) => MetricResult;

const decisionMetrics: Readonly<Record<string, BinaryMetric>> = {
  accuracy,
  balanced_accuracy: balancedAccuracy,
  precision,
  recall,
  specificity,
  false_positive_rate: falsePositiveRate,
  false_negative_rate: falseNegativeRate,
  negative_predictive_value: negativePredictiveValue,
  false_discovery_rate: falseDiscoveryRate,
  false_omission_rate: falseOmissionRate,
  f1,
  f_beta: (tally, options) => fBeta(tally, { ...options, beta: options.beta ?? 2 }),
  matthews_correlation: matthewsCorrelation,
};

const rankingMetrics: Readonly<Record<string, BinaryMetric>> = {
  roc_auc: rocAuc,
  average_precision: averagePrecision,
};

const probabilityMetrics: Readonly<Record<string, BinaryMetric>> = {
  log_loss: logLoss,
  brier_score: brierScore,
  expected_calibration_error: expectedCalibrationError,
  maximum_calibration_error: maximumCalibrationError,
  calibration_slope: calibrationSlope,
  calibration_intercept: calibrationIntercept,
};

/**
 * All performance metrics of a binary model in one window, by id.
 *
 * Metrics without a meaning for the model are absent: probability metrics when the scores are no probabilities,
 * `business_value` without a matrix. Those with a meaning but without evidence are there and say why.
 *
 * The calibration bootstraps cost about 50 ms each with 200 occupied score bins; callers that publish every second
 * pass `bootstrap: null` and let the monitors compute the intervals.
 *
 * @example
 * binaryPerformance(tally, { only: ['recall', 'roc_auc'] }).get('recall');
 */
export function binaryPerformance(
  tally: BinaryTally,
  options: BinaryPerformanceOptions = {},
): Map<string, MetricResult> {
  const { only, valueMatrix } = options;
  const metrics: Record<string, BinaryMetric> = { ...decisionMetrics, ...rankingMetrics };
  if (tally.isProbability) Object.assign(metrics, probabilityMetrics);
  if (valueMatrix) metrics.business_value = () => businessValue(tally, valueMatrix, options);
  const wanted = Object.keys(metrics).filter((id) => !only || only.includes(id));
  return new Map(wanted.map((id) => [id, metrics[id](tally, options)]));
}
