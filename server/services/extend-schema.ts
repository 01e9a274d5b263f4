import type { GovernanceEvent } from '../domain/governance-event.ts';
import type { GovernanceState } from '../domain/governance-state.ts';
import type { FeatureDefinition, FeatureKind, ModelDefinition } from '../domain/model.ts';
import type { SchemaProposal, SchemaSource } from '../ports/schema-source.ts';
import { type Governance, systemAct } from './governance.ts';

/** The registry as collectors see it: what they do not know becomes a governance event before a row may use it. */
export function schemaSource(governance: Governance): SchemaSource {
  return {
    models: () => [...governance.state().models.values()],
    knownVersions: (model) => (governance.state().versions.get(model) ?? []).map((v) => v.version),
    async extend(proposals) {
      const state = await governance.change(systemAct, (current) => extensionEvents(current, proposals));
      return [...state.models.values()];
    },
    onChange: (listener) =>
      governance.onChange((state, entries) => {
        if (entries.some((entry) => entry.event.type.startsWith('model.'))) listener([...state.models.values()]);
      }),
  };
}

/** Events that make the proposals part of the schema; names that are known already give none. */
export function extensionEvents(state: GovernanceState, proposals: readonly SchemaProposal[]): GovernanceEvent[] {
  const events: GovernanceEvent[] = [];
  for (const proposal of proposals) {
    const model = state.models.get(proposal.model);
    if (model === undefined) {
      if (proposal.inferred !== null) events.push(registration(proposal, proposal.inferred));
    } else {
      events.push(...extension(state, model, proposal));
    }
    const known = new Set((state.versions.get(proposal.model) ?? []).map((v) => v.version));
    const fresh = [...new Set(proposal.versions)].filter((version) => !known.has(version));
    events.push(...fresh.map((version) => ({ type: 'version.seen' as const, model: proposal.model, version })));
  }
  return events;
}

function registration(proposal: SchemaProposal, inferred: NonNullable<SchemaProposal['inferred']>): GovernanceEvent {
  return {
    type: 'model.registered',
    model: proposal.model,
    registration: 'inferred',
    schemaMode: 'open',
    ...inferred,
    threshold: 0.5,
    features: featureDefinitions([], proposal.features, 'inferred'),
    segments: proposal.segments,
    sensitiveFeatures: proposal.sensitiveFeatures,
    classes: proposal.classes,
    intersections: [],
    minGroupN: 30,
  };
}

function extension(state: GovernanceState, model: ModelDefinition, proposal: SchemaProposal): GovernanceEvent[] {
  const known = new Set(model.features.map((f) => f.name));
  const unknown = proposal.features.filter((f) => !known.has(f.name));
  const isOpen = model.schemaMode === 'open';
  const features = isOpen ? featureDefinitions(model.features, unknown, 'inferred') : [];
  const segments = fresh(model.segments, proposal.segments);
  const sensitiveFeatures = fresh(model.sensitiveFeatures, proposal.sensitiveFeatures);
  const classes = fresh(model.classes, proposal.classes);
  const events: GovernanceEvent[] = [];
  if (features.length + segments.length + sensitiveFeatures.length + classes.length > 0) {
    events.push({ type: 'model.schema_extended', model: model.id, features, segments, sensitiveFeatures, classes });
  }
  if (!isOpen) {
    const noted = new Set((state.unknownFeatures.get(model.id) ?? []).map((f) => f.feature));
    for (const { name, kind } of unknown) {
      if (!noted.has(name)) events.push({ type: 'model.unknown_feature_seen', model: model.id, feature: name, kind });
    }
  }
  return events;
}

const fresh = (known: readonly string[], names: readonly string[]): string[] =>
  [...new Set(names)].filter((name) => !known.includes(name));

/** Gives new features their places behind the existing ones: ordinals in the list, positions in their array. */
export function featureDefinitions(
  existing: readonly FeatureDefinition[],
  added: readonly { name: string; kind: FeatureKind }[],
  origin: FeatureDefinition['origin'],
): FeatureDefinition[] {
  let numeric = existing.filter((f) => f.kind === 'numeric').length;
  let categorical = existing.length - numeric;
  return added.map(({ name, kind }, i) => ({
    name,
    kind,
    ordinal: existing.length + i,
    position: kind === 'numeric' ? numeric++ : categorical++,
    origin,
  }));
}
