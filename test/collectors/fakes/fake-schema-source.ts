import type { FeatureDefinition, ModelDefinition } from '../../../server/domain/model.ts';
import type { SchemaProposal, SchemaSource } from '../../../server/ports/schema-source.ts';

export type FakeSchemaSource = SchemaSource & {
  /** Every proposal that came, in order. */
  proposals: SchemaProposal[];
  /** Adds or replaces a model as its owner would. */
  declare(definition: Partial<ModelDefinition> & { id: string }): ModelDefinition;
  /** What `extend` rejects with, while it is set. */
  failure: Error | null;
};

const blank: Omit<ModelDefinition, 'id'> = {
  task: 'binary',
  registration: 'declared',
  schemaMode: 'open',
  features: [],
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
  stage: 'candidate',
  revision: 1,
  createdAt: '2026-01-01T00:00:00.000Z',
};

/** Gives ordinals and positions as the registry does. */
export function appendFeatures(
  known: readonly FeatureDefinition[],
  added: { name: string; kind: FeatureDefinition['kind'] }[],
  origin: FeatureDefinition['origin'] = 'inferred',
): FeatureDefinition[] {
  const features = [...known];
  for (const { name, kind } of added) {
    if (features.some((each) => each.name === name)) continue;
    const isNumeric = kind === 'numeric';
    const position = features.filter((each) => (each.kind === 'numeric') === isNumeric).length;
    features.push({ name, kind, ordinal: features.length, position, origin });
  }
  return features;
}

/** A registry in memory that adopts what it is told, except into closed schemas. */
export function fakeSchemaSource(): FakeSchemaSource {
  const models = new Map<string, ModelDefinition>();
  const versions = new Map<string, Set<string>>();
  const listeners = new Set<(models: readonly ModelDefinition[]) => void>();
  const union = (known: string[], added: string[]) => [...new Set([...known, ...added])];
  const publish = () => listeners.forEach((listener) => listener([...models.values()]));

  const apply = (proposal: SchemaProposal) => {
    const known = models.get(proposal.model);
    const before = known ?? { ...blank, id: proposal.model, registration: 'inferred' as const, ...proposal.inferred };
    const seen = versions.get(proposal.model) ?? new Set();
    proposal.versions.forEach((version) => seen.add(version));
    versions.set(proposal.model, seen);
    const isOpen = before.schemaMode === 'open';
    models.set(proposal.model, {
      ...before,
      features: isOpen ? appendFeatures(before.features, proposal.features) : before.features,
      segments: isOpen ? union(before.segments, proposal.segments) : before.segments,
      sensitiveFeatures: isOpen
        ? union(before.sensitiveFeatures, proposal.sensitiveFeatures)
        : before.sensitiveFeatures,
      classes: union(before.classes, proposal.classes),
      revision: before.revision + 1,
    });
  };

  return {
    proposals: [],
    failure: null,
    declare(definition) {
      const before = models.get(definition.id) ?? { ...blank, id: definition.id };
      const declared = { ...before, ...definition, revision: before.revision + 1 };
      models.set(definition.id, declared);
      publish();
      return declared;
    },
    models: () => [...models.values()],
    knownVersions: (model) => [...(versions.get(model) ?? [])],
    async extend(proposals) {
      if (this.failure) throw this.failure;
      this.proposals.push(...proposals);
      proposals.forEach(apply);
      publish();
      return [...models.values()];
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
