import { featureTally } from '../counting/merge-tallies.ts';
import type { FeatureTally, ShiftedMoments } from '../domain/binning.ts';
import type { MetricResult } from '../domain/metric-result.ts';
import type { Window } from '../domain/window.ts';
import { hourMs } from '../domain/window.ts';
import { CodedError } from '../errors.ts';
import { categoricalLayout, numericLayout } from '../metrics/support/binning/bin-layout.ts';
import type { FeatureOverlay } from '../schemas/drift.schema.ts';
import { decidingMetric, driftOfWindow, featureIndex, featureMetrics } from './drift-of-window.ts';
import { type MeasureDeps, modelOf, summaryOf } from './measure-deps.ts';
import { emptyCounts } from './read-drift.ts';
import { isoWindow, timeWindow, type WindowQuery } from './time-window.ts';

export type FeatureQuery = WindowQuery & { version?: string; segment?: string };

/**
 * Reference and current of one feature side by side, with the segments in which it moved most.
 * @throws CodedError MODEL_NOT_FOUND, FEATURE_NOT_FOUND, TIME_WINDOW_INVALID
 */
export async function readFeature(
  deps: MeasureDeps,
  modelId: string,
  feature: string,
  query: FeatureQuery,
): Promise<FeatureOverlay> {
  const model = modelOf(deps, modelId);
  const window = timeWindow(query, deps.clock.now(), deps.activity.extent(model.id));
  const active = deps.baselines.active(model.id);
  if (active === null) {
    throw new CodedError(
      'FEATURE_NOT_FOUND',
      `${model.id} has no reference yet, so ${feature} has no bins: send more predictions or create one.`,
    );
  }
  const { binnings, counts } = active.body;
  const index = featureIndex(binnings, feature);
  if (index < 0) {
    const isKnown = model.features.some((f) => f.name === feature);
    const why = isKnown
      ? `had no value in the reference ${active.record.id}: create a newer reference`
      : `is no feature of ${model.id}`;
    throw new CodedError('FEATURE_NOT_FOUND', `${feature} ${why}.`);
  }
  const scope = { segment: query.segment ?? '', version: query.version ?? '' };
  const pair = [model.id, active.record.id] as const;
  const current = (await deps.tallies.featureCounts([pair], window, scope)).get(model.id) ?? emptyCounts(counts);
  const reference = featureTally(binnings, index, counts);
  const now = featureTally(binnings, index, current);
  const decided = driftOfWindow(binnings, counts, current, { only: [decidingMetric] }).find(
    (f) => f.feature === feature,
  );
  return {
    model: model.id,
    feature,
    kind: model.features.find((f) => f.name === feature)?.kind ?? reference.binning.kind,
    window: isoWindow(window),
    reference: summaryOf(deps, active.record),
    bins: overlayBins(reference, now),
    nReference: counts.n,
    nCurrent: current.n,
    moments: { reference: momentsOf(reference), current: momentsOf(now) },
    metrics: featureMetrics(reference, now, { interval: { draws: 500, seed: 1 } }),
    verdict: decided?.verdict ?? { status: 'no_data', reasons: [] },
    segments: await segmentShifts(deps, { pair, window, version: scope.version, reference, index }),
    asOf: new Date(deps.clock.now()).toISOString(),
  };
}

type OverlayBin = FeatureOverlay['bins'][number];

function overlayBins(reference: FeatureTally, current: FeatureTally): OverlayBin[] {
  const { binning } = reference;
  const bin = (label: string, at: number, edges: [number, number] | null, special: boolean): OverlayBin => ({
    label,
    lower: edges?.[0] ?? null,
    upper: edges?.[1] ?? null,
    special,
    reference: reference.counts[at],
    current: current.counts[at],
  });
  if (binning.kind === 'categorical') {
    const layout = categoricalLayout(binning);
    const kept = binning.categories.map((category, i) => bin(category, i, null, false));
    return [...kept, bin('other', layout.other, null, true), bin('missing', layout.missing, null, true)];
  }
  const layout = numericLayout(binning);
  const { edges } = binning;
  const regular = Array.from({ length: layout.regular }, (_, i) =>
    bin(`${edges[i]} to ${edges[i + 1]}`, i, [edges[i], edges[i + 1]], false),
  );
  return [
    bin('below', layout.underflow, null, true),
    ...regular,
    bin('above', layout.overflow, null, true),
    bin('missing', layout.missing, null, true),
    bin('not finite', layout.nonFinite, null, true),
  ];
}

function momentsOf(tally: FeatureTally): { mean: number; std: number; min: number; max: number } | null {
  const { binning, moments } = tally;
  if (binning.kind !== 'numeric' || moments === null || moments.n === 0) return null;
  return { ...spread(moments, binning.center), min: moments.min, max: moments.max };
}

/** Mean and standard deviation (ddof 0) from sums around the center. */
function spread({ n, sum, sumSquares }: ShiftedMoments, center: number): { mean: number; std: number } {
  const shift = sum / n;
  return { mean: center + shift, std: Math.sqrt(Math.max(0, sumSquares / n - shift * shift)) };
}

type SegmentTask = {
  pair: readonly [string, string];
  window: Window;
  version: string;
  reference: FeatureTally;
  index: number;
};

/** The deciding metric per segment value, largest first; hours are fine enough to say where a change comes from. */
async function segmentShifts(deps: MeasureDeps, task: SegmentTask): Promise<FeatureOverlay['segments']> {
  const active = deps.baselines.active(task.pair[0]);
  if (active === null) return [];
  const hours = {
    from: Math.floor(task.window.from / hourMs) * hourMs,
    to: Math.ceil(task.window.to / hourMs) * hourMs,
  };
  const bySegment = await deps.tallies.featureCountsBySegment(task.pair, hours, task.version);
  const shifts = [...bySegment].map(([segment, counts]) => {
    const current = featureTally(active.body.binnings, task.index, counts);
    const result = featureMetrics(task.reference, current, { only: [decidingMetric] })[decidingMetric];
    return { segment, n: counts.n, result };
  });
  const size = (result: MetricResult): number => (result.kind === 'value' ? result.value : -1);
  return shifts.sort((a, b) => size(b.result) - size(a.result)).slice(0, 50);
}
