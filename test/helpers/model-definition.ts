import type { FeatureKind, ModelDefinition } from '../../server/domain/model.ts';
import { featureDefinitions } from '../../server/services/extend-schema.ts';

/** A declared model with the given features, in the order of their ordinals. */
export function modelDefinition(
  features: Record<string, FeatureKind> = {},
  overrides: Partial<ModelDefinition> = {},
): ModelDefinition {
  const named = Object.entries(features).map(([name, kind]) => ({ name, kind }));
  return {
    id: 'm',
    task: 'binary',
    registration: 'declared',
    schemaMode: 'open',
    features: featureDefinitions([], named, 'declared'),
    positiveLabel: '1',
    negativeLabel: '0',
    threshold: 0.5,
    scoreScale: 'probability',
    valueCenter: 0,
    segments: [],
    sensitiveFeatures: [],
    classes: [],
    intersections: [],
    minGroupN: 30,
    stage: 'production',
    revision: 0,
    createdAt: '2026-01-01T00:00:00.000Z',
    ...overrides,
  };
}
