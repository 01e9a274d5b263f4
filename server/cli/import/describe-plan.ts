import type { TableFile } from '../../../collectors/sources/files/table-file.ts';
import type { NamedColumn } from './mapping-choices.ts';
import type { ImportPlan } from './plan-import.ts';

/** The mapping in words, so that a wrong guess is seen before it is believed. */
export function describePlan(
  { mapping, registration, bodies }: ImportPlan,
  file: TableFile,
  isKnown: boolean,
): string[] {
  const { version } = mapping;
  const lines: [string, string | null][] = [
    ['id', mapping.id ?? '(none: file digest and row number)'],
    ['time', timeLine(mapping.time, mapping.timeFormat, mapping.timeZone)],
    ['score', mapping.score],
    ['scores', list(mapping.scores)],
    ['label', mapping.label],
    ['value', mapping.value],
    ['actual', actualLine(mapping.actual, mapping.labelTime, mapping.labelDelayMs)],
    ['version', version === null ? null : 'column' in version ? `column ${version.column}` : version.constant],
    ['latency', mapping.latency],
    ['features', mapping.features.map(({ name }) => `${name} (${bodies.kinds.get(name) ?? 'unknown'})`).join(', ')],
    ['segments', list(mapping.segments)],
    ['sensitive', list(mapping.sensitive)],
  ];
  const said = lines.filter((line): line is [string, string] => line[1] !== null && line[1] !== '');
  const { task, positiveLabel, threshold } = registration;
  const positive = threshold === undefined ? '' : `, positive at ${threshold} or more`;
  const word = task === 'binary' ? `binary, positive label "${positiveLabel ?? '1'}"${positive}` : task;
  const model = isKnown ? `model ${registration.model} (registered)` : `new model ${registration.model}: ${word}`;
  return [`${file.format} file, ${model}`, ...said.map(([name, text]) => `  ${name.padEnd(10)}${text}`)];
}

function list(columns: readonly NamedColumn[]): string {
  return columns.map(({ name }) => name).join(', ');
}

function timeLine(column: string | null, format: string, zone: string): string {
  if (column === null) return '(none)';
  return `${column}, ${format}; times without a zone are read as ${zone}`;
}

function actualLine(column: string | null, time: string | null, delayMs: number | null): string | null {
  if (column === null) return null;
  if (time !== null) return `${column}, known at ${time}`;
  return delayMs === null
    ? `${column}, known from now on`
    : `${column}, known ${delayMs / 86_400_000} days after the prediction`;
}
