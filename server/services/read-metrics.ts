import type { MetricsAnswer, SliceQuery } from '../app-deps.ts';
import { CodedError } from '../errors.ts';
import type { MeasureDeps } from './measure-deps.ts';
import { readDrift } from './read-drift.ts';
import { readFairness } from './read-fairness.ts';
import { readPerformance } from './read-performance.ts';

export type MetricsQuery = SliceQuery & { metric?: string; feature?: string; group?: string; exact?: boolean };

type Result = MetricsAnswer['results'][number];

/**
 * Any metric of any slice in one shape: drift per feature, performance, fairness per group and compared.
 * @throws CodedError NOT_FOUND when nothing of that name exists for the model
 */
export async function readMetrics(deps: MeasureDeps, model: string, query: MetricsQuery): Promise<MetricsAnswer> {
  const slice = { window: query.window, from: query.from, to: query.to, version: query.version };
  const [drift, performance, fairness] = await Promise.all([
    readDrift(deps, model, { ...slice, segment: query.segment, exact: query.exact }),
    readPerformance(deps, model, { ...slice, segment: query.segment }),
    query.segment === undefined ? readFairness(deps, model, slice) : null,
  ]);
  const at = { segment: query.segment, version: query.version };
  const results: Result[] = [
    ...drift.features.flatMap(({ feature, metrics }) =>
      entries(metrics).map(([metric, result]) => ({ ...at, metric, feature, result })),
    ),
    ...entries(performance.overall).map(([metric, result]) => ({ ...at, metric, result })),
    ...(fairness?.attributes ?? []).flatMap(({ attribute, groups, comparisons }) => [
      ...groups.flatMap(({ group, rates }) =>
        entries(rates).map(([metric, result]) => ({ ...at, metric, group: `${attribute}=${group}`, result })),
      ),
      ...entries(comparisons).map(([metric, result]) => ({ ...at, metric, group: attribute, result })),
    ]),
  ];
  const wanted = results.filter(
    (r) =>
      (query.metric === undefined || r.metric === query.metric) &&
      (query.feature === undefined || r.feature === query.feature) &&
      (query.group === undefined || r.group === query.group || r.group?.startsWith(`${query.group}=`) === true),
  );
  if (wanted.length === 0 && query.metric !== undefined && !results.some((r) => r.metric === query.metric)) {
    const known = [...new Set(results.map((r) => r.metric))].sort().join(', ');
    throw new CodedError(
      'NOT_FOUND',
      `${query.metric} is no metric of ${model} in this window. There are: ${known || 'none yet'}.`,
    );
  }
  const window =
    query.window === undefined && query.from === undefined && query.to === undefined
      ? performance.window
      : drift.window;
  return { model, window, results: wanted };
}

const entries = (results: Record<string, object>): [string, object][] => Object.entries(results);
