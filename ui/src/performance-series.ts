import type { Performance } from '../../server/schemas/performance.schema.ts';
import type { TableData } from './csv.ts';
import { formatInterval } from './format.ts';
import { formatMetric } from './format-metric.ts';
import type { Sample } from './gaps.ts';
import { metricText } from './metric-texts.ts';
import { insufficientText, MESSAGES } from './messages.ts';

export type PerformancePoint = Sample & {
  from: string;
  to: string;
  lower: number | null;
  upper: number | null;
  coverage: number | null;
  incomplete: boolean;
  revised: boolean;
  words: string;
};

function wordsOf(point: Performance['points'][number], metric: string): string {
  const result = point.results[metric];
  const labels = point.total > 0 ? `labels ${Math.round((100 * point.labelled) / point.total)} %` : 'no predictions';
  if (!result || result.kind === 'no_data' || result.value === undefined) {
    const why = result?.kind === 'insufficient_evidence' ? insufficientText(result) : MESSAGES.noData;
    return `${why} · ${labels}`;
  }
  const { interval, value } = result;
  const range = interval
    ? ` (${Math.round(interval.level * 100)} %: ${formatInterval(interval.lower, interval.upper, (v) => formatMetric(metric, v))})`
    : ', no interval';
  const state = point.incomplete ? ' · not final, labels still arrive' : ' · final';
  const revision = point.revised ? ' · revised after its first report' : '';
  return `${metricText(metric).short} ${formatMetric(metric, value)}${range} · n ${result.n ?? point.labelled} · ${labels}${state}${revision}`;
}

/** The points of one metric, placed at the middle of their step. */
export function performanceSeries(performance: Performance, metric: string): PerformancePoint[] {
  return performance.points.map((point) => {
    const result = point.results[metric];
    const value = result?.kind === 'value' && result.value !== undefined ? result.value : null;
    return {
      at: Date.parse(point.from) + (performance.stepSeconds * 1000) / 2,
      from: point.from,
      to: point.to,
      value,
      lower: value === null ? null : (result?.interval?.lower ?? null),
      upper: value === null ? null : (result?.interval?.upper ?? null),
      coverage: point.total > 0 ? point.labelled / point.total : null,
      incomplete: point.incomplete,
      revised: point.revised,
      words: wordsOf(point, metric),
    };
  });
}

export function performanceSummary(performance: Performance, metric: string): string {
  const values = performanceSeries(performance, metric).flatMap(({ value }) => (value === null ? [] : [value]));
  const { title } = metricText(metric);
  if (values.length === 0) return `${title}: no labelled predictions in this window yet.`;
  const [first, last] = [values[0], values[values.length - 1]].map((value) => formatMetric(metric, value));
  return `${title} went from ${first} to ${last} over ${values.length} points.`;
}

export function performanceTable(performance: Performance, metric: string): TableData {
  return {
    name: `${performance.model}-${metric}`,
    caption: performanceSummary(performance, metric),
    columns: ['From', 'To', metricText(metric).title, 'Lower', 'Upper', 'Predictions', 'Labelled', 'Complete'],
    rows: performance.points.map((point) => {
      const result = point.results[metric];
      return [
        point.from,
        point.to,
        result?.kind === 'value' ? (result.value ?? null) : null,
        result?.interval?.lower ?? null,
        result?.interval?.upper ?? null,
        point.total,
        point.labelled,
        point.incomplete ? 'not yet' : 'yes',
      ];
    }),
  };
}

export function calibrationTable(performance: Performance): TableData {
  return {
    name: `${performance.model}-calibration`,
    caption: 'Stated score and share of positives by score bin',
    columns: ['Mean score', 'Positive rate', 'Lower', 'Upper', 'n'],
    rows: performance.calibration.map((bin) => [bin.meanScore, bin.positiveRate, bin.lower, bin.upper, bin.n]),
  };
}

export function figuresTable(performance: Performance): TableData {
  return {
    name: `${performance.model}-figures`,
    caption: 'Every figure of the window, as it is now and as it was first reported',
    columns: ['Metric', 'Value', 'Lower', 'Upper', 'n', 'As first reported'],
    rows: Object.entries(performance.overall).map(([id, result]) => [
      metricText(id).title,
      result.kind === 'insufficient_evidence' ? insufficientText(result) : (result.value ?? null),
      result.interval?.lower ?? null,
      result.interval?.upper ?? null,
      result.n ?? null,
      performance.firstReported[id]?.value ?? null,
    ]),
  };
}
