import type { MetricCatalogEntry } from '../../domain/metric-catalog-entry.ts';
import { classMinimum, measureDefaults } from './catalog-defaults.ts';

const average = {
  family: 'performance',
  inputs: ['counts'],
  unit: 'share',
  worse: 'down',
  defaults: measureDefaults,
  minimum: '100 labelled rows',
  interval: 'count bootstrap of the K×K table, 2,000 draws',
  reference: 'Sokolova & Lapalme 2009, doi:10.1016/j.ipm.2009.03.002',
  appliesTo: ['multiclass'],
  complexity: 'O(draws × K²)',
} as const satisfies Partial<MetricCatalogEntry>;

const macroReading = '1 is perfect. Every class counts the same, so a rare one as much as a common one.';
const weightedReading = '1 is perfect. Classes count by their rows.';
const micro = {
  ...average,
  reading: '1 is perfect. From pooled counts: equals accuracy, because each row is one decision.',
  interval: 'Wilson',
  complexity: 'O(K²)',
} as const;

const oneVsRest = {
  ...average,
  minimum: classMinimum,
  interval: 'none: the classes share their rows and no joint tally is kept',
  reference: 'Fawcett 2006, doi:10.1016/j.patrec.2005.10.010',
  complexity: 'O(K × score bins)',
} as const;

/** Averages over classes; what is shared with binary models (accuracy, …) stands there. */
export const multiclassEntries: readonly MetricCatalogEntry[] = [
  {
    ...average,
    id: 'precision_macro',
    title: 'Precision, macro',
    question: 'How precise is the model in the average class?',
    reading: macroReading,
  },
  { ...micro, id: 'precision_micro', title: 'Precision, micro', question: 'How precise is the average decision?' },
  {
    ...average,
    id: 'precision_weighted',
    title: 'Precision, weighted',
    question: 'How precise is the model, classes weighed by their rows?',
    reading: weightedReading,
  },
  {
    ...average,
    id: 'recall_macro',
    title: 'Recall, macro',
    question: 'How much of the average class is found?',
    reading: macroReading,
  },
  { ...micro, id: 'recall_micro', title: 'Recall, micro', question: 'What share of all rows is found?' },
  {
    ...average,
    id: 'recall_weighted',
    title: 'Recall, weighted',
    question: 'How much is found, classes weighed by their rows?',
    reading: weightedReading,
  },
  {
    ...average,
    id: 'f1_macro',
    title: 'F1, macro',
    question: 'How good are precision and recall together in the average class?',
    reading: `${macroReading} The mean of the class F1s.`,
  },
  {
    ...micro,
    id: 'f1_micro',
    title: 'F1, micro',
    question: 'How good are precision and recall together, over all decisions?',
  },
  {
    ...average,
    id: 'f1_weighted',
    title: 'F1, weighted',
    question: 'How good are precision and recall together, classes weighed by their rows?',
    reading: weightedReading,
  },
  {
    ...oneVsRest,
    id: 'roc_auc_ovr_macro',
    title: 'ROC AUC, one against the rest, macro',
    question: 'How well does the score of the average class rank its own rows above the others?',
    reading: '1 is perfect, 0.5 is chance. Every class counts the same.',
  },
  {
    ...oneVsRest,
    id: 'roc_auc_ovr_weighted',
    title: 'ROC AUC, one against the rest, weighted',
    question: 'How well do class scores rank their own rows above the others, weighed by rows?',
    reading: '1 is perfect, 0.5 is chance. Classes count by their rows.',
  },
];
