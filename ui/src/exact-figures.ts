import type { Drift, FeatureOverlay } from '../../server/schemas/drift.schema.ts';

/** What raw rows can say better than bins; the other figures are exact as counts. */
const EXACT = ['kolmogorov_smirnov', 'wasserstein_distance', 'wasserstein_distance_normed'];

/** Figures on raw rows of one feature; empty until they were asked for and have arrived. */
export function exactFigures(drift: Drift | null, feature: string | null): FeatureOverlay['metrics'] {
  const found = drift?.exact ? drift.features.find((row) => row.feature === feature) : undefined;
  return Object.fromEntries(Object.entries(found?.metrics ?? {}).filter(([id]) => EXACT.includes(id)));
}
