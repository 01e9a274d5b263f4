import type { Drift } from '../../server/schemas/drift.schema.ts';
import type { TableData } from './csv.ts';
import { metricText } from './metric-texts.ts';
import { orderedMetrics } from './overlay-words.ts';

export function driftTable(drift: Drift | null): TableData {
  const ids = orderedMetrics(Object.assign({}, ...(drift?.features.map((feature) => feature.metrics) ?? [])));
  return {
    name: `${drift?.model ?? 'model'}-drift`,
    caption: `Drift of every feature against the reference${drift?.reference ? ` ${drift.reference.id}` : ''}`,
    columns: ['Feature', 'Verdict', ...ids.map((id) => metricText(id).title), 'n'],
    rows: (drift?.features ?? []).map((feature) => [
      feature.feature,
      feature.verdict.severity ?? feature.verdict.status.replaceAll('_', ' '),
      ...ids.map((id) => feature.metrics[id]?.value ?? null),
      Object.values(feature.metrics)[0]?.n ?? null,
    ]),
  };
}
