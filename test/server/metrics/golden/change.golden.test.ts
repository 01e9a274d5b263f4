import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { adwinMean, adwinStart, adwinStep } from '../../../../server/metrics/change/adwin.ts';
import { cusumAverageRunLength, ewmaAverageRunLength } from '../../../../server/metrics/change/average-run-length.ts';
import { scanStream } from '../../../../server/metrics/change/change-step.ts';
import type { ChangeStep } from '../../../../server/metrics/change/change-step.ts';
import { cusumStart, cusumStep } from '../../../../server/metrics/change/cusum.ts';
import { ddmStart, ddmStep } from '../../../../server/metrics/change/ddm.ts';
import { ewmaStart, ewmaStep } from '../../../../server/metrics/change/ewma.ts';
import { pageHinkleyStart, pageHinkleyStep } from '../../../../server/metrics/change/page-hinkley.ts';
import {
  bayesianOnlineChangeStep,
  bocdStart,
} from '../../../../server/metrics/change/profiles/bayesian-online-change-detection.ts';
import { eddmStart, eddmStep } from '../../../../server/metrics/change/profiles/eddm.ts';
import {
  frourosCusumStep,
  frourosPageHinkleyStep,
  geometricMovingAverageStep,
  runningMeanStart,
} from '../../../../server/metrics/change/profiles/frouros-running-mean.ts';
import type {
  RunningMeanParameters,
  RunningMeanState,
} from '../../../../server/metrics/change/profiles/frouros-running-mean.ts';
import { hddmAStart, hddmAStep } from '../../../../server/metrics/change/profiles/hddm-a.ts';
import { hddmWStart, hddmWStep } from '../../../../server/metrics/change/profiles/hddm-w.ts';
import { kswinStart, kswinStep } from '../../../../server/metrics/change/profiles/kswin.ts';
import { describeGoldenFamily, hasGoldenFile } from './golden-family.ts';

/** Parameters are numbers but for the direction, which only Page-Hinkley has. */
type Parameters = Record<string, number> & { direction?: never };
type Input = { stream?: number[]; stream_from_case?: string; parameters: Parameters };
type Case = { id: string; input: Input };

const goldenFile = fileURLToPath(new URL('../../../../../shared/reference/golden/metrics.json', import.meta.url));
const cases: Case[] = hasGoldenFile ? (JSON.parse(readFileSync(goldenFile, 'utf8')) as Case[]) : [];

function streamOf(input: Input): number[] {
  const stream = input.stream ?? cases.find(({ id }) => id === input.stream_from_case)?.input.stream;
  if (stream === undefined) throw new Error(`no stream in ${input.stream_from_case}`);
  return stream;
}

function pageHinkley(direction: 'up' | 'both') {
  return (input: Input) => {
    const { min_n: valuesMin, delta, alpha, lambda: limit } = input.parameters;
    return scanStream(streamOf(input), pageHinkleyStart, (state, x) =>
      pageHinkleyStep(state, x, { valuesMin, delta, alpha, limit, direction }),
    );
  };
}

function adwin(profile: 'plumbline' | 'river') {
  return (input: Input) => {
    const { delta, clock, max_buckets: bucketsMax, min_subwindow: partMin, grace } = input.parameters;
    const scan = scanStream(streamOf(input), adwinStart, (state, x) =>
      adwinStep(state, x, { delta, clock, bucketsMax, partMin, grace, profile }),
    );
    return { alarms: scan.alarms, width: scan.state.width, mean: adwinMean(scan.state) };
  };
}

type RunningMeanStep = (
  state: RunningMeanState,
  x: number,
  parameters: RunningMeanParameters,
) => ChangeStep<RunningMeanState>;

const runningMean = (step: RunningMeanStep) => (input: Input) => {
  const { min_n: valuesMin, delta, alpha, lambda: limit } = input.parameters;
  return scanStream(streamOf(input), runningMeanStart, (state, x) =>
    step(state, x, { valuesMin, delta, alpha, limit }),
  );
};

const confidences = ({ drift_confidence, warning_confidence }: Parameters) => ({
  driftConfidence: drift_confidence,
  warningConfidence: warning_confidence,
});

describeGoldenFamily('change', {
  'page-hinkley-up-integer-stream': pageHinkley('up'),
  'page-hinkley-both-integer-stream': pageHinkley('both'),
  'adwin-river-scan-integer-stream': adwin('river'),
  'adwin-complete-scan-integer-stream': adwin('plumbline'),
  'adwin-complete-scan-four-changes': adwin('plumbline'),
  'cusum-running-mean-three-level-stream': runningMean(frourosCusumStep),
  'page-hinkley-running-mean-three-level-stream': runningMean(frourosPageHinkleyStep),
  'geometric-moving-average-running-mean-three-level-stream': runningMean(geometricMovingAverageStep),
  'ddm-bernoulli-stream': (input: Input) => {
    const { warm_up: warmUp, warning_sigma: warningSigma, drift_sigma: driftSigma } = input.parameters;
    const { alarms, warnings } = scanStream(streamOf(input), ddmStart, (state, x) =>
      ddmStep(state, { errors: x, outcomes: 1 }, { warmUp, warningSigma, driftSigma }),
    );
    return { alarms, first_warning: warnings[0], warnings: warnings.length };
  },
  'eddm-bernoulli-stream': (input: Input) => {
    const { warm_up: warmUp, warning, drift } = input.parameters;
    return scanStream(streamOf(input), eddmStart, (state, x) => eddmStep(state, x === 1, { warmUp, warning, drift }));
  },
  'hddm-a-bernoulli-stream': (input: Input) =>
    scanStream(streamOf(input), hddmAStart, (state, x) => hddmAStep(state, x, confidences(input.parameters))),
  'hddm-w-bernoulli-stream': (input: Input) => {
    const { lambda } = input.parameters;
    const parameters = { ...confidences(input.parameters), lambda };
    return scanStream(streamOf(input), hddmWStart, (state, x) => hddmWStep(state, x, parameters));
  },
  'kswin-integer-stream': (input: Input) => {
    const { alpha, window, sample } = input.parameters;
    return scanStream(streamOf(input), kswinStart, (state, x) => kswinStep(state, x, { alpha, window, sample }));
  },
  'bocd-three-level-stream': (input: Input) => {
    const { prior_mean, prior_variance, data_variance, hazard, min_n } = input.parameters;
    const parameters = {
      priorMean: prior_mean,
      priorVariance: prior_variance,
      dataVariance: data_variance,
      hazard,
      valuesMin: min_n,
    };
    return scanStream(streamOf(input), bocdStart(parameters), (state, x) =>
      bayesianOnlineChangeStep(state, x, parameters),
    );
  },
  'cusum-tabular': (input: Input) => {
    const { mean0, std0, k, h } = input.parameters;
    const sums: { high: number; low: number }[] = [];
    const { alarms } = scanStream(streamOf(input), cusumStart({ mean0, std0 }), (state, x) => {
      const step = cusumStep(state, x, { k, h });
      sums.push(step);
      return step;
    });
    return { alarms, high: sums.map(({ high }) => high), low: sums.map(({ low }) => low) };
  },
  'ewma-chart': (input: Input) => {
    const { mean0, std0, lambda, limit } = input.parameters;
    const points: { smoothed: number; halfWidth: number }[] = [];
    const { alarms } = scanStream(streamOf(input), ewmaStart({ mean0, std0 }), (state, x) => {
      const step = ewmaStep(state, x, { lambda, limit });
      points.push(step);
      return step;
    });
    return {
      alarms,
      level: points.map(({ smoothed }) => smoothed),
      half_width: points.map(({ halfWidth }) => halfWidth),
    };
  },
  'average-run-lengths': (input: { cusum: { k: number; h: number }[]; ewma: { lambda: number; limit: number }[] }) => ({
    cusum_one_sided: input.cusum.map((parameters) => cusumAverageRunLength(parameters)),
    ewma_two_sided: input.ewma.map((parameters) => ewmaAverageRunLength(parameters)),
  }),
});
