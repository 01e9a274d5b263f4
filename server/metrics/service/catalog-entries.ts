import type { MetricCatalogEntry } from '../../domain/metric-catalog-entry.ts';

const ofService = {
  family: 'service',
  inputs: ['counts'],
  appliesTo: ['service'],
  complexity: 'O(1)',
} as const satisfies Partial<MetricCatalogEntry>;

/** How the model serves, whatever it predicts. */
export const serviceCatalogEntries: readonly MetricCatalogEntry[] = [
  {
    ...ofService,
    id: 'throughput',
    title: 'Throughput',
    question: 'How many predictions arrive per second?',
    reading: '0 is nobody asks. What is unusual depends on the hour: see the volume anomaly.',
    unit: 'predictions per second',
    worse: 'both',
    defaults: null,
    minimum: 'none: 0 is a value',
    interval: 'none: a count of what happened, not an estimate',
    reference: 'Beyer et al., Site Reliability Engineering, 2016, chapter 6',
  },
  {
    ...ofService,
    id: 'latency_quantile',
    title: 'Latency quantile',
    question: 'How slow are the slowest predictions?',
    reading: 'A 95th percentile of 45 means that one in twenty takes longer than 45 ms. Never average quantiles.',
    inputs: ['rows', 'sketch'],
    unit: 'milliseconds',
    worse: 'up',
    defaults: { kind: 'relative_difference_to_reference', warning: 0.2 },
    minimum: '20/(1 - q) rows: 400 for the 95th percentile',
    interval: 'order statistics, null when a rank falls outside the sample',
    reference:
      'Hyndman & Fan 1996, doi:10.1080/00031305.1996.10473566; Masson, Rim & Lee 2019, doi:10.14778/3352063.3352135',
    complexity: 'O(n log n)',
  },
  {
    ...ofService,
    id: 'error_rate',
    title: 'Error rate',
    question: 'What share of predictions failed?',
    reading: '0 is all served. Alarm through the burn rate.',
    unit: 'share',
    worse: 'up',
    defaults: null,
    minimum: 'one prediction',
    interval: 'Wilson',
    reference: 'Beyer et al., Site Reliability Engineering, 2016, chapter 6',
  },
  {
    ...ofService,
    id: 'burn_rate',
    title: 'Burn rate',
    question: 'How fast is the error budget being used up?',
    reading:
      '1 uses up exactly the budget of 30 days; 14.4 uses 2 % of it in an hour. Both windows of a pair must pass.',
    unit: 'budgets per period',
    worse: 'up',
    defaults: { kind: 'value', warning: 3, critical: 14.4 },
    minimum: 'one prediction in both windows',
    interval: 'Wilson of the error rate, scaled',
    reference: 'Beyer et al., The Site Reliability Workbook, 2018, chapter 5',
  },
];
