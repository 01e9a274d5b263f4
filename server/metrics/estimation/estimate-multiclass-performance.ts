import type { MetricResult } from '../../domain/metric-result.ts';
import { rocAucOfGroups } from '../performance/binary/roc-auc.ts';
import { classTotals } from '../performance/binary/score-groups.ts';
import { estimatedValue, unitRange } from './estimated-value.ts';
import type { EstimationOptions } from './estimated-value.ts';
import { fractionalOutcomesOfRows } from './fractional-confusion.ts';
import { samplingError } from './sampling-error.ts';
import type { SamplingComponent } from './sampling-error.ts';

export type MulticlassEstimate = {
  accuracy: MetricResult;
  f1Macro: MetricResult;
  /** Macro of one-vs-rest, over classes with expected rows on both sides. */
  rocAucOvrMacro: MetricResult;
  /** Per class, in the order of the columns; null where nothing of the class is expected or predicted. */
  f1PerClass: (number | null)[];
};

export type MulticlassEstimationOptions = EstimationOptions & {
  /** Raw scores, to order by for AUC; the calibrated rates unless given. */
  scores?: readonly ArrayLike<number>[];
  sampling?: { accuracy?: SamplingComponent | null; f1Macro?: SamplingComponent | null };
};

/**
 * Confidence-based performance estimation for K classes: how good is a multiclass model now, while labels are late?
 *
 * Reading and blindness as in the binary form.
 * Definition: accuracy = mean calibrated rate of the predicted class; F1 per class one-vs-rest from fractional counts,
 * macro = plain mean (a class without anything expected or predicted counts 0, as in realised macro F1); ROC AUC macro
 * of one-vs-rest. Rows must sum to 1 (`calibratedRow`).
 *
 * @param calibrated one row of K rates per prediction
 * @param predictedLabels index of the predicted class per prediction
 * @returns needs 300 predictions
 *
 * Reference: arXiv:2401.08348; NannyML/nannyml `nannyml/performance_estimation/confidence_based`. Cost: O(K n log n).
 *
 * @example
 * estimateMulticlassPerformance([[0.7, 0.2, 0.1]], [0], { nMin: 1 }).accuracy; // 0.7
 */
export function estimateMulticlassPerformance(
  calibrated: readonly ArrayLike<number>[],
  predictedLabels: ArrayLike<number>,
  options: MulticlassEstimationOptions = {},
): MulticlassEstimate {
  const n = calibrated.length;
  const classes = n > 0 ? calibrated[0].length : 0;
  const predictedRate = calibrated.reduce((sum, row, i) => sum + row[predictedLabels[i]], 0);
  const oneVsRest = Array.from({ length: classes }, (_, k) =>
    fractionalOutcomesOfRows({
      calibrated: calibrated.map((row) => row[k]),
      predictedLabels: Array.from(predictedLabels, (label) => (label === k ? 1 : 0)),
      scores: options.scores?.map((row) => row[k]),
    }),
  );
  const f1PerClass = oneVsRest.map(({ confusion: c }) => {
    const whole = 2 * c.truePositive + c.falsePositive + c.falseNegative;
    return whole > 0 ? (2 * c.truePositive) / whole : null;
  });
  const aucs = oneVsRest
    .filter((outcomes) => Math.min(...Object.values(classTotals(outcomes))) > 0)
    .map((outcomes) => rocAucOfGroups(outcomes).value);
  const result = (id: string, value: number | null, component: SamplingComponent | null | undefined): MetricResult => {
    const definition = `estimated_${id}/1 estimator=confidence_based_performance_estimation classes=${classes}`;
    const standardError = samplingError(component ?? null, n);
    return estimatedValue({ value, standardError, range: unitRange, definition }, n, options);
  };
  return {
    accuracy: result('accuracy', n > 0 ? predictedRate / n : null, options.sampling?.accuracy),
    f1Macro: result('f1_macro', mean(f1PerClass.map((value) => value ?? 0)), options.sampling?.f1Macro),
    rocAucOvrMacro: result('roc_auc_ovr_macro', mean(aucs), null),
    f1PerClass,
  };
}

function mean(values: number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}
