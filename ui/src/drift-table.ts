import type { Drift } from '../../server/schemas/drift.schema.ts';
import type { TableData } from './csv.ts';
import type { MetricResultWire } from '../../server/schemas/metric-result.schema.ts';
import { featureName } from './feature-name.ts';
import { insufficientText, MESSAGES } from './messages.ts';
import { metricText } from './metric-texts.ts';
import { orderedMetrics } from './overlay-words.ts';

function cell(result: MetricResultWire | undefined): string | number | null {
  if (result === undefined) return null;
  if (result.kind === 'insufficient_evidence') return insufficientText(result);
  return result.value ?? MESSAGES.noData;
}

/** How many drifted, out of those that could be judged: too little data is not counted as well. */
export function driftCount(drift: Drift): string {
  const count = (status: string) => drift.features.filter(({ verdict }) => verdict.status === status).length;
  const judged = count('breached') + count('ok');
  const rest = drift.features.length - judged;
  if (judged === 0) return rest === 0 ? '' : `too little data to judge ${rest} features`;
  return `${count('breached')} of ${judged} features drifted${rest > 0 ? `, ${rest} with too little data` : ''}`;
}

export function driftTable(drift: Drift | null): TableData {
  const ids = orderedMetrics(Object.assign({}, ...(drift?.features.map((feature) => feature.metrics) ?? [])));
  return {
    name: `${drift?.model ?? 'model'}-drift`,
    caption: `Drift of every feature against the reference${drift?.reference ? ` ${drift.reference.id}` : ''}`,
    columns: ['Feature', 'Verdict', ...ids.map((id) => metricText(id).title), 'n'],
    absent: 'does not apply',
    rows: (drift?.features ?? []).map((feature) => [
      featureName(feature.feature),
      feature.verdict.severity ?? feature.verdict.status.replaceAll('_', ' '),
      ...ids.map((id) => cell(feature.metrics[id])),
      Object.values(feature.metrics)[0]?.n ?? null,
    ]),
  };
}
