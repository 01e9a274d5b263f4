import { hitRateAtK } from '../../../../../server/metrics/performance/ranking/hit-rate-at-k.ts';
import { meanAveragePrecision } from '../../../../../server/metrics/performance/ranking/mean-average-precision.ts';
import { meanReciprocalRank } from '../../../../../server/metrics/performance/ranking/mean-reciprocal-rank.ts';
import { ndcgAtK } from '../../../../../server/metrics/performance/ranking/ndcg-at-k.ts';
import { precisionAtK } from '../../../../../server/metrics/performance/ranking/precision-at-k.ts';
import { recallAtK } from '../../../../../server/metrics/performance/ranking/recall-at-k.ts';
import { maxError } from '../../../../../server/metrics/performance/regression/max-error.ts';
import { meanAbsoluteError } from '../../../../../server/metrics/performance/regression/mean-absolute-error.ts';
import { meanAbsolutePercentageError } from '../../../../../server/metrics/performance/regression/mean-absolute-percentage-error.ts';
import { meanError } from '../../../../../server/metrics/performance/regression/mean-error.ts';
import { meanSquaredError } from '../../../../../server/metrics/performance/regression/mean-squared-error.ts';
import { meanSquaredLogarithmicError } from '../../../../../server/metrics/performance/regression/mean-squared-logarithmic-error.ts';
import { medianAbsoluteError } from '../../../../../server/metrics/performance/regression/median-absolute-error.ts';
import { quantileLoss } from '../../../../../server/metrics/performance/regression/quantile-loss.ts';
import { rSquared } from '../../../../../server/metrics/performance/regression/r-squared.ts';
import { rootMeanSquaredError } from '../../../../../server/metrics/performance/regression/root-mean-squared-error.ts';
import { symmetricMeanAbsolutePercentageError } from '../../../../../server/metrics/performance/regression/symmetric-mean-absolute-percentage-error.ts';
import { deliveries, shownLists, tallyOfValues } from './sample-data.ts';

/** Worked examples of regression and ranking by metric id: the page prints the body and what it returns. */
export const valueExamples: Record<string, () => unknown> = {
  mean_error() {
    return meanError(tallyOfValues(deliveries));
  },
  mean_absolute_error() {
    return meanAbsoluteError(tallyOfValues(deliveries));
  },
  mean_squared_error() {
    return meanSquaredError(tallyOfValues(deliveries));
  },
  root_mean_squared_error() {
    return rootMeanSquaredError(tallyOfValues(deliveries));
  },
  r_squared() {
    return rSquared(tallyOfValues(deliveries));
  },
  mean_absolute_percentage_error() {
    return meanAbsolutePercentageError(deliveries);
  },
  symmetric_mean_absolute_percentage_error() {
    return symmetricMeanAbsolutePercentageError(deliveries);
  },
  mean_squared_logarithmic_error() {
    return meanSquaredLogarithmicError(deliveries);
  },
  median_absolute_error() {
    return medianAbsoluteError(deliveries);
  },
  max_error() {
    return maxError(deliveries);
  },
  quantile_loss() {
    return quantileLoss(deliveries, 0.9);
  },
  ndcg_at_k() {
    return ndcgAtK(shownLists, { k: 2 });
  },
  mean_reciprocal_rank() {
    return meanReciprocalRank(shownLists, { k: 2 });
  },
  mean_average_precision() {
    return meanAveragePrecision(shownLists, { k: 2 });
  },
  hit_rate_at_k() {
    return hitRateAtK(shownLists, { k: 2 });
  },
  precision_at_k() {
    return precisionAtK(shownLists, { k: 2 });
  },
  recall_at_k() {
    return recallAtK(shownLists, { k: 2 });
  },
};
