import { accuracy } from '../../../server/metrics/performance/binary/accuracy.ts';
import {
  averagePrecision,
  averagePrecisionOfRows,
} from '../../../server/metrics/performance/binary/average-precision.ts';
import { balancedAccuracy } from '../../../server/metrics/performance/binary/balanced-accuracy.ts';
import { brierScore } from '../../../server/metrics/performance/binary/brier-score.ts';
import { businessValue } from '../../../server/metrics/performance/binary/business-value.ts';
import {
  calibrationIntercept,
  calibrationSlope,
} from '../../../server/metrics/performance/binary/calibration-slope.ts';
import {
  expectedCalibrationError,
  maximumCalibrationError,
} from '../../../server/metrics/performance/binary/expected-calibration-error.ts';
import { f1 } from '../../../server/metrics/performance/binary/f1.ts';
import { fBeta } from '../../../server/metrics/performance/binary/f-beta.ts';
import { falseDiscoveryRate } from '../../../server/metrics/performance/binary/false-discovery-rate.ts';
import { falseNegativeRate } from '../../../server/metrics/performance/binary/false-negative-rate.ts';
import { falseOmissionRate } from '../../../server/metrics/performance/binary/false-omission-rate.ts';
import { falsePositiveRate } from '../../../server/metrics/performance/binary/false-positive-rate.ts';
import { logLoss } from '../../../server/metrics/performance/binary/log-loss.ts';
import { matthewsCorrelation } from '../../../server/metrics/performance/binary/matthews-correlation.ts';
import { negativePredictiveValue } from '../../../server/metrics/performance/binary/negative-predictive-value.ts';
import { precision } from '../../../server/metrics/performance/binary/precision.ts';
import { recall } from '../../../server/metrics/performance/binary/recall.ts';
import { rocAuc, rocAucOfRows } from '../../../server/metrics/performance/binary/roc-auc.ts';
import { specificity } from '../../../server/metrics/performance/binary/specificity.ts';
import { multiclassPerformance } from '../../../server/metrics/performance/multiclass-performance.ts';
import { rocAucOneVsRest } from '../../../server/metrics/performance/multiclass/roc-auc-one-vs-rest.ts';
import { scoreGroupsOfRows } from '../../../server/metrics/performance/binary/score-groups.ts';
import type { BinaryTally } from '../../../server/domain/outcome-tally.ts';
import type { MetricResult } from '../../../server/domain/metric-result.ts';
import { binaryTallyOfRows, multiclassTallyOfRows } from '../../server/metrics/performance/tally-of-rows.ts';
import type { Answer, Inputs, Measure, MeasureOf } from '../measure.ts';
import { bare, valueOf } from './plain-value.ts';

type Scored = Inputs['scored'];

const tallyOf = ({ scores, labels, decisions }: Scored): BinaryTally =>
  binaryTallyOfRows(
    scores.map((score, i) => ({ score, label: labels[i] === 1 ? 1 : 0, decision: decisions[i] === 1 ? 1 : 0 })),
  );

const ofScored = (
  id: string,
  library: string,
  ours: (input: Scored) => Answer,
  more: Partial<MeasureOf<'scored'>> = {},
): MeasureOf<'scored'> => ({ key: id, kind: 'scored', metric: id, library, ours, ...more });

type TallyMetric = (tally: BinaryTally, options: typeof bare) => MetricResult;
const ofDecisions: [string, string, TallyMetric][] = [
  ['accuracy', 'accuracy_score', accuracy],
  ['balanced_accuracy', 'balanced_accuracy_score', balancedAccuracy],
  ['precision', 'precision_score', precision],
  ['recall', 'recall_score', recall],
  ['specificity', 'recall_score(pos_label=0)', specificity],
  ['false_positive_rate', 'recall_score(pos_label=0)', falsePositiveRate],
  ['false_negative_rate', 'recall_score', falseNegativeRate],
  ['negative_predictive_value', 'precision_score(pos_label=0)', negativePredictiveValue],
  ['false_discovery_rate', 'precision_score', falseDiscoveryRate],
  ['false_omission_rate', 'precision_score(pos_label=0)', falseOmissionRate],
  ['f1', 'f1_score', f1],
  ['f_beta', 'fbeta_score(beta=2)', (tally, options) => fBeta(tally, { ...options, beta: 2 })],
  ['matthews_correlation', 'matthews_corrcoef', matthewsCorrelation],
  ['log_loss', 'log_loss', logLoss],
  ['brier_score', 'brier_score_loss', brierScore],
];

const decisionMeasures: Measure[] = ofDecisions.map(([id, function_, metric]) =>
  ofScored(id, `sklearn.metrics.${function_}`, (input) => valueOf(metric(tallyOf(input), bare))),
);

const iterative = { bound: 1e-7, floor: 1, why: 'both sides stop iterating there' };

const scoreMeasures: Measure[] = [
  ofScored('business_value', 'sklearn.metrics.confusion_matrix', (input) =>
    valueOf(
      businessValue(
        tallyOf(input),
        [
          [1, -4],
          [-20, 15],
        ],
        bare,
      ),
    ),
  ),
  ofScored('roc_auc', 'sklearn.metrics.roc_auc_score, rows', (input) => valueOf(rocAucOfRows(input, bare))),
  ofScored('roc_auc', 'sklearn.metrics.roc_auc_score, 200 bins', (input) => valueOf(rocAuc(tallyOf(input), bare)), {
    bound: 0.01,
    why: 'rows of one score bin count as tied; errorBound is at most 0.005',
  }),
  ofScored('average_precision', 'sklearn.metrics.average_precision_score, rows', (input) =>
    valueOf(averagePrecisionOfRows(input, bare)),
  ),
  ofScored(
    'average_precision',
    'sklearn.metrics.average_precision_score, 200 bins',
    (input) => valueOf(averagePrecision(tallyOf(input), bare)),
    {
      bound: 0.05,
      why: 'rows of one score bin are one step',
    },
  ),
  ofScored('expected_calibration_error', 'numpy, equal mass', (input) =>
    valueOf(expectedCalibrationError(input, bare)),
  ),
  ofScored('maximum_calibration_error', 'numpy, equal mass', (input) => valueOf(maximumCalibrationError(input, bare))),
  ofScored(
    'calibration_slope',
    'sklearn.linear_model.LogisticRegression',
    (input) => valueOf(calibrationSlope(input, bare)),
    iterative,
  ),
  ofScored(
    'calibration_intercept',
    'scipy.optimize.brentq',
    (input) => valueOf(calibrationIntercept(input, bare)),
    iterative,
  ),
];

const multiclassOf = ({ actual, predicted, probabilities }: Inputs['classes']) =>
  multiclassPerformance(multiclassTallyOfRows(actual, predicted, probabilities), bare).metrics;

const multiclassIds: [string, string][] = [
  ...['precision', 'recall', 'f1'].flatMap((name) =>
    ['macro', 'micro', 'weighted'].map((average): [string, string] => [
      `${name}_${average}`,
      `${name}_score(average="${average}")`,
    ]),
  ),
  ['accuracy', 'accuracy_score'],
  ['balanced_accuracy', 'balanced_accuracy_score'],
  ['matthews_correlation', 'matthews_corrcoef'],
  ['log_loss', 'log_loss'],
];

const oneVsRest = ({ actual, probabilities }: Inputs['classes']) =>
  rocAucOneVsRest(
    new Map(
      probabilities[0].map((_, c) => {
        const rows = {
          scores: probabilities.map((row) => row[c]),
          labels: actual.map((label) => (label === c ? 1 : 0)),
        };
        return [String(c), scoreGroupsOfRows(rows)];
      }),
    ),
    bare,
  );

const classMeasures: Measure[] = [
  ...multiclassIds.map(([id, function_]): MeasureOf<'classes'> => ({
    key: id,
    kind: 'classes',
    metric: id,
    library: `sklearn.metrics.${function_}`,
    ours: (input) => valueOf(multiclassOf(input).get(id)),
  })),
  ...(['macro', 'weighted'] as const).map((average): MeasureOf<'classes'> => ({
    key: `roc_auc_ovr_${average}`,
    kind: 'classes',
    metric: `roc_auc_ovr_${average}`,
    library: `sklearn.metrics.roc_auc_score(multi_class="ovr", average="${average}")`,
    ours: (input) => valueOf(oneVsRest(input)[average]),
  })),
];

export const performanceMeasures: readonly Measure[] = [...decisionMeasures, ...scoreMeasures, ...classMeasures];
