import { estimateBinaryPerformance } from '../../../../../server/metrics/estimation/confidence-based-performance-estimation.ts';
import { estimateLoss, fitLossEstimator } from '../../../../../server/metrics/estimation/direct-loss-estimation.ts';
import { estimateMulticlassPerformance } from '../../../../../server/metrics/estimation/estimate-multiclass-performance.ts';
import { distanceBins, errorsOfReference, farTrips, labelledReference, unlabelled } from './sample-data.ts';

/** Worked examples of estimated metrics by id: the page prints the body and what it returns. */
export const estimationExamples: Record<string, () => unknown> = {
  estimated_accuracy() {
    return estimateBinaryPerformance(unlabelled, { sampling: { confusion: labelledReference } }).get('accuracy');
  },
  estimated_precision() {
    return estimateBinaryPerformance(unlabelled, { sampling: { confusion: labelledReference } }).get('precision');
  },
  estimated_recall() {
    return estimateBinaryPerformance(unlabelled, { sampling: { confusion: labelledReference } }).get('recall');
  },
  estimated_specificity() {
    return estimateBinaryPerformance(unlabelled, { sampling: { confusion: labelledReference } }).get('specificity');
  },
  estimated_f1() {
    return estimateBinaryPerformance(unlabelled, { sampling: { confusion: labelledReference } }).get('f1');
  },
  estimated_roc_auc() {
    return estimateBinaryPerformance(unlabelled, { sampling: { rocAuc: { std: 0.2, share: 0.4 } } }).get('roc_auc');
  },
  estimated_average_precision() {
    return estimateBinaryPerformance(unlabelled, { sampling: { averagePrecision: { std: 0.5, share: 1 } } }).get(
      'average_precision',
    );
  },
  estimated_business_value() {
    const valueOfDecision = [
      [1, -4],
      [-20, 15],
    ] as const;
    const options = { sampling: { confusion: labelledReference }, valueMatrix: valueOfDecision };
    return estimateBinaryPerformance(unlabelled, options).get('business_value');
  },
  estimated_f1_macro() {
    const calibrated = Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? [0.7, 0.2, 0.1] : [0.1, 0.3, 0.6]));
    const predictedLabels = calibrated.map((rates) => rates.indexOf(Math.max(...rates)));
    return estimateMulticlassPerformance(calibrated, predictedLabels).f1Macro;
  },
  estimated_roc_auc_ovr_macro() {
    const calibrated = Array.from({ length: 300 }, (_, i) => (i % 3 === 0 ? [0.7, 0.2, 0.1] : [0.1, 0.3, 0.6]));
    const predictedLabels = calibrated.map((rates) => rates.indexOf(Math.max(...rates)));
    return estimateMulticlassPerformance(calibrated, predictedLabels).rocAucOvrMacro;
  },
  estimated_mean_absolute_error() {
    const estimator = fitLossEstimator('mean_absolute_error', distanceBins, errorsOfReference);
    return 'model' in estimator ? estimateLoss(estimator, farTrips) : estimator;
  },
  estimated_mean_squared_error() {
    const estimator = fitLossEstimator('mean_squared_error', distanceBins, errorsOfReference);
    return 'model' in estimator ? estimateLoss(estimator, farTrips) : estimator;
  },
  estimated_root_mean_squared_error() {
    const estimator = fitLossEstimator('root_mean_squared_error', distanceBins, errorsOfReference);
    return 'model' in estimator ? estimateLoss(estimator, farTrips) : estimator;
  },
};
