import { estimateBinaryPerformance } from '../../../server/metrics/estimation/confidence-based-performance-estimation.ts';
import type { EstimatedMetricId } from '../../../server/metrics/estimation/confidence-based-performance-estimation.ts';
import { fractionalOutcomesOfRows } from '../../../server/metrics/estimation/fractional-confusion.ts';
import { fitIsotonic, isotonicRate } from '../../../server/metrics/estimation/isotonic-calibration.ts';
import { fitRidge, predictRidge } from '../../../server/metrics/estimation/ridge-regression.ts';
import {
  confusionComponent,
  rocAucComponent,
  samplingError,
} from '../../../server/metrics/estimation/sampling-error.ts';
import { binaryTallyOfRows } from '../../server/metrics/performance/tally-of-rows.ts';
import type { Answer, Inputs, Measure, MeasureOf } from '../measure.ts';
import { valueOf } from './plain-value.ts';

type Scored = Inputs['scored'];
const decisionIds = ['accuracy', 'precision', 'recall', 'specificity', 'f1'] as const;

function estimated({ scores, decisions }: Scored, ids: readonly EstimatedMetricId[]): Answer {
  const outcomes = fractionalOutcomesOfRows({ calibrated: scores, scores, predictedLabels: decisions });
  const metrics = estimateBinaryPerformance(outcomes, { nMin: 1 });
  return ids.map((id) => valueOf(metrics.get(id)));
}

function samplingErrors({ scores, labels, decisions }: Scored): Answer {
  const { confusion } = binaryTallyOfRows(
    scores.map((score, i) => ({ score, label: labels[i] === 1 ? 1 : 0, decision: decisions[i] === 1 ? 1 : 0 })),
  );
  const n = scores.length;
  const components = decisionIds.map((id) => samplingError(confusionComponent(id, confusion), n));
  return [...components, samplingError(rocAucComponent({ scores, labels }), n)];
}

const ofScored = (
  key: string,
  metric: string,
  library: string,
  ours: (input: Scored) => Answer,
  more: Partial<MeasureOf<'scored'>> = {},
): MeasureOf<'scored'> => ({
  key,
  kind: 'scored',
  metric,
  library,
  ours,
  ...more,
});

const tied = {
  cases: ['scored: two digits, tied', 'scored: housing'],
  bound: 5e-3,
  why: 'NannyML lets the order of tied scores decide',
};
const roundedAndTied = { bound: 1e-6, why: 'NannyML rounds its counts to five digits', loose: tied };

export const estimationMeasures: readonly Measure[] = [
  ...decisionIds.map((id) =>
    ofScored('estimated', `estimated_${id}`, `nannyml estimate_${id}`, (input) => estimated(input, decisionIds)),
  ),
  ofScored(
    'estimated_auc',
    'estimated_roc_auc',
    'nannyml estimate_roc_auc',
    (input) => estimated(input, ['roc_auc']),
    roundedAndTied,
  ),
  ofScored(
    'estimated_ap',
    'estimated_average_precision',
    'nannyml estimate_ap',
    (input) => estimated(input, ['average_precision']),
    roundedAndTied,
  ),
  ofScored('sampling_errors', 'estimated_accuracy', 'nannyml.sampling_error', samplingErrors, { loose: tied }),
  ofScored('isotonic', 'estimated_accuracy', 'sklearn.isotonic.IsotonicRegression', ({ scores, labels }) => {
    const fit = fitIsotonic(scores, labels);
    return Array.from({ length: 41 }, (_, i) => isotonicRate(fit, i / 40));
  }),
  {
    key: 'ridge',
    kind: 'binned_losses',
    metric: 'estimated_mean_absolute_error',
    library: 'sklearn.linear_model.Ridge',
    ours: ({ codes, target }) => {
      const columns = codes.map((column) => ({ size: Math.max(...column) + 1, codes: column }));
      const model = fitRidge(
        columns,
        target,
        target.map((_, i) => i),
        1,
      );
      return Array.from({ length: 50 }, (_, row) => predictRidge(model, columns, row));
    },
  },
];
