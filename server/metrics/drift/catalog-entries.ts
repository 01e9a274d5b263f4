import type { MetricCatalogEntry } from '../../domain/metric-catalog-entry.ts';
import { driftFromCountsEntries } from './catalog-entries-from-counts.ts';
import { driftFromRowsEntries } from './catalog-entries-from-rows.ts';

/** Drift of data, predictions, embeddings and attributions, in the order in which they are shown. */
export const driftCatalogEntries: readonly MetricCatalogEntry[] = [...driftFromCountsEntries, ...driftFromRowsEntries];
