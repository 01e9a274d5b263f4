import type { MappingChoices } from './mapping-choices.ts';

/** Names that columns of this meaning commonly have, the surest first. */
const names = {
  id: ['id', 'prediction_id', 'predictionid', 'request_id', 'row_id', 'uuid'],
  time: ['time', 'timestamp', 'occurred_at', 'occurredat', 'event_time', 'datetime', 'date', 'ts', 'created_at'],
  score: ['score', 'y_pred_proba', 'prediction.score', 'probability', 'predicted_probability', 'proba', 'y_score'],
  value: ['predicted_value', 'prediction.value', 'y_hat', 'predictedvalue'],
  label: ['predicted_label', 'y_pred', 'prediction.label', 'predictedlabel', 'prediction', 'predicted', 'label_pred'],
  actual: ['actual', 'actual_label', 'actual_value', 'label', 'target', 'y_true', 'ground_truth', 'clf_target', 'y'],
  version: ['modelversion', 'model_version', 'version'],
  latency: ['latencyms', 'latency_ms'],
} as const satisfies Partial<Record<keyof MappingChoices, readonly string[]>>;

/** Columns of Plumbline's own records that are no features. */
const envelope = new Set([
  'model',
  'model_id',
  'source',
  'traceid',
  'trace_id',
  'variant',
  'received_at',
  'receivedat',
]);

/** Meanings by name, for columns that nobody chose. A column gets one meaning at most. */
export function proposeMapping(columns: readonly string[], chosen: MappingChoices): MappingChoices {
  const taken = new Set(takenBy(chosen));
  const proposed: MappingChoices = {};
  for (const [meaning, candidates] of Object.entries(names) as [keyof typeof names, readonly string[]][]) {
    if (chosen[meaning] !== undefined) continue;
    const found = candidates
      .map((name) => columns.find((column) => column.toLowerCase() === name && !taken.has(column)))
      .find((column) => column !== undefined);
    if (found === undefined) continue;
    proposed[meaning] = found;
    taken.add(found);
  }
  const rest = columns.filter((column) => !taken.has(column));
  const within = (...prefixes: string[]): string[] =>
    rest.filter((column) => prefixes.some((p) => column.startsWith(p)));
  const groups = {
    scores: within('scores.', 'prediction.scores.'),
    segments: within('segments.'),
    sensitive: within('sensitive.', 'groups.'),
  };
  for (const [meaning, found] of Object.entries(groups) as [keyof typeof groups, string[]][]) {
    if (chosen[meaning] === undefined && found.length > 0) proposed[meaning] = found;
  }
  const used = new Set([...taken, ...Object.values(groups).flat()]);
  return chosen.features === undefined ? { ...proposed, features: featuresOf(columns, used) } : proposed;
}

/** `features.*` when there are such columns, else everything that has no other meaning. */
function featuresOf(columns: readonly string[], used: ReadonlySet<string>): string[] {
  const free = columns.filter((column) => !used.has(column) && !envelope.has(column.toLowerCase()));
  const nested = free.filter((column) => column.startsWith('features.'));
  return nested.length > 0 ? nested : free;
}

function takenBy(chosen: MappingChoices): string[] {
  const { id, time, score, label, value, actual, labelTime, version, latency } = chosen;
  const single = [id, time, score, label, value, actual, labelTime, version, latency];
  const lists = [chosen.scores, chosen.segments, chosen.sensitive, chosen.exclude];
  return [...single, ...lists.flat()].filter((column) => column !== undefined);
}

/** The name a column's values get: without the prefix that says what they are. */
export function plainName(column: string): string {
  return column.replace(/^(features|segments|sensitive|groups|prediction\.scores|scores)\./, '');
}
