import { type Grouping, groupingsOf, parseGroupKey } from '../counting/group-key.ts';
import { binaryTally } from '../counting/outcome-tally-of.ts';
import type { MetricResult } from '../domain/metric-result.ts';
import type { BinaryTally } from '../domain/outcome-tally.ts';
import type { OutcomeCell } from '../domain/tally-counts.ts';
import { fairnessReport, type GroupSummary } from '../metrics/fairness/fairness-report.ts';
import type { Fairness } from '../schemas/performance.schema.ts';
import { currentScoreBinning, type MeasureDeps, modelOf } from './measure-deps.ts';
import { isoWindow, timeWindow, type WindowQuery } from './time-window.ts';

export type FairnessQuery = WindowQuery & { version?: string };

type AttributeReport = Fairness['attributes'][number];

/**
 * Every sensitive feature and declared intersection of a binary model, in aggregate: rates per group with n and interval,
 * and how far the groups are apart. Other tasks have no attributes here.
 */
export async function readFairness(deps: MeasureDeps, modelId: string, query: FairnessQuery): Promise<Fairness> {
  const model = modelOf(deps, modelId);
  const window = timeWindow(query, deps.clock.now(), deps.activity.extent(model.id), '30d');
  const binning = currentScoreBinning(deps, model);
  const scope = { segment: '', version: query.version ?? '', groups: 'all' as const };
  const cells =
    model.task === 'binary'
      ? ((await deps.tallies.outcomeCells([[model.id, binning.id]], window, scope)).get(model.id) ?? [])
      : [];
  const byGroup = Map.groupBy(cells, (cell) => cell.group);
  const tallyOf = (group: readonly OutcomeCell[]): BinaryTally => binaryTally(model, binning, group);
  const overall = tallyOf(byGroup.get('') ?? []);
  return {
    model: model.id,
    window: isoWindow(window),
    minGroupN: model.minGroupN,
    attributes: groupingsOf(model).map((grouping) => {
      const groups = [...byGroup].filter(([key]) => belongsTo(key, grouping));
      const tallies = new Map(groups.map(([key, group]) => [displayName(key), tallyOf(group)]));
      return attributeReport(grouping.attribute, tallies, { overall, groupNMin: model.minGroupN });
    }),
    asOf: new Date(deps.clock.now()).toISOString(),
  };
}

/** Only groups whose attributes are all known: the unknown stay in the overall figures. */
function belongsTo(key: string, grouping: Grouping): boolean {
  const parts = parseGroupKey(key);
  return (
    parts.length === grouping.names.length &&
    parts.every(([name, value], i) => name === grouping.names[i] && value !== null)
  );
}

function displayName(key: string): string {
  return parseGroupKey(key)
    .map(([, value]) => value ?? 'unknown')
    .join(' × ');
}

function attributeReport(
  attribute: string,
  tallies: ReadonlyMap<string, BinaryTally>,
  options: { overall: BinaryTally; groupNMin: number },
): AttributeReport {
  const report = fairnessReport(tallies, options.overall, { groupNMin: options.groupNMin, bootstrap: null });
  const leftOut = report.comparisons.flatMap((comparison) => comparison.leftOut.map((group) => group.group));
  return {
    attribute,
    groups: report.groups.map((group) => groupView(group, tallies.get(group.group))),
    comparisons: Object.fromEntries(report.comparisons.map(({ id, result }) => [id, result])),
    excluded: [...new Set(leftOut)].sort(),
  };
}

function groupView(summary: GroupSummary, tally: BinaryTally | undefined): AttributeReport['groups'][number] {
  const isShown = !summary.isHidden && tally !== undefined;
  return {
    group: summary.group,
    n: summary.n ?? 0,
    labelled: summary.labelled ?? 0,
    confusion: isShown ? tally.confusion : null,
    rates: summary.rates as Record<string, MetricResult>,
  };
}
