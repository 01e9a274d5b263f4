import { hitRateAtK } from '../../../server/metrics/performance/ranking/hit-rate-at-k.ts';
import { meanAveragePrecision } from '../../../server/metrics/performance/ranking/mean-average-precision.ts';
import type {
  RankingOptions,
  RankingResult,
  RelevanceByUser,
} from '../../../server/metrics/performance/ranking/mean-over-users.ts';
import { meanReciprocalRank } from '../../../server/metrics/performance/ranking/mean-reciprocal-rank.ts';
import { ndcgAtK } from '../../../server/metrics/performance/ranking/ndcg-at-k.ts';
import { precisionAtK } from '../../../server/metrics/performance/ranking/precision-at-k.ts';
import { recallAtK } from '../../../server/metrics/performance/ranking/recall-at-k.ts';
import { regressionPerformance } from '../../../server/metrics/performance/regression-performance.ts';
import { maxError } from '../../../server/metrics/performance/regression/max-error.ts';
import { meanAbsolutePercentageError } from '../../../server/metrics/performance/regression/mean-absolute-percentage-error.ts';
import { meanSquaredLogarithmicError } from '../../../server/metrics/performance/regression/mean-squared-logarithmic-error.ts';
import { medianAbsoluteError } from '../../../server/metrics/performance/regression/median-absolute-error.ts';
import { quantileLoss } from '../../../server/metrics/performance/regression/quantile-loss.ts';
import { symmetricMeanAbsolutePercentageError } from '../../../server/metrics/performance/regression/symmetric-mean-absolute-percentage-error.ts';
import { regressionTallyOfRows } from '../../server/metrics/performance/tally-of-rows.ts';
import type { Answer, Inputs, Measure, MeasureOf } from '../measure.ts';
import { bare, valueOf } from './plain-value.ts';

type Values = Inputs['values'];

const fromTally = ['mean_error', 'mean_absolute_error', 'mean_squared_error', 'root_mean_squared_error', 'r_squared'];
const tallyMetrics = ({ actual, predicted }: Values) =>
  regressionPerformance(regressionTallyOfRows(actual, predicted, actual[0]), bare);

const ofRows: [string, string, (rows: Values) => Answer][] = [
  [
    'mean_absolute_percentage_error',
    'mean_absolute_percentage_error',
    (rows) => valueOf(meanAbsolutePercentageError(rows, bare).result),
  ],
  [
    'symmetric_mean_absolute_percentage_error',
    'numpy',
    (rows) => valueOf(symmetricMeanAbsolutePercentageError(rows, bare)),
  ],
  [
    'mean_squared_logarithmic_error',
    'mean_squared_log_error',
    (rows) => valueOf(meanSquaredLogarithmicError(rows, bare).result),
  ],
  ['quantile_loss', 'mean_pinball_loss', (rows) => valueOf(quantileLoss(rows, 0.9, bare))],
  ['median_absolute_error', 'median_absolute_error', (rows) => valueOf(medianAbsoluteError(rows, bare))],
  ['max_error', 'max_error', (rows) => valueOf(maxError(rows, bare))],
];

type Ranking = (users: RelevanceByUser, options: RankingOptions) => RankingResult;
const rankings: [string, string, Ranking][] = [
  ['ndcg_at_k', 'sklearn.metrics.ndcg_score', ndcgAtK],
  ['mean_reciprocal_rank', 'numpy', meanReciprocalRank],
  ['mean_average_precision', 'numpy', meanAveragePrecision],
  ['hit_rate_at_k', 'numpy', hitRateAtK],
  ['precision_at_k', 'numpy', precisionAtK],
  ['recall_at_k', 'numpy', recallAtK],
];
const rankingOf = (metric: Ranking, lists: number[][], k: number): Answer =>
  valueOf(metric(new Map(lists.map((list, i) => [`u${i}`, list])), { k, usersMin: 1 }).result);

export const valueMeasures: readonly Measure[] = [
  ...fromTally.map((id): MeasureOf<'values'> => ({
    key: id,
    kind: 'values',
    metric: id,
    library: 'sklearn.metrics',
    ours: (input) => valueOf(tallyMetrics(input).get(id)),
  })),
  ...ofRows.map(([id, library, ours]): MeasureOf<'values'> => ({
    key: id,
    kind: 'values',
    metric: id,
    library: library === 'numpy' ? library : `sklearn.metrics.${library}`,
    ours,
  })),
  ...rankings.map(([id, library, metric]): MeasureOf<'ranked'> => ({
    key: id,
    kind: 'ranked',
    metric: id,
    library,
    ours: ({ lists, k }) => rankingOf(metric, lists, k),
  })),
  {
    key: 'mean_average_precision_all',
    kind: 'ranked',
    metric: 'mean_average_precision',
    library: 'sklearn.metrics.average_precision_score',
    ours: ({ lists }) => rankingOf(meanAveragePrecision, lists, lists[0].length),
  },
];
