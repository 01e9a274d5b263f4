import { adwinStart, adwinStep } from '../../../server/metrics/change/adwin.ts';
import { scanStream } from '../../../server/metrics/change/change-step.ts';
import { ddmStart, ddmStep } from '../../../server/metrics/change/ddm.ts';
import {
  pageHinkleyStart,
  pageHinkleyStep,
  type PageHinkleyParameters,
} from '../../../server/metrics/change/page-hinkley.ts';
import { hddmAStart, hddmAStep } from '../../../server/metrics/change/profiles/hddm-a.ts';
import { hddmWStart, hddmWStep } from '../../../server/metrics/change/profiles/hddm-w.ts';
import { volumeAnomaly } from '../../../server/metrics/quality/volume-anomaly.ts';
import { missingRateChange } from '../../../server/metrics/quality/missing-rate-change.ts';
import { latencyQuantile } from '../../../server/metrics/service/latency-quantile.ts';
import { errorRate } from '../../../server/metrics/service/error-rate.ts';
import { benjaminiHochberg, benjaminiYekutieli } from '../../../server/metrics/support/decision/benjamini-hochberg.ts';
import { clopperPearsonInterval } from '../../../server/metrics/support/intervals/clopper-pearson-interval.ts';
import { katzLogInterval } from '../../../server/metrics/support/intervals/katz-log-interval.ts';
import { meanTInterval } from '../../../server/metrics/support/intervals/mean-t-interval.ts';
import { betaQuantile } from '../../../server/metrics/support/special-functions/beta-quantile.ts';
import { chiSquareUpperTail } from '../../../server/metrics/support/special-functions/chi-square-upper-tail.ts';
import { kolmogorovUpperTail } from '../../../server/metrics/support/special-functions/kolmogorov-upper-tail.ts';
import { logGamma } from '../../../server/metrics/support/special-functions/log-gamma.ts';
import { normalQuantile } from '../../../server/metrics/support/special-functions/normal-quantile.ts';
import { normalUpperTail } from '../../../server/metrics/support/special-functions/normal-upper-tail.ts';
import { tQuantile } from '../../../server/metrics/support/special-functions/t-quantile.ts';
import { tTwoSidedTail } from '../../../server/metrics/support/special-functions/t-two-sided-tail.ts';
import { momentsOf, varianceOf } from '../../../server/metrics/support/moments/moments.ts';
import type { Interval, MetricResult } from '../../../server/domain/metric-result.ts';
import type { Answer, Inputs, Measure, MeasureOf } from '../measure.ts';
import { valueOf } from './plain-value.ts';

type Tails = Inputs['tails'];
const ofTails = (key: string, library: string, ours: (grid: Tails) => Answer): MeasureOf<'tails'> => ({
  key,
  kind: 'tails',
  metric: `numerics: ${key}`,
  library,
  ours,
  floor: 1e-290,
});
const endsOf = (interval: Interval | null): Answer => (interval === null ? null : [interval.lower, interval.upper]);
const intervalOf = (result: MetricResult): Answer => (result.kind === 'value' ? endsOf(result.interval) : null);

const tails: Measure[] = [
  ofTails('chi_square_tail', 'scipy.stats.chi2.sf', ({ degrees, statistics }) =>
    degrees.flatMap((df) => statistics.map((x) => chiSquareUpperTail(x, df))),
  ),
  ofTails('normal_tail', 'scipy.stats.norm.sf', ({ z }) => z.map((one) => normalUpperTail(one))),
  ofTails('t_tail', 'scipy.stats.t.sf', ({ degrees, z }) =>
    degrees.flatMap((df) => z.map((x) => tTwoSidedTail(x, df))),
  ),
  ofTails('kolmogorov_tail', 'scipy.special.kolmogorov', ({ lambdas }) =>
    lambdas.map((one) => kolmogorovUpperTail(one)),
  ),
  {
    ...ofTails('normal_quantile', 'scipy.stats.norm.ppf', ({ probabilities }) => probabilities.map(normalQuantile)),
    floor: 1e-6,
  },
  {
    ...ofTails('t_quantile', 'scipy.stats.t.ppf', ({ degrees, probabilities }) =>
      degrees.flatMap((df) => probabilities.map((p) => tQuantile(p, df))),
    ),
    floor: 1e-6,
  },
  ofTails('beta_quantile', 'scipy.stats.beta.ppf', ({ beta, probabilities }) =>
    beta.flatMap(([a, b]) => probabilities.map((p) => betaQuantile(p, a, b))),
  ),
  ofTails('log_gamma', 'scipy.special.gammaln', ({ statistics }) => statistics.map(logGamma)),
];

const intervals: Measure[] = [
  {
    key: 'wilson',
    kind: 'proportions',
    metric: 'error_rate',
    library: 'scipy.stats.binomtest(...).proportion_ci("wilson")',
    ours: ({ x1, n1 }) => intervalOf(errorRate(x1, n1)),
  },
  {
    key: 'clopper_pearson',
    kind: 'proportions',
    metric: 'intervals: clopper_pearson',
    library: 'scipy.stats.binomtest(...).proportion_ci("exact")',
    ours: ({ x1, n1 }) => endsOf(clopperPearsonInterval(x1, n1)),
  },
  {
    key: 'newcombe',
    kind: 'proportions',
    metric: 'missing_rate_change',
    library: 'scipy Wilson and numpy',
    ours: ({ x1, n1, x2, n2 }) =>
      intervalOf(missingRateChange({ missing: x1, n: n1 }, { missing: x2, n: n2 }, { nMin: 1 })),
  },
  {
    key: 'katz',
    kind: 'proportions',
    metric: 'intervals: katz_log',
    library: 'scipy.stats.contingency.relative_risk',
    ours: ({ x1, n1, x2, n2 }) => endsOf(katzLogInterval({ successes: x1, n: n1 }, { successes: x2, n: n2 })),
  },
  {
    key: 'mean_t',
    kind: 'samples',
    metric: 'intervals: mean_t',
    library: 'scipy.stats.ttest_1samp(...).confidence_interval',
    ours: ({ reference }) => {
      const moments = momentsOf(reference);
      return endsOf(meanTInterval({ n: moments.n, mean: moments.mean, variance: varianceOf(moments, 1) ?? 0 }));
    },
  },
];

type Scan = (stream: number[], limit: number) => number[];
/** The complete scan, empty again after an alarm: what river's ADWIN does. */
const adwinOfRiver: Scan = (stream) =>
  scanStream(stream, adwinStart, (state, x) => {
    const step = adwinStep(state, x);
    return step.level === 'drift' ? { ...step, state: adwinStart } : step;
  }).alarms;
const pageHinkley =
  (parameters: PageHinkleyParameters): Scan =>
  (stream, limit) =>
    scanStream(stream, pageHinkleyStart, (state, x) => pageHinkleyStep(state, x, { limit, ...parameters })).alarms;
const detectors: [string, string, Scan][] = [
  ['adwin', 'ADWIN', adwinOfRiver],
  ['page_hinkley', 'PageHinkley(mode="up")', pageHinkley({})],
  ['page_hinkley_both', 'PageHinkley(mode="both")', pageHinkley({ direction: 'both' })],
  ['page_hinkley_unfaded', 'PageHinkley(mode="both", alpha=1)', pageHinkley({ direction: 'both', alpha: 1 })],
];
const fading = { bound: 0.01, why: 'river fades the sum, Plumbline the difference: an alarm some values later' };
const errorDetectors: [string, string, Scan][] = [
  [
    'ddm',
    'DDM',
    (stream) => scanStream(stream, ddmStart, (state, x) => ddmStep(state, { errors: x, outcomes: 1 })).alarms,
  ],
  ['hddm_a', 'HDDMA', (stream) => scanStream(stream, hddmAStart, (state, x) => hddmAStep(state, x)).alarms],
  ['hddm_w', 'HDDMW', (stream) => scanStream(stream, hddmWStart, (state, x) => hddmWStep(state, x)).alarms],
];

/** Tails, quantiles, intervals, corrections, detectors and the measures of quality and service. */
export const numberMeasures: readonly Measure[] = [
  ...tails,
  ...intervals,
  ...detectors.map(([key, name, scan]): MeasureOf<'stream'> => ({
    key,
    kind: 'stream',
    metric: key.replace(/_both|_unfaded/, ''),
    library: `river.drift.${name}`,
    ours: ({ stream, limit }) => scan(stream, limit),
    ...(key === 'page_hinkley' || key === 'page_hinkley_both' ? fading : {}),
  })),
  ...errorDetectors.map(([key, name, scan]): MeasureOf<'errors'> => ({
    key,
    kind: 'errors',
    metric: key,
    library: `river.drift.binary.${name}`,
    ours: ({ stream }) => scan(stream, 0),
  })),
  {
    key: 'benjamini_hochberg',
    kind: 'p_values',
    metric: 'decision: benjamini_hochberg',
    library: 'scipy.stats.false_discovery_control',
    ours: ({ p }) => benjaminiHochberg(p),
    floor: 1e-290,
  },
  {
    key: 'benjamini_yekutieli',
    kind: 'p_values',
    metric: 'decision: benjamini_yekutieli',
    library: 'scipy.stats.false_discovery_control',
    ours: ({ p }) => benjaminiYekutieli(p),
    floor: 1e-290,
  },
  {
    key: 'latency',
    kind: 'samples',
    metric: 'latency_quantile',
    library: 'numpy.quantile',
    ours: ({ reference }) => [0.5, 0.95, 0.99].map((q) => valueOf(latencyQuantile(reference, q, { nMin: 1 }))),
  },
  {
    key: 'volume_anomaly',
    kind: 'volumes',
    metric: 'volume_anomaly',
    library: 'scipy.stats.median_abs_deviation',
    ours: ({ count, history }) => valueOf(volumeAnomaly(count, history)),
  },
];
