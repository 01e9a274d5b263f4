import { type LabelView, outcomeTallyOf } from '../counting/outcome-tally-of.ts';
import type { ScoreBinning } from '../counting/score-binning.ts';
import type { MetricResult } from '../domain/metric-result.ts';
import type { ModelDefinition, ModelTask } from '../domain/model.ts';
import type { BinaryTally, OutcomeTally } from '../domain/outcome-tally.ts';
import type { OutcomeCell } from '../domain/tally-counts.ts';
import { binaryPerformance } from '../metrics/performance/binary-performance.ts';
import { multiclassPerformance } from '../metrics/performance/multiclass-performance.ts';
import { regressionPerformance } from '../metrics/performance/regression-performance.ts';
import { wilsonInterval } from '../metrics/support/intervals/wilson-interval.ts';
import type { Performance } from '../schemas/performance.schema.ts';
import { currentScoreBinning, type MeasureDeps, modelOf } from './measure-deps.ts';
import { bucketStarts, isoWindow, stepFor, timeWindow, type WindowQuery } from './time-window.ts';

export type PerformanceQuery = WindowQuery & { version?: string; segment?: string };

export type Measured = Record<string, MetricResult>;

const bucketsMax = 60;

/** All performance metrics of a tally by id. Bootstrap intervals are left to whoever asks for one metric. */
export function performanceOf(tally: OutcomeTally, only?: readonly string[]): Measured {
  const options = { bootstrap: null, only };
  if (tally.kind === 'binary') return Object.fromEntries(binaryPerformance(tally, options));
  if (tally.kind === 'regression') return Object.fromEntries(regressionPerformance(tally, options));
  const { metrics } = multiclassPerformance(tally, { bootstrap: null });
  return Object.fromEntries([...metrics].filter(([id]) => only === undefined || only.includes(id)));
}

export function headlineMetric(task: ModelTask): string {
  if (task === 'regression') return 'mean_absolute_error';
  return task === 'binary' ? 'roc_auc' : 'accuracy';
}

/** Performance over one window and over time, as labels stand today and as first reported. */
export async function readPerformance(
  deps: MeasureDeps,
  modelId: string,
  query: PerformanceQuery,
): Promise<Performance> {
  const model = modelOf(deps, modelId);
  const binning = currentScoreBinning(deps, model);
  const window = timeWindow(query, deps.clock.now(), deps.activity.extent(model.id), '30d');
  const scope = { segment: query.segment ?? '', version: query.version ?? '' };
  const stepMs = stepFor(window, bucketsMax);
  const starts = bucketStarts(window, stepMs);
  const aligned = { from: starts[0], to: starts[starts.length - 1] + stepMs };
  const pair = [model.id, binning.id] as const;
  const [cells, buckets] = await Promise.all([
    deps.tallies.outcomeCells([pair], window, { ...scope, groups: 'everybody' }),
    deps.tallies.outcomeBuckets(pair, { window: aligned, stepMs }, scope),
  ]);
  const all = cells.get(model.id) ?? [];
  const tally = outcomeTallyOf(model, binning, all);
  return {
    model: model.id,
    task: model.task,
    version: query.version ?? null,
    segment: query.segment ?? null,
    window: isoWindow(window),
    stepSeconds: stepMs / 1000,
    headline: headlineMetric(model.task),
    overall: performanceOf(tally),
    firstReported: performanceOf(outcomeTallyOf(model, binning, all, 'first_reported')),
    confusion: tally.kind === 'binary' ? tally.confusion : null,
    total: tally.total,
    labelled: tally.labelled,
    points: starts.map((start) => point(model, binning, { from: start, to: start + stepMs }, buckets.get(start) ?? [])),
    calibration: tally.kind === 'binary' && tally.isProbability ? calibrationBins(tally) : [],
    versions: (deps.governance.state().versions.get(model.id) ?? []).map(({ version, firstSeenAt }) => ({
      version,
      firstSeenAt,
    })),
    asOf: new Date(deps.clock.now()).toISOString(),
  };
}

type Point = Performance['points'][number];

/** Below this share of labels a point is drawn hollow: more labels are expected. */
const completeCoverage = 0.9;

function point(
  model: ModelDefinition,
  binning: ScoreBinning,
  span: { from: number; to: number },
  cells: readonly OutcomeCell[],
): Point {
  const view: LabelView = 'revised';
  const tally = outcomeTallyOf(model, binning, cells, view);
  return {
    ...isoWindow(span),
    total: tally.total,
    labelled: tally.labelled,
    results: performanceOf(tally, pointMetrics[model.task]),
    incomplete: tally.total > 0 && tally.labelled < completeCoverage * tally.total,
    revised: cells.some((cell) => cell.isRevision && cell.n !== 0),
  };
}

/** What the chart over time can switch between. */
const pointMetrics: Record<ModelTask, readonly string[]> = {
  binary: [
    'roc_auc',
    'average_precision',
    'accuracy',
    'precision',
    'recall',
    'f1',
    'log_loss',
    'brier_score',
    'false_positive_rate',
  ],
  multiclass: ['accuracy', 'balanced_accuracy', 'f1_macro', 'log_loss'],
  regression: ['mean_absolute_error', 'root_mean_squared_error', 'mean_error', 'r_squared'],
};

const calibrationBinCount = 10;

/** Ten equal-width bins of the score with Wilson intervals of the positive rate. */
function calibrationBins(tally: BinaryTally): Performance['calibration'] {
  const width = tally.positives.length / calibrationBinCount;
  const bins = Array.from({ length: calibrationBinCount }, (_, b) => {
    let positives = 0;
    let n = 0;
    let scores = 0;
    for (let i = Math.round(b * width); i < Math.round((b + 1) * width); i++) {
      positives += tally.positives[i];
      n += tally.positives[i] + tally.negatives[i];
      scores += tally.labelledScoreSums[i];
    }
    return { positives, n, scores };
  });
  return bins
    .filter((bin) => bin.n > 0)
    .map(({ positives, n, scores }) => {
      const interval = wilsonInterval(positives, n, 0.95);
      const rate = positives / n;
      return {
        meanScore: scores / n,
        positiveRate: rate,
        n,
        lower: interval?.lower ?? rate,
        upper: interval?.upper ?? rate,
      };
    });
}
