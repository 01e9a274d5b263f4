import { accuracy } from '../../../../../server/metrics/performance/binary/accuracy.ts';
import { averagePrecision } from '../../../../../server/metrics/performance/binary/average-precision.ts';
import { balancedAccuracy } from '../../../../../server/metrics/performance/binary/balanced-accuracy.ts';
import { brierScore } from '../../../../../server/metrics/performance/binary/brier-score.ts';
import { businessValue } from '../../../../../server/metrics/performance/binary/business-value.ts';
import {
  calibrationIntercept,
  calibrationSlope,
} from '../../../../../server/metrics/performance/binary/calibration-slope.ts';
import {
  expectedCalibrationError,
  maximumCalibrationError,
} from '../../../../../server/metrics/performance/binary/expected-calibration-error.ts';
import { f1 } from '../../../../../server/metrics/performance/binary/f1.ts';
import { fBeta } from '../../../../../server/metrics/performance/binary/f-beta.ts';
import { falseDiscoveryRate } from '../../../../../server/metrics/performance/binary/false-discovery-rate.ts';
import { falseNegativeRate } from '../../../../../server/metrics/performance/binary/false-negative-rate.ts';
import { falseOmissionRate } from '../../../../../server/metrics/performance/binary/false-omission-rate.ts';
import { falsePositiveRate } from '../../../../../server/metrics/performance/binary/false-positive-rate.ts';
import { logLoss } from '../../../../../server/metrics/performance/binary/log-loss.ts';
import { matthewsCorrelation } from '../../../../../server/metrics/performance/binary/matthews-correlation.ts';
import { negativePredictiveValue } from '../../../../../server/metrics/performance/binary/negative-predictive-value.ts';
import { precision } from '../../../../../server/metrics/performance/binary/precision.ts';
import { recall } from '../../../../../server/metrics/performance/binary/recall.ts';
import { rocAuc } from '../../../../../server/metrics/performance/binary/roc-auc.ts';
import { specificity } from '../../../../../server/metrics/performance/binary/specificity.ts';
import { multiclassPerformance } from '../../../../../server/metrics/performance/multiclass-performance.ts';
import { rocAucOneVsRest } from '../../../../../server/metrics/performance/multiclass/roc-auc-one-vs-rest.ts';
import { loans, pets } from './sample-data.ts';

/** Worked examples by metric id: the page prints the body and what it returns. */
export const performanceExamples: Record<string, () => unknown> = {
  accuracy() {
    return accuracy(loans);
  },
  balanced_accuracy() {
    return balancedAccuracy(loans);
  },
  precision() {
    return precision(loans);
  },
  recall() {
    return recall(loans);
  },
  specificity() {
    return specificity(loans);
  },
  false_positive_rate() {
    return falsePositiveRate(loans);
  },
  false_negative_rate() {
    return falseNegativeRate(loans);
  },
  negative_predictive_value() {
    return negativePredictiveValue(loans);
  },
  false_discovery_rate() {
    return falseDiscoveryRate(loans);
  },
  false_omission_rate() {
    return falseOmissionRate(loans);
  },
  f1() {
    return f1(loans);
  },
  matthews_correlation() {
    return matthewsCorrelation(loans);
  },
  roc_auc() {
    return rocAuc(loans);
  },
  average_precision() {
    return averagePrecision(loans);
  },
  log_loss() {
    return logLoss(loans);
  },
  brier_score() {
    return brierScore(loans);
  },
  expected_calibration_error() {
    return expectedCalibrationError(loans);
  },
  maximum_calibration_error() {
    return maximumCalibrationError(loans);
  },
  calibration_slope() {
    return calibrationSlope(loans);
  },
  calibration_intercept() {
    return calibrationIntercept(loans);
  },
  f_beta() {
    return fBeta(loans, { beta: 2 });
  },
  business_value() {
    const valueOfDecision = [
      [1, -4],
      [-20, 15],
    ] as const;
    return businessValue(loans, valueOfDecision);
  },
  precision_macro() {
    return multiclassPerformance(pets).metrics.get('precision_macro');
  },
  precision_micro() {
    return multiclassPerformance(pets).metrics.get('precision_micro');
  },
  precision_weighted() {
    return multiclassPerformance(pets).metrics.get('precision_weighted');
  },
  recall_macro() {
    return multiclassPerformance(pets).metrics.get('recall_macro');
  },
  recall_micro() {
    return multiclassPerformance(pets).metrics.get('recall_micro');
  },
  recall_weighted() {
    return multiclassPerformance(pets).metrics.get('recall_weighted');
  },
  f1_macro() {
    return multiclassPerformance(pets).metrics.get('f1_macro');
  },
  f1_micro() {
    return multiclassPerformance(pets).metrics.get('f1_micro');
  },
  f1_weighted() {
    return multiclassPerformance(pets).metrics.get('f1_weighted');
  },
  roc_auc_ovr_macro() {
    const scoresOfCat = { positives: [10, 20, 30], negatives: [60, 40, 20] };
    const scoresOfDog = { positives: [5, 25, 50], negatives: [50, 30, 20] };
    const scoresOfFox = { positives: [5, 10, 25], negatives: [90, 40, 10] };
    return rocAucOneVsRest(
      new Map([
        ['cat', scoresOfCat],
        ['dog', scoresOfDog],
        ['fox', scoresOfFox],
      ]),
    ).macro;
  },
  roc_auc_ovr_weighted() {
    const scoresOfCat = { positives: [10, 20, 30], negatives: [60, 40, 20] };
    const scoresOfDog = { positives: [5, 25, 50], negatives: [50, 30, 20] };
    const scoresOfFox = { positives: [5, 10, 25], negatives: [90, 40, 10] };
    return rocAucOneVsRest(
      new Map([
        ['cat', scoresOfCat],
        ['dog', scoresOfDog],
        ['fox', scoresOfFox],
      ]),
    ).weighted;
  },
};
