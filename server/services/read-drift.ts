import type { MetricResult } from '../domain/metric-result.ts';
import type { FeatureCounts } from '../domain/tally-counts.ts';
import type { Window } from '../domain/window.ts';
import { driftedFeatureShare } from '../metrics/drift/drifted-feature-share.ts';
import type { Drift, Heatmap } from '../schemas/drift.schema.ts';
import { CodedError } from '../errors.ts';
import { findMetric } from '../metrics/metric-catalog.ts';
import { decidingMetric, driftOfWindow, type FeatureDriftResult } from './drift-of-window.ts';
import { withExactTests } from './exact-drift.ts';
import { type MeasureDeps, modelOf, referenceSummary } from './measure-deps.ts';
import { bucketStarts, isoWindow, stepFor, timeWindow, type WindowQuery } from './time-window.ts';

export type DriftQuery = WindowQuery & { version?: string; segment?: string; exact?: boolean; interval?: boolean };

/** Drift of every feature of a model in one window, worst first. @throws CodedError MODEL_NOT_FOUND, TIME_WINDOW_INVALID */
export async function readDrift(deps: MeasureDeps, modelId: string, query: DriftQuery): Promise<Drift> {
  const started = deps.clock.monotonicMs();
  const model = modelOf(deps, modelId);
  const window = timeWindow(query, deps.clock.now(), deps.activity.extent(model.id));
  const active = deps.baselines.active(model.id);
  const scope = { segment: query.segment ?? '', version: query.version ?? '' };
  let features: FeatureDriftResult[] = [];
  let n = 0;
  if (active !== null) {
    const { binnings, counts } = active.body;
    const current = (await deps.tallies.featureCounts([[model.id, active.record.id]], window, scope)).get(model.id);
    n = current?.n ?? 0;
    const options = query.interval === true ? { interval: { seed: 1 } } : {};
    features = driftOfWindow(binnings, counts, current ?? emptyCounts(counts), options);
    if (query.exact === true)
      features = await withExactTests(deps, { model, reference: active.record, window, scope, features });
  }
  return {
    model: model.id,
    version: query.version ?? null,
    segment: query.segment ?? null,
    window: isoWindow(window),
    reference: referenceSummary(deps, model.id),
    n,
    exact: query.exact === true,
    features: features.map((feature) => ({ ...feature, kind: kindOf(model, feature) })),
    driftedShare: driftedFeatureShare(features.map((f) => f.verdict.status)),
    computedInMs: Math.round((deps.clock.monotonicMs() - started) * 100) / 100,
    asOf: new Date(deps.clock.now()).toISOString(),
  };
}

function kindOf(
  model: { features: { name: string; kind: 'numeric' | 'categorical' | 'boolean' }[] },
  feature: Pick<FeatureDriftResult, 'feature' | 'kind'>,
): 'numeric' | 'categorical' | 'boolean' {
  return model.features.find((f) => f.name === feature.feature)?.kind ?? feature.kind;
}

/** A window without a row: every metric says so itself. */
export function emptyCounts(like: FeatureCounts): FeatureCounts {
  return {
    n: 0,
    counts: like.counts.map(() => 0),
    sums: like.sums.map(() => 0),
    minima: like.minima.map(() => null),
    maxima: like.maxima.map(() => null),
  };
}

export type HeatmapQuery = WindowQuery & { metric?: string; version?: string; segment?: string };

const featuresMax = 300;
const bucketsMax = 120;

/** Features × time: one metric per cell. @throws CodedError MODEL_NOT_FOUND, TIME_WINDOW_INVALID, VALIDATION_FAILED */
export async function readHeatmap(deps: MeasureDeps, modelId: string, query: HeatmapQuery): Promise<Heatmap> {
  const model = modelOf(deps, modelId);
  const metric = query.metric ?? decidingMetric;
  const entry = findMetric(metric);
  if (entry === null || entry.family !== 'drift') {
    throw new CodedError(
      'VALIDATION_FAILED',
      `${metric} is no drift metric that counts can answer; try ${decidingMetric}.`,
    );
  }
  const window = timeWindow(query, deps.clock.now(), deps.activity.extent(model.id), '30d');
  const stepMs = stepFor(window, bucketsMax);
  const starts = bucketStarts(window, stepMs);
  const active = deps.baselines.active(model.id);
  const scope = { segment: query.segment ?? '', version: query.version ?? '' };
  const aligned: Window = { from: starts[0], to: starts[starts.length - 1] + stepMs };
  const buckets =
    active === null
      ? new Map<number, FeatureCounts>()
      : await deps.tallies.featureBuckets([model.id, active.record.id], { window: aligned, stepMs }, scope);
  const rows = new Map<string, (MetricResult | null)[]>();
  if (active !== null) {
    for (const [i, start] of starts.entries()) {
      const current = buckets.get(start);
      if (current === undefined) continue;
      for (const feature of driftOfWindow(active.body.binnings, active.body.counts, current, {
        only: [metric, decidingMetric],
      })) {
        const cells = rows.get(feature.feature) ?? starts.map(() => null);
        cells[i] = feature.metrics[metric] ?? null;
        rows.set(feature.feature, cells);
      }
    }
  }
  const features = [...rows].map(([feature, cells]) => heatmapRow(feature, model, cells)).sort(byWorst);
  return {
    model: model.id,
    metric,
    window: isoWindow(aligned),
    stepSeconds: stepMs / 1000,
    buckets: starts.map((start) => new Date(start).toISOString()),
    n: starts.map((start) => buckets.get(start)?.n ?? 0),
    features: features.slice(0, featuresMax),
    threshold: {
      warning: entry.defaults?.warning ?? 0.1,
      critical: entry.defaults?.critical ?? entry.defaults?.warning ?? 0.25,
    },
    nMin: 100,
    reduced:
      features.length > featuresMax ? `showing ${featuresMax} of ${features.length} features, worst first` : null,
    asOf: new Date(deps.clock.now()).toISOString(),
  };
}

type HeatmapRow = Heatmap['features'][number];

function heatmapRow(
  feature: string,
  model: Parameters<typeof kindOf>[0],
  cells: readonly (MetricResult | null)[],
): HeatmapRow {
  return {
    feature,
    kind: kindOf(model, { feature, kind: 'numeric' }),
    values: cells.map((cell) => (cell?.kind === 'value' ? cell.value : null)),
    states: cells
      .map((cell) => (cell === null || cell.kind === 'no_data' ? 'n' : cell.kind === 'value' ? 'v' : 'i'))
      .join(''),
  };
}

const worst = (row: HeatmapRow): number => Math.max(-1, ...row.values.map((value) => value ?? -1));
const byWorst = (a: HeatmapRow, b: HeatmapRow): number => worst(b) - worst(a) || a.feature.localeCompare(b.feature);
