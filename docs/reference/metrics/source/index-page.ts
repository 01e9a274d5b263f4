import type { MetricCatalogEntry, MetricFamily } from '../../../../server/domain/metric-catalog-entry.ts';
import { detectors } from './detector-page.ts';
import { explanationOf } from './explanation-of.ts';
import { cell, generatedMark } from './markdown.ts';

const families: readonly { family: MetricFamily; lead: string }[] = [
  {
    family: 'drift',
    lead: 'Does the window look like the reference? Features, predictions, embeddings, attributions.',
  },
  { family: 'performance', lead: 'Is the model right, where the truth is known? Needs labels.' },
  { family: 'ranking', lead: 'Are the right items on top of the lists that users saw? Needs labels.' },
  {
    family: 'estimation',
    lead: 'How good is the model now, while labels are late? Blind to concept drift by construction.',
  },
  {
    family: 'fairness',
    lead: 'Who gets how much of what? Groups are seen in aggregate only; small ones are named and left out.',
  },
  { family: 'quality', lead: 'Does the data arrive, and as what the schema says?' },
  { family: 'service', lead: 'Does the model serve?' },
];

/** The index of all metrics, by family. */
export function indexPage(catalog: readonly MetricCatalogEntry[]): string {
  const parts = [
    generatedMark,
    '# Metrics',
    introduction(catalog.length),
    ...families.map(({ family, lead }) => familySection(family, lead, catalog)),
    detectorSection(),
  ];
  return `${parts.join('\n\n')}\n`;
}

function introduction(count: number): string {
  return [
    `${count} metrics, each with its question, how to read it, its exact definition and an example that a test recomputes.`,
    'A metric answers with a value, its n, an interval and a `definition` that names everything that moves the number; or it says why there is none:',
    [
      '- `value`: `interval: null` means that no honest interval exists or that none was asked for;',
      '- `insufficient_evidence` with a reason: `n_below_minimum`, `noise_above_threshold`, `zero_denominator`, `zero_variance`, `single_class`, `group_empty`, `labels_below_coverage`, `too_few_reference_windows`;',
      '- `no_data`: the window holds no row at all.',
    ].join('\n'),
    'Points with different definitions are never compared. Intervals are two-sided 95 %. A limit alone pages nobody: a verdict needs enough rows, an effect at or above the limit, a p-value that survives the Benjamini-Hochberg correction over all features of one evaluation, and 3 breached windows of 5.',
    'The examples run as they stand; `tallyOfScores`, `tallyOfTable` and `tallyOfValues` build the [tally](source/examples/sample-data.ts) that such predictions leave behind.',
  ].join('\n\n');
}

function familySection(family: MetricFamily, lead: string, catalog: readonly MetricCatalogEntry[]): string {
  const rows = catalog
    .filter((entry) => entry.family === family)
    .map(
      ({ id, title, question, inputs }) => `| [${cell(title)}](${id}.md) | ${cell(question)} | ${inputs.join(', ')} |`,
    );
  const heading = family[0].toUpperCase() + family.slice(1);
  return [`## ${heading}`, lead, ['| metric | question | from |', '|---|---|---|', ...rows].join('\n')].join('\n\n');
}

function detectorSection(): string {
  const rows = detectors.map(({ id, title }) => {
    const question = (explanationOf(id).question ?? '').replace(/^[^:]*: /, '');
    return `| [${title}](${id}.md) | ${cell(question[0].toUpperCase() + question.slice(1))} |`;
  });
  return [
    '## Change detectors',
    'They watch the series of any metric above, one value a window, and keep their state with every step.',
    ['| detector | question |', '|---|---|', ...rows].join('\n'),
  ].join('\n\n');
}
