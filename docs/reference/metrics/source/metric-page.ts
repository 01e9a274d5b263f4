import type { MetricCatalogEntry, MetricThresholds } from '../../../../server/domain/metric-catalog-entry.ts';
import { explanationOf } from './explanation-of.ts';
import { cell, factTable, generatedMark, prose, sentence } from './markdown.ts';
import { functionsOf } from './metric-functions.ts';
import { workedExample } from './worked-examples.ts';

const worseInWords = { up: 'larger', down: 'smaller', both: 'further away, in either direction' } as const;
const inputInWords = {
  counts: 'mergeable counts',
  moments: 'mergeable moments',
  sketch: 'mergeable sketch',
  rows: 'raw rows, on demand',
} as const;
const thresholdInWords = {
  value: 'on the value',
  difference_to_reference: 'on the difference to the reference',
  relative_difference_to_reference: 'on the relative difference to the reference',
  p_value: 'on the adjusted p-value',
  interval_lower: 'on the lower end of the interval',
  standard_deviations: 'on the distance from the reference windows in standard deviations',
} as const;

/** The reference page of one metric. */
export function metricPage(entry: MetricCatalogEntry): string {
  const said = explanationOf(entry.id);
  const parts = [
    generatedMark,
    `# ${entry.title}`,
    `\`${entry.id}\` · ${entry.family} · [all metrics](README.md#${entry.family})`,
    `**${prose(entry.question)}**`,
    `## Reading\n\n${prose(sentence(said.reading ?? entry.reading))}`,
    `## Definition\n\n${prose(sentence(said.definition ?? ''))}`,
    `## At a glance\n\n${factTable(factsOf(entry))}`,
    ...answerOf(said),
    exampleOf(entry.id),
  ];
  return `${parts.join('\n\n')}\n`;
}

function factsOf(entry: MetricCatalogEntry): (readonly [string, string])[] {
  return [
    ['computed from', entry.inputs.map((input) => inputInWords[input]).join('; or ')],
    ['applies to', entry.appliesTo.join(', ')],
    ['unit', cell(entry.unit)],
    ['worse', worseInWords[entry.worse]],
    ['default limits', limitsInWords(entry.defaults)],
    ['minimum', cell(entry.minimum)],
    ['interval', cell(entry.interval)],
    ['cost', cell(entry.complexity)],
    ['reference', cell(entry.reference)],
    ['code', codeLinks(entry.id)],
  ];
}

function limitsInWords(defaults: MetricThresholds | null): string {
  if (defaults === null) return 'none: shown, or limits from reference windows';
  const limits = (['warning', 'critical'] as const).flatMap((level) =>
    defaults[level] === undefined ? [] : [`${level} ${defaults[level]}`],
  );
  return `${limits.join(', ')} ${thresholdInWords[defaults.kind]}`;
}

/** Links to the functions, relative to the folder of the pages. */
export function codeLinks(id: string): string {
  return functionsOf(id)
    .map(({ file, name }) => `[\`${name}\`](../../../${file})`)
    .join(', ');
}

function answerOf({ returns, throws }: { returns?: string; throws?: string }): string[] {
  const lines: string[] = [];
  if (returns !== undefined) lines.push(`Returns ${prose(returns)}.`);
  if (throws !== undefined) lines.push(`Throws ${prose(throws)}.`);
  return lines.length === 0 ? [] : [`## Result\n\n${lines.map((line) => line.replace(/\.\.$/, '.')).join('\n\n')}`];
}

/** The heading, the code that ran and what it returned. */
export function exampleOf(id: string): string {
  const example = workedExample(id);
  if (example === null) throw new Error(`add a worked example of ${id} to docs/reference/metrics/source/examples`);
  return [
    '## Worked example',
    `\`\`\`ts\n${example.code}\n\`\`\``,
    'returns (six significant digits)',
    `\`\`\`json\n${example.result}\n\`\`\``,
  ].join('\n\n');
}
