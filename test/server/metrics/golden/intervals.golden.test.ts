import { balancedAccuracy } from '../../../../server/metrics/performance/binary/balanced-accuracy.ts';
import { f1 } from '../../../../server/metrics/performance/binary/f1.ts';
import { rootMeanSquaredError } from '../../../../server/metrics/performance/regression/root-mean-squared-error.ts';
import { aucPlacements } from '../../../../server/metrics/support/intervals/auc-placements.ts';
import { clopperPearsonInterval } from '../../../../server/metrics/support/intervals/clopper-pearson-interval.ts';
import {
  delongInterval,
  delongStandardError,
  pairedAucDifference,
} from '../../../../server/metrics/support/intervals/delong-interval.ts';
import { divergenceInterval } from '../../../../server/metrics/support/intervals/divergence-interval.ts';
import {
  hanleyMcNeilInterval,
  hanleyMcNeilStandardError,
} from '../../../../server/metrics/support/intervals/hanley-mcneil-interval.ts';
import { katzLogInterval } from '../../../../server/metrics/support/intervals/katz-log-interval.ts';
import { logitAveragePrecisionInterval } from '../../../../server/metrics/support/intervals/logit-average-precision-interval.ts';
import { meanTInterval } from '../../../../server/metrics/support/intervals/mean-t-interval.ts';
import { newcombeInterval } from '../../../../server/metrics/support/intervals/newcombe-interval.ts';
import { percentileInterval } from '../../../../server/metrics/support/intervals/percentile-interval.ts';
import { permutationPValue } from '../../../../server/metrics/support/intervals/permutation-p-value.ts';
import { momentsOfValues } from '../../../../server/metrics/support/intervals/sample-moments.ts';
import { wilsonInterval } from '../../../../server/metrics/support/intervals/wilson-interval.ts';
import { binaryTallyOfCells, regressionTallyOfRows } from '../performance/tally-of-rows.ts';
import { evidenceOff, withLimits } from './evidence-off.ts';
import { describeGoldenFamily } from './golden-family.ts';

type Shares = { cases: { successes: number; n: number }[] };
type Pairs = { cases: { x1: number; n1: number; x2: number; n2: number }[] };
type Rows = { labels: number[]; scores: number[] };

const limits = (intervals: ({ lower: number; upper: number } | null)[]) => ({
  lower: intervals.map((interval) => interval?.lower),
  upper: intervals.map((interval) => interval?.upper),
});
const pair = (one: Pairs['cases'][number]) =>
  [
    { successes: one.x1, n: one.n1 },
    { successes: one.x2, n: one.n2 },
  ] as const;

describeGoldenFamily('intervals', {
  'wilson-intervals': (input: Shares) => limits(input.cases.map((one) => wilsonInterval(one.successes, one.n))),
  'clopper-pearson-intervals': (input: Shares) =>
    limits(input.cases.map((one) => clopperPearsonInterval(one.successes, one.n))),
  'newcombe-differences': (input: Pairs) => ({
    difference: input.cases.map((one) => one.x1 / one.n1 - one.x2 / one.n2),
    ...limits(input.cases.map((one) => newcombeInterval(...pair(one)))),
  }),
  'katz-log-ratio-intervals': (input: Pairs) => ({
    ratio: input.cases.map((one) => one.x1 / one.n1 / (one.x2 / one.n2)),
    ...limits(input.cases.map((one) => katzLogInterval(...pair(one)))),
  }),
  'balanced-accuracy-interval': (input: { tp: number; fp: number; fn: number; tn: number }) =>
    withLimits(balancedAccuracy(binaryTallyOfCells(input), evidenceOff)),
  'f1-interval': (input: { tp: number; fp: number; fn: number }) =>
    withLimits(f1(binaryTallyOfCells({ ...input, tn: 0 }), evidenceOff)),
  'roc-auc-standard-errors': (input: Rows) => {
    const placements = aucPlacements(input);
    const value = momentsOfValues(placements.positive).mean;
    const sizes = [placements.positive.length, placements.negative.length] as const;
    const delong = delongInterval(placements);
    const hanleyMcNeil = hanleyMcNeilInterval(value, ...sizes);
    return {
      value,
      delong_standard_error: delongStandardError(placements),
      hanley_mcneil_standard_error: hanleyMcNeilStandardError(value, ...sizes),
      lower: delong?.lower,
      upper: delong?.upper,
      hanley_mcneil_lower: hanleyMcNeil?.lower,
      hanley_mcneil_upper: hanleyMcNeil?.upper,
    };
  },
  'roc-auc-paired-difference': (input: { labels: number[]; scores_a: number[]; scores_b: number[] }) => {
    const { difference, standardError, z, pValue } = pairedAucDifference(input.labels, input.scores_a, input.scores_b);
    return { difference, standard_error: standardError, z, p_value: pValue };
  },
  'average-precision-logit-interval': (input: { value: number; n_positive: number }) =>
    logitAveragePrecisionInterval(input.value, input.n_positive),
  'mean-loss-t-interval': (input: { values: number[] }) => {
    const moments = momentsOfValues(input.values);
    return { value: moments.mean, ...meanTInterval(moments) };
  },
  'bootstrap-percentile-from-replicates': (input: { replicates: number[]; observed: number }) => ({
    ...percentileInterval(input.replicates, 'bootstrap'),
    permutation_p_value: permutationPValue(input.observed, input.replicates),
  }),
  'divergence-interval-from-replicates': (input: { replicates: number[]; noise_floor: number }) =>
    divergenceInterval(input.replicates, input.noise_floor),
  'rmse-interval': (input: { actual: number[]; predicted: number[] }) =>
    withLimits(rootMeanSquaredError(regressionTallyOfRows(input.actual, input.predicted), evidenceOff)),
});
