import type { MetricResult } from '../../domain/metric-result.ts';
import type { BinaryTally, ConfusionCounts } from '../../domain/outcome-tally.ts';
import { averagePrecisionOfGroups } from '../performance/binary/average-precision.ts';
import { valueOfCells } from '../performance/binary/business-value.ts';
import type { ValueMatrix } from '../performance/binary/business-value.ts';
import { confusionTotal, edgeIndex } from '../performance/binary/confusion-counts.ts';
import { rocAucOfGroups } from '../performance/binary/roc-auc.ts';
import { classTotals } from '../performance/binary/score-groups.ts';
import { calibratedRate } from './calibrator.ts';
import type { Calibrator } from './calibrator.ts';
import { estimatedValue, unitRange } from './estimated-value.ts';
import type { EstimationOptions } from './estimated-value.ts';
import { fractionalOutcomesOfBins } from './fractional-confusion.ts';
import type { FractionalOutcomes } from './fractional-confusion.ts';
import { confusionComponent, samplingError } from './sampling-error.ts';
import type { ConfusionMetricId, SamplingComponent } from './sampling-error.ts';

export type EstimatedMetricId = ConfusionMetricId | 'roc_auc' | 'average_precision' | 'business_value';

/** What the labelled reference says of chance: bands come from here, not from the window. */
export type SamplingReference = {
  confusion?: ConfusionCounts;
  rocAuc?: SamplingComponent | null;
  averagePrecision?: SamplingComponent | null;
};

export type CbpeOptions = EstimationOptions & {
  sampling?: SamplingReference;
  /** Adds `business_value`, [[TN, FP], [FN, TP]]. */
  valueMatrix?: ValueMatrix;
  /** Part of the definition: how the rates came to be. */
  calibration?: string;
};

/**
 * Confidence-based performance estimation (CBPE): how good is the model now, while labels are late?
 *
 * Reading: the performance that the window will turn out to have *if* a calibrated score still means the same rate.
 * Valid under covariate shift inside the support of the reference; **blind to concept drift** by construction, so watch
 * the estimator against the labels that do arrive (`estimatorDisagrees`).
 * Definition: with calibrated rate p and the model's own decision the four cells are sums of p and 1 − p; then the
 * formulas of realised performance. ROC AUC and average precision order by the *raw* score and cumulate p and 1 − p as
 * fractional positives and negatives. Band: estimate ± z·sampling error of the reference, cut to [0, 1].
 *
 * @param outcomes expected outcomes of the window's predictions
 * @returns per metric id; needs 300 predictions
 *
 * Reference: arXiv:2401.08348; NannyML/nannyml `nannyml/performance_estimation/confidence_based`. Cost: O(groups).
 *
 * @example
 * estimateBinaryPerformance(fractionalOutcomesOfRows({ calibrated, predictedLabels, scores })).get('accuracy');
 */
export function estimateBinaryPerformance(
  outcomes: FractionalOutcomes,
  options: CbpeOptions = {},
): Map<EstimatedMetricId, MetricResult> {
  const { valueMatrix } = options;
  const values = estimatedValues(outcomes);
  const results = new Map<EstimatedMetricId, MetricResult>();
  for (const id of Object.keys(values) as (keyof typeof values)[]) {
    const estimate = {
      value: values[id],
      standardError: samplingError(componentOf(id, options.sampling ?? {}), outcomes.n),
      range: unitRange,
      definition: cbpeDefinition(id, options),
    };
    results.set(id, estimatedValue(estimate, outcomes.n, options));
  }
  if (valueMatrix) results.set('business_value', estimatedBusinessValue(outcomes, valueMatrix, options));
  return results;
}

/**
 * The same for a window's tally: every prediction of a score bin gets the calibrated rate of the bin's middle, so that
 * any window and segment can be estimated without rows.
 *
 * @param threshold the model's decision threshold, a score-bin edge
 * @throws RangeError when the threshold is no edge
 *
 * @example
 * estimateTallyPerformance(tally, calibrator, 0.5).get('recall');
 */
export function estimateTallyPerformance(
  tally: BinaryTally,
  calibrator: Calibrator,
  threshold: number,
  options: CbpeOptions = {},
): Map<EstimatedMetricId, MetricResult> {
  const firstPositiveBin = edgeIndex(tally.scoreEdges, threshold);
  const outcomes = fractionalOutcomesOfBins({
    counts: tally.predictions,
    calibratedRates: tally.predictions.map((_, bin) =>
      calibratedRate(calibrator, (tally.scoreEdges[bin] + tally.scoreEdges[bin + 1]) / 2),
    ),
    isPredictedPositive: (bin) => bin >= firstPositiveBin,
  });
  return estimateBinaryPerformance(outcomes, { calibration: calibrator.kind, ...options });
}

function estimatedValues(
  outcomes: FractionalOutcomes,
): Record<ConfusionMetricId | 'roc_auc' | 'average_precision', number | null> {
  const { truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn } = outcomes.confusion;
  const { positives, negatives } = classTotals(outcomes);
  const hasBoth = positives > 0 && negatives > 0;
  return {
    accuracy: share(tp + tn, confusionTotal(outcomes.confusion)),
    precision: share(tp, tp + fp),
    recall: share(tp, tp + fn),
    specificity: share(tn, tn + fp),
    f1: share(2 * tp, 2 * tp + fp + fn),
    roc_auc: hasBoth ? rocAucOfGroups(outcomes).value : null,
    average_precision: hasBoth ? averagePrecisionOfGroups(outcomes).value : null,
  };
}

function componentOf(id: EstimatedMetricId, sampling: SamplingReference): SamplingComponent | null {
  if (id === 'roc_auc') return sampling.rocAuc ?? null;
  if (id === 'average_precision') return sampling.averagePrecision ?? null;
  return sampling.confusion && id !== 'business_value' ? confusionComponent(id, sampling.confusion) : null;
}

/** Σ cells × matrix; its sampling error is √n times the spread of one row's value on the reference. */
function estimatedBusinessValue(outcomes: FractionalOutcomes, matrix: ValueMatrix, options: CbpeOptions): MetricResult {
  const reference = options.sampling?.confusion;
  const rows = reference ? confusionTotal(reference) : 0;
  let rowStd: number | null = null;
  if (reference && rows > 0) {
    const mean = valueOfCells(reference, matrix) / rows;
    const [[tn, fp], [fn, tp]] = matrix;
    const squares: ValueMatrix = [
      [tn * tn, fp * fp],
      [fn * fn, tp * tp],
    ];
    rowStd = Math.sqrt(Math.max(0, valueOfCells(reference, squares) / rows - mean * mean));
  }
  const estimate = {
    value: valueOfCells(outcomes.confusion, matrix),
    standardError: rowStd === null ? null : rowStd * Math.sqrt(outcomes.n),
    range: { lower: Number.NEGATIVE_INFINITY, upper: Number.POSITIVE_INFINITY },
    definition: `${cbpeDefinition('business_value', options)} matrix=${JSON.stringify(matrix)}`,
  };
  return estimatedValue(estimate, outcomes.n, options);
}

function cbpeDefinition(id: EstimatedMetricId, options: CbpeOptions): string {
  const calibration = options.calibration ?? 'given';
  return `estimated_${id}/1 estimator=confidence_based_performance_estimation calibration=${calibration}`;
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}
