import type { ConfusionCounts } from '../../../../server/domain/outcome-tally.ts';
import { estimateBinaryPerformance } from '../../../../server/metrics/estimation/confidence-based-performance-estimation.ts';
import { aggregateLosses } from '../../../../server/metrics/estimation/direct-loss-estimation.ts';
import { estimateMulticlassPerformance } from '../../../../server/metrics/estimation/estimate-multiclass-performance.ts';
import {
  fractionalOutcomesOfBins,
  fractionalOutcomesOfRows,
} from '../../../../server/metrics/estimation/fractional-confusion.ts';
import type { FractionalOutcomes } from '../../../../server/metrics/estimation/fractional-confusion.ts';
import { fitIsotonic, isotonicRate } from '../../../../server/metrics/estimation/isotonic-calibration.ts';
import { confusionComponent, samplingError } from '../../../../server/metrics/estimation/sampling-error.ts';
import type { ConfusionMetricId } from '../../../../server/metrics/estimation/sampling-error.ts';
import type { ValueMatrix } from '../../../../server/metrics/performance/binary/business-value.ts';
import type { Cells } from '../performance/tally-of-rows.ts';
import { valueOf } from './evidence-off.ts';
import { describeGoldenFamily } from './golden-family.ts';

type EstimatedRows = {
  predicted_labels: number[];
  calibrated_probabilities: number[];
  scores?: number[];
  value_matrix?: ValueMatrix;
};
type Points = { scores: number[]; labels: number[]; evaluate_at: number[] };
type FromCounts = { reference_confusion: Cells; n_chunk: number };

function estimates(outcomes: FractionalOutcomes, valueMatrix?: ValueMatrix) {
  const { truePositive, falsePositive, falseNegative, trueNegative } = outcomes.confusion;
  const metrics = [...estimateBinaryPerformance(outcomes, { nMin: 1, valueMatrix })];
  return {
    tp: truePositive,
    fp: falsePositive,
    fn: falseNegative,
    tn: trueNegative,
    ...Object.fromEntries(metrics.map(([id, result]) => [id, valueOf(result)])),
  };
}

const ofRows = (input: EstimatedRows) =>
  estimates(
    fractionalOutcomesOfRows({
      calibrated: input.calibrated_probabilities,
      predictedLabels: input.predicted_labels,
      scores: input.scores,
    }),
    input.value_matrix,
  );

const isotonic = (input: Points) => {
  const fit = fitIsotonic(input.scores, input.labels);
  return {
    fitted: input.scores.map((score) => isotonicRate(fit, score)),
    calibrated: input.evaluate_at.map((score) => isotonicRate(fit, score)),
  };
};

const samplingErrors = (input: FromCounts) => {
  const { tp, fp, fn, tn } = input.reference_confusion;
  const cells: ConfusionCounts = { truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn };
  const ids: ConfusionMetricId[] = ['accuracy', 'precision', 'recall', 'specificity', 'f1'];
  return Object.fromEntries(ids.map((id) => [id, samplingError(confusionComponent(id, cells), input.n_chunk)]));
};

describeGoldenFamily('estimation', {
  'cbpe-six-rows': ofRows,
  'cbpe-ten-rows-own-score-order': ofRows,
  'cbpe-from-score-tallies': (input: { counts: number[]; calibrated_rate: number[]; predicted_positive: number[] }) =>
    estimates(
      fractionalOutcomesOfBins({
        counts: input.counts,
        calibratedRates: input.calibrated_rate,
        isPredictedPositive: (bin) => input.predicted_positive[bin] === 1,
      }),
    ),
  'cbpe-multiclass': (input: { calibrated_probabilities: number[][]; predicted_labels: number[] }) => {
    const result = estimateMulticlassPerformance(input.calibrated_probabilities, input.predicted_labels, { nMin: 1 });
    return { accuracy: valueOf(result.accuracy), f1_per_class: result.f1PerClass, f1_macro: valueOf(result.f1Macro) };
  },
  'isotonic-ten-points': isotonic,
  'isotonic-with-tied-scores': isotonic,
  'sampling-error-from-reference-counts': samplingErrors,
  'sampling-error-own-counts': samplingErrors,
  'sampling-error-from-components': (input: {
    n_chunk: number;
    roc_auc: { placement_std: number; positive_share: number };
    mean_absolute_error: { loss_std: number };
    mean_squared_error: { loss_std: number };
  }) => ({
    roc_auc: samplingError({ std: input.roc_auc.placement_std, share: input.roc_auc.positive_share }, input.n_chunk),
    mean_absolute_error: samplingError({ std: input.mean_absolute_error.loss_std, share: 1 }, input.n_chunk),
    mean_squared_error: samplingError({ std: input.mean_squared_error.loss_std, share: 1 }, input.n_chunk),
  }),
  'dle-aggregation': (input: { predicted_absolute_losses: number[]; predicted_squared_losses: number[] }) => ({
    mean_absolute_error: aggregateLosses('mean_absolute_error', input.predicted_absolute_losses),
    root_mean_squared_error: aggregateLosses('root_mean_squared_error', input.predicted_squared_losses),
  }),
});
