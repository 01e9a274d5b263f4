import { accuracy } from '../../../../server/metrics/performance/binary/accuracy.ts';
import { averagePrecisionOfRows } from '../../../../server/metrics/performance/binary/average-precision.ts';
import { businessValue } from '../../../../server/metrics/performance/binary/business-value.ts';
import type { ValueMatrix } from '../../../../server/metrics/performance/binary/business-value.ts';
import {
  calibrationIntercept,
  calibrationSlope,
} from '../../../../server/metrics/performance/binary/calibration-slope.ts';
import { equalMassCuts } from '../../../../server/metrics/performance/binary/equal-mass-bins.ts';
import {
  expectedCalibrationError,
  maximumCalibrationError,
} from '../../../../server/metrics/performance/binary/expected-calibration-error.ts';
import { fBeta } from '../../../../server/metrics/performance/binary/f-beta.ts';
import { logisticRecalibration } from '../../../../server/metrics/performance/binary/logistic-recalibration.ts';
import { rocAuc, rocAucOfRows } from '../../../../server/metrics/performance/binary/roc-auc.ts';
import { scoreGroupsOfRows } from '../../../../server/metrics/performance/binary/score-groups.ts';
import { binaryPerformance } from '../../../../server/metrics/performance/binary-performance.ts';
import { multiclassPerformance } from '../../../../server/metrics/performance/multiclass-performance.ts';
import { argmaxLabel } from '../../../../server/metrics/performance/multiclass/argmax-label.ts';
import { hitRateAtK } from '../../../../server/metrics/performance/ranking/hit-rate-at-k.ts';
import { meanAveragePrecision } from '../../../../server/metrics/performance/ranking/mean-average-precision.ts';
import type {
  RankingOptions,
  RelevanceByUser,
} from '../../../../server/metrics/performance/ranking/mean-over-users.ts';
import { meanReciprocalRank } from '../../../../server/metrics/performance/ranking/mean-reciprocal-rank.ts';
import { ndcgAtK } from '../../../../server/metrics/performance/ranking/ndcg-at-k.ts';
import { precisionAtK } from '../../../../server/metrics/performance/ranking/precision-at-k.ts';
import { recallAtK } from '../../../../server/metrics/performance/ranking/recall-at-k.ts';
import { regressionPerformance } from '../../../../server/metrics/performance/regression-performance.ts';
import { maxError } from '../../../../server/metrics/performance/regression/max-error.ts';
import { meanAbsolutePercentageError } from '../../../../server/metrics/performance/regression/mean-absolute-percentage-error.ts';
import { meanSquaredLogarithmicError } from '../../../../server/metrics/performance/regression/mean-squared-logarithmic-error.ts';
import { medianAbsoluteError } from '../../../../server/metrics/performance/regression/median-absolute-error.ts';
import { quantileLoss } from '../../../../server/metrics/performance/regression/quantile-loss.ts';
import { rSquaredOfRows } from '../../../../server/metrics/performance/regression/r-squared.ts';
import { symmetricMeanAbsolutePercentageError } from '../../../../server/metrics/performance/regression/symmetric-mean-absolute-percentage-error.ts';
import {
  binaryTallyOfCells,
  binaryTallyOfRows,
  emptyBinaryTally,
  multiclassTallyOfRows,
  regressionTallyOfRows,
  unitEdges,
} from '../performance/tally-of-rows.ts';
import type { Cells } from '../performance/tally-of-rows.ts';
import { evidenceOff, valueOf, valueOrReason, withLimits } from './evidence-off.ts';
import { describeGoldenFamily } from './golden-family.ts';

type BinaryRows = { scores: number[]; labels: (0 | 1)[] };
type RegressionRows = { actual: number[]; predicted: number[] };
type Lists = { relevance_by_user: Record<string, number[]> };

const usersOf = (input: Lists): RelevanceByUser => new Map(Object.entries(input.relevance_by_user));

function rankingRow(users: RelevanceByUser, k: number, more: Partial<RankingOptions> = {}) {
  const options = { k, usersMin: 0, ...more };
  const ndcg = ndcgAtK(users, options);
  return {
    users: ndcg.result.kind === 'value' ? ndcg.result.n : null,
    ndcg: valueOf(ndcg.result),
    mean_reciprocal_rank: valueOf(meanReciprocalRank(users, options).result),
    mean_average_precision: valueOf(meanAveragePrecision(users, options).result),
    hit_rate: valueOf(hitRateAtK(users, options).result),
    precision: valueOf(precisionAtK(users, options).result),
    recall: valueOf(recallAtK(users, options).result),
  };
}

const perCut = <T>(cuts: number[], of: (k: number) => T) => Object.fromEntries(cuts.map((k) => [`k${k}`, of(k)]));

/** Every binary metric through the tally, AUC and average precision from the rows. */
function binaryMeasures(input: BinaryRows & { threshold: number }) {
  const rows = input.scores.map((score, i) => ({ score, label: input.labels[i] }));
  const tally = binaryTallyOfRows(rows, unitEdges(200), input.threshold);
  const metrics = binaryPerformance(tally, evidenceOff);
  const { truePositive, falsePositive, falseNegative, trueNegative } = tally.confusion;
  const atEdge = accuracy(tally, { ...evidenceOff, threshold: input.threshold });
  return {
    ...Object.fromEntries([...metrics].map(([id, result]) => [id, valueOf(result)])),
    tp: truePositive,
    fp: falsePositive,
    fn: falseNegative,
    tn: trueNegative,
    accuracy: valueOf(atEdge),
    f_beta_2: valueOf(fBeta(tally, { ...evidenceOff, beta: 2 })),
    f_beta_05: valueOf(fBeta(tally, { ...evidenceOff, beta: 0.5 })),
    roc_auc: valueOf(rocAucOfRows(input, evidenceOff)),
    average_precision: valueOf(averagePrecisionOfRows(input, evidenceOff)),
  };
}

function regressionMeasures(rows: RegressionRows) {
  const tally = regressionTallyOfRows(rows.actual, rows.predicted, 3);
  const percentage = meanAbsolutePercentageError(rows, evidenceOff);
  const logarithmic = meanSquaredLogarithmicError(rows, evidenceOff);
  return {
    ...Object.fromEntries([...regressionPerformance(tally, evidenceOff)].map(([id, result]) => [id, valueOf(result)])),
    mean_absolute_percentage_error: valueOf(percentage.result),
    excluded_from_mape: percentage.excluded,
    symmetric_mean_absolute_percentage_error: valueOf(symmetricMeanAbsolutePercentageError(rows, evidenceOff)),
    mean_squared_logarithmic_error: valueOf(logarithmic.result),
    excluded_from_msle: logarithmic.excluded,
    r_squared: valueOf(rSquaredOfRows(rows, { ...evidenceOff, bootstrap: null })),
    quantile_loss_90: valueOf(quantileLoss(rows, 0.9, evidenceOff)),
    quantile_loss_10: valueOf(quantileLoss(rows, 0.1, evidenceOff)),
    max_error: valueOf(maxError(rows, evidenceOff)),
    median_absolute_error: valueOf(medianAbsoluteError(rows, evidenceOff)),
  };
}

describeGoldenFamily('performance', {
  'binary-ten-rows-threshold-070': binaryMeasures,
  'binary-twenty-four-rows': binaryMeasures,
  'ranking-three-users': (input: Lists & { k: number[] }) => perCut(input.k, (k) => rankingRow(usersOf(input), k)),
  'ranking-three-users-all-counted': (input: Lists & { k: number }) =>
    rankingRow(usersOf(input), input.k, { usersWithoutRelevant: 'zero' }),
  'ranking-graded-relevance': (input: Lists & { k: number[] }) => ({
    linear: perCut(input.k, (k) => rankingRow(usersOf(input), k)),
    ndcg_exponential: perCut(input.k, (k) =>
      valueOf(ndcgAtK(usersOf(input), { k, usersMin: 0, gain: 'exponential' }).result),
    ),
  }),
  'equal-mass-cuts-20-by-4': (input: { n: number; bins: number }) => ({ ranges: equalMassCuts(input.n, input.bins) }),
  'equal-mass-cuts-10-by-3': (input: { n: number; bins: number }) => ({ ranges: equalMassCuts(input.n, input.bins) }),
  'zero-denominators-are-insufficient': (input: { cases: (Cells & { metric: string })[] }) => ({
    results: input.cases.map((one) => {
      const result = binaryPerformance(binaryTallyOfCells(one), { only: [one.metric] }).get(one.metric);
      return result && valueOrReason(result);
    }),
  }),
  'roc-auc-from-score-histogram': (input: { positives: number[]; negatives: number[] }) => {
    const bins = input.positives.length;
    const n = [...input.positives, ...input.negatives].reduce((sum, count) => sum + count, 0);
    const result = rocAuc(
      {
        ...emptyBinaryTally(unitEdges(bins)),
        positives: Float64Array.from(input.positives),
        negatives: Float64Array.from(input.negatives),
        total: n,
        labelled: n,
      },
      evidenceOff,
    );
    if (result.kind !== 'value') return null;
    // The rows behind this histogram are those of binary-twenty-four-rows; their exact AUC must lie within the bound.
    const exact = 0.7629629629629628;
    const isInside = Math.abs(exact - result.value) <= (result.errorBound ?? 0);
    return { value: result.value, error_bound: result.errorBound, exact_value: isInside ? exact : null };
  },
  'calibration-error-equal-mass': (input: BinaryRows & { bins: number }) => {
    const options = { ...evidenceOff, bins: input.bins };
    return {
      expected_calibration_error: valueOf(expectedCalibrationError(input, options)),
      maximum_calibration_error: valueOf(maximumCalibrationError(input, options)),
    };
  },
  'calibration-slope-and-intercept': (input: BinaryRows) => {
    const groups = scoreGroupsOfRows(input);
    return {
      slope: valueOf(calibrationSlope(input, evidenceOff)),
      slope_standard_error: logisticRecalibration(groups, false)?.slopeError,
      joint_intercept: logisticRecalibration(groups, false)?.intercept,
      intercept_in_the_large: valueOf(calibrationIntercept(input, evidenceOff)),
      intercept_standard_error: logisticRecalibration(groups, true)?.interceptError,
    };
  },
  'multiclass-twelve-rows': (input: { labels: number[]; probabilities: number[][] }) => {
    const predicted = input.probabilities.map(argmaxLabel);
    const tally = multiclassTallyOfRows(input.labels, predicted, input.probabilities);
    const scoreTallies = new Map(
      tally.labels.map((label, k) => {
        const labels = input.labels.map((actual) => (actual === k ? 1 : 0));
        return [label, scoreGroupsOfRows({ scores: input.probabilities.map((row) => row[k]), labels })];
      }),
    );
    const { metrics, classes } = multiclassPerformance(tally, { ...evidenceOff, scoreTallies });
    return {
      predicted,
      ...Object.fromEntries([...metrics].map(([id, result]) => [id, valueOf(result)])),
      f1_per_class: classes.map((one) => valueOf(one.results.f1)),
    };
  },
  'regression-eight-rows': regressionMeasures,
  'regression-with-zero-and-negative-actuals': regressionMeasures,
  'business-value-matrix': (input: Cells & { value_matrix: ValueMatrix }) => {
    const tally = binaryTallyOfCells(input);
    const perPrediction = withLimits(businessValue(tally, input.value_matrix, { ...evidenceOff, per: 'prediction' }));
    return {
      total: valueOf(businessValue(tally, input.value_matrix, evidenceOff)),
      per_prediction: perPrediction.value,
      lower: perPrediction.lower,
      upper: perPrediction.upper,
    };
  },
});
