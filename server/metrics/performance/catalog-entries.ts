import type { MetricCatalogEntry } from '../../domain/metric-catalog-entry.ts';
import { binaryDecisionEntries } from './catalog-entries-of-decisions.ts';
import { multiclassEntries } from './catalog-entries-of-multiclass.ts';
import { rankingEntries } from './catalog-entries-of-ranking.ts';
import { regressionEntries } from './catalog-entries-of-regression.ts';
import { scoreEntries } from './catalog-entries-of-scores.ts';

/** Performance of labelled predictions, in the order in which it is shown. */
export const performanceCatalogEntries: readonly MetricCatalogEntry[] = [
  ...binaryDecisionEntries,
  ...scoreEntries,
  ...multiclassEntries,
  ...regressionEntries,
  ...rankingEntries,
];
