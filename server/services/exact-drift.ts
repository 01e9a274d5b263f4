import type { ReferenceRecord } from '../domain/governance-state.ts';
import type { ModelDefinition } from '../domain/model.ts';
import { scoreFeature, valueFeature } from '../domain/reference.ts';
import type { Window } from '../domain/window.ts';
import { kolmogorovSmirnov } from '../metrics/drift/kolmogorov-smirnov.ts';
import { wassersteinDistance, wassersteinDistanceNormed } from '../metrics/drift/wasserstein-distance.ts';
import { CodedError } from '../errors.ts';
import type { FeatureDriftResult } from './drift-of-window.ts';
import type { MeasureDeps } from './measure-deps.ts';

export type ExactTask = {
  model: ModelDefinition;
  reference: ReferenceRecord;
  window: Window;
  scope: { segment: string; version: string };
  features: FeatureDriftResult[];
};

/** Rows a side that an exact test reads at most; beyond it the caller must narrow the window. */
export const exactRowsMax = 2_000_000;

/**
 * Replaces the binned Kolmogorov-Smirnov and Wasserstein results of numeric features by exact ones on raw rows.
 * @throws CodedError VALIDATION_FAILED for a segment (raw rows are read whole), or above `exactRowsMax` rows
 */
export async function withExactTests(deps: MeasureDeps, task: ExactTask): Promise<FeatureDriftResult[]> {
  if (task.scope.segment !== '') {
    throw new CodedError('VALIDATION_FAILED', 'exact=true works on all rows of a window: leave out segment.');
  }
  const current = { model: task.model.id, version: task.scope.version, window: task.window };
  const extent = await deps.references.extent(current);
  if ((extent?.n ?? 0) > exactRowsMax) {
    throw new CodedError(
      'VALIDATION_FAILED',
      `exact=true reads at most ${exactRowsMax} rows, the window holds ${extent?.n}: choose a shorter one.`,
    );
  }
  const { from, to, modelVersion } = task.reference;
  const baseline = {
    model: task.model.id,
    version: modelVersion ?? '',
    window: { from: Date.parse(from ?? ''), to: Date.parse(to ?? '') },
  };
  const exact: FeatureDriftResult[] = [];
  for (const feature of task.features) {
    const position = positionOf(task.model, feature);
    if (position === null) {
      exact.push(feature);
      continue;
    }
    const reference = await deps.references.numericValues(baseline, position, exactRowsMax);
    const values = await deps.references.numericValues(current, position, exactRowsMax);
    const metrics = {
      ...feature.metrics,
      kolmogorov_smirnov: kolmogorovSmirnov(reference, values),
      wasserstein_distance: wassersteinDistance(reference, values),
      wasserstein_distance_normed: wassersteinDistanceNormed(reference, values),
    };
    exact.push({ ...feature, metrics });
  }
  return exact;
}

/** Place of a numeric column for the store: −1 the score, −2 the value. */
function positionOf(model: ModelDefinition, feature: FeatureDriftResult): number | null {
  if (feature.kind !== 'numeric') return null;
  if (feature.feature === scoreFeature) return -1;
  if (feature.feature === valueFeature) return -2;
  return model.features.find((f) => f.name === feature.feature)?.position ?? null;
}
