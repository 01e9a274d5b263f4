import { usageError } from '../cli-error.ts';
import { durationMs } from './duration.ts';
import type { ColumnMapping, MappingChoices, NamedColumn } from './mapping-choices.ts';
import { plainName } from './propose-mapping.ts';

/**
 * From choices to a mapping whose every column exists.
 *
 * @throws CliError (usage) when a named column does not exist, or nothing says what the model predicted
 */
export function resolveMapping(columns: readonly string[], choices: MappingChoices): ColumnMapping {
  const one = (flag: string, column: string | undefined): string | null => {
    if (column === undefined) return null;
    return checkColumn(columns, flag, column);
  };
  const many = (flag: string, list: readonly string[] | undefined): NamedColumn[] =>
    (list ?? []).map((column) => ({ name: plainName(column), column: checkColumn(columns, flag, column) }));
  const excluded = new Set((choices.exclude ?? []).map((column) => checkColumn(columns, '--exclude', column)));
  (choices.categorical ?? []).forEach((column) => checkColumn(columns, '--categorical', column));
  const mapping: ColumnMapping = {
    id: one('--id', choices.id),
    time: one('--time', choices.time),
    timeFormat: choices.timeFormat ?? 'iso',
    timeZone: choices.timeZone ?? 'UTC',
    score: one('--score', choices.score),
    scores: many('--scores', choices.scores),
    label: one('--label', choices.label),
    value: one('--value', choices.value),
    actual: one('--actual', choices.actual),
    labelTime: one('--label-time', choices.labelTime),
    labelDelayMs: choices.labelDelay === undefined ? null : durationMs('--label-delay', choices.labelDelay),
    version: versionOf(columns, choices.version),
    latency: one('--latency', choices.latency),
    features: many('--features', choices.features).filter(({ column }) => !excluded.has(column)),
    segments: many('--segments', choices.segments),
    sensitive: many('--sensitive', choices.sensitive),
  };
  if (mapping.labelDelayMs !== null && mapping.labelTime !== null) {
    throw usageError('--label-delay and --label-time both say when labels were known: give one of them.');
  }
  if (mapping.score ?? mapping.label ?? mapping.value ?? mapping.scores[0]) return mapping;
  throw usageError(
    `No column says what the model predicted: name it with --score, --label or --value. Columns: ${columns.join(', ')}.`,
  );
}

export function checkColumn(columns: readonly string[], flag: string, column: string): string {
  if (columns.includes(column)) return column;
  const near = columns.find((name) => name.toLowerCase() === column.toLowerCase());
  const hint = near === undefined ? `It has: ${columns.join(', ')}.` : `Did you mean "${near}"?`;
  throw usageError(`${flag} names the column "${column}", which the file does not have. ${hint}`);
}

function versionOf(columns: readonly string[], version: string | undefined): ColumnMapping['version'] {
  if (version === undefined) return null;
  return columns.includes(version) ? { column: version } : { constant: version };
}
