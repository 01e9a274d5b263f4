import type { MetricCatalogEntry, MetricFamily } from '../domain/metric-catalog-entry.ts';
import { driftCatalogEntries } from './drift/catalog-entries.ts';
import { estimationCatalogEntries } from './estimation/catalog-entries.ts';
import { fairnessCatalogEntries } from './fairness/catalog-entries.ts';
import { performanceCatalogEntries } from './performance/catalog-entries.ts';
import { qualityCatalogEntries } from './quality/catalog-entries.ts';
import { serviceCatalogEntries } from './service/catalog-entries.ts';

/**
 * Every metric of Plumbline: what it asks, how to read it, its limits and where it comes from.
 * UI, docs, policies and monitors read this list and nothing else about metrics.
 */
export const metricCatalog: readonly MetricCatalogEntry[] = [
  ...driftCatalogEntries,
  ...performanceCatalogEntries,
  ...estimationCatalogEntries,
  ...fairnessCatalogEntries,
  ...qualityCatalogEntries,
  ...serviceCatalogEntries,
];

const entriesById = new Map(metricCatalog.map((entry) => [entry.id, entry]));

/** The entry of a metric id, or null when there is no such metric. */
export function findMetric(id: string): MetricCatalogEntry | null {
  return entriesById.get(id) ?? null;
}

/** The metrics of one family, in the order in which they are shown. */
export function metricsOfFamily(family: MetricFamily): readonly MetricCatalogEntry[] {
  return metricCatalog.filter((entry) => entry.family === family);
}
