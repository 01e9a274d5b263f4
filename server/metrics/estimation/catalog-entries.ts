import type { MetricCatalogEntry } from '../../domain/metric-catalog-entry.ts';

const BLINDNESS = 'Valid under covariate shift inside the support of the reference, blind to concept drift.';

const estimate = {
  family: 'estimation',
  inputs: ['counts', 'rows'],
  unit: 'share',
  worse: 'down',
  defaults: { kind: 'standard_deviations', warning: 3 },
  minimum: '300 predictions, and a reference of 1,000 labelled rows with 100 of each class',
  interval: 'estimate ± 1.96 sampling errors of the reference, cut to the range of the metric',
  reference: 'arXiv:2401.08348; NannyML/nannyml nannyml/performance_estimation/confidence_based',
  appliesTo: ['binary'],
  complexity: 'O(score bins)',
} as const satisfies Partial<MetricCatalogEntry>;

const estimatedLoss = {
  ...estimate,
  inputs: ['rows'],
  unit: 'unit of the value',
  worse: 'up',
  minimum: '300 predictions, and a reference of 1,000 labelled rows',
  reference: 'arXiv:2401.08348; NannyML/nannyml nannyml/performance_estimation/direct_loss_estimation',
  appliesTo: ['regression'],
  complexity: 'O(n × features)',
} as const;

/** Performance while labels are late. Each reads like the realised metric of the same name. */
export const estimationCatalogEntries: readonly MetricCatalogEntry[] = [
  {
    ...estimate,
    id: 'estimated_accuracy',
    title: 'Estimated accuracy',
    question: 'What share of decisions will turn out right, while labels are late?',
    reading: `1 is all right. ${BLINDNESS}`,
    appliesTo: ['binary', 'multiclass'],
  },
  {
    ...estimate,
    id: 'estimated_precision',
    title: 'Estimated precision',
    question: 'Of the alarms, how many will turn out true?',
    reading: `1 is no false alarm. ${BLINDNESS}`,
  },
  {
    ...estimate,
    id: 'estimated_recall',
    title: 'Estimated recall',
    question: 'Of the true cases, how many were probably found?',
    reading: `1 is all found. ${BLINDNESS}`,
  },
  {
    ...estimate,
    id: 'estimated_specificity',
    title: 'Estimated specificity',
    question: 'Of the false cases, how many were probably left alone?',
    reading: `1 is nobody bothered without cause. ${BLINDNESS}`,
  },
  {
    ...estimate,
    id: 'estimated_f1',
    title: 'Estimated F1',
    question: 'How good will precision and recall together turn out?',
    reading: `1 is perfect. ${BLINDNESS}`,
  },
  {
    ...estimate,
    id: 'estimated_f1_macro',
    title: 'Estimated F1, macro',
    question: 'How good will precision and recall turn out in the average class?',
    reading: `1 is perfect. ${BLINDNESS}`,
    inputs: ['rows'],
    appliesTo: ['multiclass'],
    complexity: 'O(K n log n)',
  },
  {
    ...estimate,
    id: 'estimated_roc_auc',
    title: 'Estimated ROC AUC',
    question: 'How well does the score probably rank positives above negatives?',
    reading: `1 is perfect, 0.5 is chance. ${BLINDNESS}`,
  },
  {
    ...estimate,
    id: 'estimated_roc_auc_ovr_macro',
    title: 'Estimated ROC AUC, one against the rest, macro',
    question: 'How well does the score of the average class probably rank its own rows above the others?',
    reading: `1 is perfect, 0.5 is chance. ${BLINDNESS}`,
    inputs: ['rows'],
    appliesTo: ['multiclass'],
    complexity: 'O(K n log n)',
  },
  {
    ...estimate,
    id: 'estimated_average_precision',
    title: 'Estimated average precision',
    question: 'How clean are the top ranks, while labels are late?',
    reading: `1 is all positives on top; chance is the share of positives. ${BLINDNESS}`,
  },
  {
    ...estimate,
    id: 'estimated_business_value',
    title: 'Estimated business value',
    question: 'What will the decisions turn out to have earned?',
    reading: `In the currency of the value matrix. ${BLINDNESS}`,
    unit: 'currency',
  },
  {
    ...estimatedLoss,
    id: 'estimated_mean_absolute_error',
    title: 'Estimated mean absolute error',
    question: 'How far off is a typical prediction, while labels are late?',
    reading: `0 is perfect. ${BLINDNESS}`,
  },
  {
    ...estimatedLoss,
    id: 'estimated_mean_squared_error',
    title: 'Estimated mean squared error',
    question: 'How bad are the errors, when large ones hurt most and labels are late?',
    reading: `0 is perfect. ${BLINDNESS}`,
    unit: 'squared unit of the value',
  },
  {
    ...estimatedLoss,
    id: 'estimated_root_mean_squared_error',
    title: 'Estimated root mean squared error',
    question: 'How far off are predictions, when large misses hurt most and labels are late?',
    reading: `0 is perfect. ${BLINDNESS}`,
  },
];
