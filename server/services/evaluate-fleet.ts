import { byWindow, laddered, type Measured, type Rung } from './window-ladder.ts';
import type { OutcomeView } from './outcome-views.ts';
import type { MetricResult } from '../domain/metric-result.ts';
import type { ModelDefinition } from '../domain/model.ts';
import type { FeatureCounts } from '../domain/tally-counts.ts';
import { minuteMs } from '../domain/window.ts';
import { rateOfCounts } from '../metrics/performance/rate-of-counts.ts';
import type { FleetRow } from '../schemas/fleet.schema.ts';
import { decidingMetric, driftOfWindow } from './drift-of-window.ts';
import { type MeasureDeps, outcomePair, referenceSummary } from './measure-deps.ts';
import { modelHealth } from './model-health.ts';
import { headlineMetric } from './read-performance.ts';
import { isoWindow, timeWindow } from './time-window.ts';

/** Windows that a row tries, shortest first: the first with enough rows for a verdict is the most current honest one. */
const driftWindows = ['1h', '24h', '7d', '30d'] as const;
const driftRowsMin = 500;
const trafficMinutes = 60;

/**
 * One row per model, for as few questions to the store as there are windows, however many models there are.
 * @param outcomes what is known of labels, read apart because it moves far less often than traffic
 */
export async function evaluateFleet(
  deps: MeasureDeps,
  modelIds: readonly string[],
  outcomes: ReadonlyMap<string, Measured<OutcomeView>>,
): Promise<FleetRow[]> {
  const models = modelIds.flatMap((id) => deps.governance.state().models.get(id) ?? []);
  const [traffic, counts] = await Promise.all([
    readTraffic(deps, models),
    laddered(deps, models, driftWindows, (pending, label) => featureCounts(deps, pending, label)),
  ]);
  return models.map((model) =>
    fleetRow(deps, model, {
      traffic: traffic.get(model.id) ?? new Map(),
      counts: counts.get(model.id) ?? null,
      outcomes: outcomes.get(model.id) ?? null,
    }),
  );
}

function featureCounts(
  deps: MeasureDeps,
  models: readonly ModelDefinition[],
  label: string,
): Promise<Rung<FeatureCounts>> {
  return byWindow(deps, models, label, async (group, window) => {
    const pairs = group.flatMap((model) => {
      const active = deps.baselines.active(model.id);
      return active === null ? [] : [[model.id, active.record.id] as const];
    });
    const counts = await deps.tallies.featureCounts(pairs, window, { segment: '', version: '' });
    return new Map([...counts].map(([id, value]) => [id, { window, value, isEnough: value.n >= driftRowsMin }]));
  });
}

async function readTraffic(
  deps: MeasureDeps,
  models: readonly ModelDefinition[],
): Promise<Map<string, Map<number, number>>> {
  const to = Math.ceil(deps.clock.now() / minuteMs) * minuteMs;
  const window = { from: to - trafficMinutes * minuteMs, to };
  const pairs = models.map((model) => outcomePair(deps, model));
  return pairs.length === 0 ? new Map() : deps.tallies.traffic(pairs, { window, stepMs: minuteMs });
}

type RowParts = {
  traffic: Map<number, number>;
  counts: Measured<FeatureCounts> | null;
  outcomes: Measured<OutcomeView> | null;
};

function fleetRow(deps: MeasureDeps, model: ModelDefinition, parts: RowParts): FleetRow {
  const now = deps.clock.now();
  const activity = deps.activity.of(model.id);
  const worstDrift = worstDriftOf(deps, model, parts.counts);
  const performance = performanceView(model, parts.outcomes);
  const coverage = coverageView(parts.outcomes);
  const reference = referenceSummary(deps, model.id);
  const window = parts.counts?.window ?? timeWindow({ window: '24h' }, now, deps.activity.extent(model.id));
  const versions = (deps.governance.state().versions.get(model.id) ?? []).map(({ version, firstSeenAt }) => ({
    version,
    firstSeenAt,
  }));
  const iso = (time: number | undefined): string | null => (time === undefined ? null : new Date(time).toISOString());
  return {
    model: model.id,
    task: model.task,
    registration: model.registration,
    stage: model.stage,
    versions,
    health: modelHealth({
      now,
      activity,
      reference,
      worstDrift,
      predictions: parts.counts?.value.n ?? parts.outcomes?.value.total ?? 0,
    }),
    traffic: trafficView(parts.traffic, now),
    window: isoWindow(window),
    predictions: parts.counts?.value.n ?? parts.outcomes?.value.total ?? 0,
    labelCoverage: coverage,
    worstDrift,
    performance,
    reference,
    newestOccurredAt: iso(activity?.newestOccurredAt),
    newestReceivedAt: iso(activity?.newestReceivedAt),
    evaluatedAt: new Date(now).toISOString(),
  };
}

function worstDriftOf(
  deps: MeasureDeps,
  model: ModelDefinition,
  counts: Measured<FeatureCounts> | null,
): FleetRow['worstDrift'] {
  const active = deps.baselines.active(model.id);
  if (active === null || counts === null) return null;
  const [worst] = driftOfWindow(active.body.binnings, active.body.counts, counts.value, { only: [decidingMetric] });
  if (worst === undefined) return null;
  return {
    feature: worst.feature,
    metric: decidingMetric,
    result: worst.metrics[decidingMetric],
    verdict: worst.verdict,
  };
}

function performanceView(model: ModelDefinition, outcomes: Measured<OutcomeView> | null): FleetRow['performance'] {
  if (outcomes === null || outcomes.value.labelled === 0) return null;
  return { metric: headlineMetric(model.task), result: outcomes.value.headline, window: isoWindow(outcomes.window) };
}

function coverageView(outcomes: Measured<OutcomeView> | null): MetricResult | null {
  if (outcomes === null || outcomes.value.total === 0) return null;
  const { labelled, total } = outcomes.value;
  const counts = { numerator: Math.min(labelled, total), denominator: total, denominatorMin: 1, level: 0.95 };
  return rateOfCounts({ ...counts, definition: 'label_coverage/1', labelCoverage: undefined });
}

function trafficView(counts: Map<number, number>, now: number): FleetRow['traffic'] {
  const to = Math.ceil(now / minuteMs) * minuteMs;
  const from = to - trafficMinutes * minuteMs;
  const perMinute = Array.from({ length: trafficMinutes }, (_, i) => counts.get(from + i * minuteMs) ?? 0);
  const running = perMinute[trafficMinutes - 1];
  const elapsed = Math.max(1, (now - (to - minuteMs)) / 1000);
  // The running minute is only partly over: its pace is blended with that of the minute before.
  const before = perMinute[trafficMinutes - 2];
  const perSecond = (running + (before * (60 - elapsed)) / 60) / 60;
  return { from: new Date(from).toISOString(), stepSeconds: 60, counts: perMinute, perSecond: Math.max(0, perSecond) };
}
