import { explanationOf } from './explanation-of.ts';
import { cell, factTable, generatedMark, prose, sentence } from './markdown.ts';
import { codeLinks, exampleOf } from './metric-page.ts';

/** Online detectors watch the series of another metric, one value a closed window; they measure nothing themselves. */
export const detectors = [
  { id: 'page_hinkley', title: 'Page-Hinkley test' },
  { id: 'cusum', title: 'CUSUM chart' },
  { id: 'ewma', title: 'EWMA chart' },
  { id: 'ddm', title: 'Drift detection method (DDM)' },
  { id: 'adwin', title: 'Adaptive windowing (ADWIN)' },
] as const;

/** The reference page of one change detector. */
export function detectorPage({ id, title }: (typeof detectors)[number]): string {
  const { question, reading, definition, returns, throws, reference, cost } = explanationOf(id);
  const facts: [string, string][] = [
    ['watches', 'the values of any metric, one per closed window, in order'],
    ['returns', cell(returns ?? '')],
    ['throws', cell(throws ?? 'nothing')],
    ['cost', cell(cost ?? '')],
    ['reference', cell(reference ?? '')],
    ['code', codeLinks(id)],
  ];
  const parts = [
    generatedMark,
    `# ${title}`,
    `\`${id}\` · change detector · [all metrics](README.md#change-detectors)`,
    `**${prose(sentence((question ?? '').replace(/^[^:]*: /, '')))}**`,
    `## Reading\n\n${prose(sentence(reading ?? ''))}`,
    `## Definition\n\n${prose(sentence(definition ?? ''))}`,
    `## At a glance\n\n${factTable(facts)}`,
    exampleOf(id),
  ];
  return `${parts.join('\n\n')}\n`;
}
