import type { GovernanceEntry, GovernanceEvent } from './governance-event.ts';
import type { ModelDefinition, ModelVersion } from './model.ts';
import type { Reference } from './reference.ts';

export type ServiceKey = {
  id: string;
  name: string;
  /** SHA-256 of the whole key, hex. The key itself is shown once and never stored. */
  digest: string;
  scopes: string[];
  /** Models the key may write; empty: all. */
  models: string[];
  createdAt: string;
  revokedAt: string | null;
};

export type ReferenceRecord = Reference & {
  binningDigest: string;
  refoldBatchesBefore: string;
  pendingBatches: string[];
  failure: string | null;
};

export type UnknownFeature = { feature: string; kind: string; firstSeenAt: string };

/** Today's governance state: the fold of the entries, and nothing else. */
export type GovernanceState = {
  models: ReadonlyMap<string, ModelDefinition>;
  versions: ReadonlyMap<string, readonly ModelVersion[]>;
  references: ReadonlyMap<string, readonly ReferenceRecord[]>;
  unknownFeatures: ReadonlyMap<string, readonly UnknownFeature[]>;
  keys: ReadonlyMap<string, ServiceKey>;
  settings: ReadonlyMap<string, string | number | boolean>;
  /** Number of entries folded. */
  size: number;
};

export const emptyGovernanceState: GovernanceState = {
  models: new Map(),
  versions: new Map(),
  references: new Map(),
  unknownFeatures: new Map(),
  keys: new Map(),
  settings: new Map(),
  size: 0,
};

/** The state after one more entry. Pure; entries must come in order, without a gap. */
export function applyEntry(state: GovernanceState, entry: GovernanceEntry): GovernanceState {
  if (entry.index !== state.size) throw new Error(`entry ${entry.index} does not follow entry ${state.size - 1}`);
  return { ...applyEvent(state, entry.event, entry), size: state.size + 1 };
}

function applyEvent(state: GovernanceState, event: GovernanceEvent, entry: GovernanceEntry): GovernanceState {
  switch (event.type) {
    case 'model.registered':
      return { ...state, models: put(state.models, event.model, registered(event, entry)) };
    case 'model.schema_extended':
      return changeModel(state, event.model, entry, (model) => ({
        features: [...model.features, ...event.features],
        segments: [...model.segments, ...event.segments],
        sensitiveFeatures: [...model.sensitiveFeatures, ...event.sensitiveFeatures],
        classes: [...model.classes, ...event.classes],
      }));
    case 'model.changed':
      return changeModel(state, event.model, entry, () => event.changes);
    case 'model.stage_changed':
      return changeModel(state, event.model, entry, () => ({ stage: event.to }));
    case 'model.unknown_feature_seen': {
      const seen = { feature: event.feature, kind: event.kind, firstSeenAt: entry.time };
      return { ...state, unknownFeatures: append(state.unknownFeatures, event.model, seen) };
    }
    case 'version.seen': {
      const version = { model: event.model, version: event.version, firstSeenAt: event.firstEventAt ?? entry.time };
      return { ...state, versions: append(state.versions, event.model, version) };
    }
    case 'reference.created':
      return { ...state, references: append(state.references, event.model, created(event, entry)) };
    case 'reference.ready':
    case 'reference.failed':
      return { ...state, references: put(state.references, event.model, settled(state, event)) };
    case 'key.created':
      return { ...state, keys: put(state.keys, event.key, keyOf(event, entry)) };
    case 'key.revoked': {
      const key = state.keys.get(event.key);
      return key === undefined ? state : { ...state, keys: put(state.keys, key.id, { ...key, revokedAt: entry.time }) };
    }
    case 'settings.changed':
      return { ...state, settings: new Map([...state.settings, ...Object.entries(event.changes)]) };
  }
}

type EventOf<T extends GovernanceEvent['type']> = Extract<GovernanceEvent, { type: T }>;

function registered(event: EventOf<'model.registered'>, entry: GovernanceEntry): ModelDefinition {
  const { type: _, model, ...rest } = event;
  return { id: model, ...rest, stage: 'production', revision: entry.index, createdAt: entry.time };
}

function created(event: EventOf<'reference.created'>, entry: GovernanceEntry): ReferenceRecord {
  const { type: _, reference, ...rest } = event;
  return {
    id: reference,
    ...rest,
    createdAt: entry.time,
    createdBy: entry.actor.id,
    status: 'refolding',
    progress: 0,
    failure: null,
  };
}

/** A reference that became ready takes the place of the one before it; a failed one leaves it in place. */
function settled(state: GovernanceState, event: EventOf<'reference.ready' | 'reference.failed'>): ReferenceRecord[] {
  return (state.references.get(event.model) ?? []).map((reference): ReferenceRecord => {
    if (reference.id === event.reference) {
      return event.type === 'reference.ready'
        ? { ...reference, status: 'ready', progress: 1 }
        : { ...reference, status: 'failed', failure: event.reason };
    }
    return event.type === 'reference.ready' && reference.status === 'ready'
      ? { ...reference, status: 'superseded' }
      : reference;
  });
}

function keyOf(event: EventOf<'key.created'>, entry: GovernanceEntry): ServiceKey {
  const { key, name, digest, scopes, models } = event;
  return { id: key, name, digest, scopes, models, createdAt: entry.time, revokedAt: null };
}

function changeModel(
  state: GovernanceState,
  id: string,
  entry: GovernanceEntry,
  change: (model: ModelDefinition) => Partial<ModelDefinition>,
): GovernanceState {
  const model = state.models.get(id);
  if (model === undefined) return state;
  return { ...state, models: put(state.models, id, { ...model, ...change(model), revision: entry.index }) };
}

function put<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): Map<K, V> {
  return new Map(map).set(key, value);
}

function append<K, V>(map: ReadonlyMap<K, readonly V[]>, key: K, value: V): Map<K, readonly V[]> {
  return new Map(map).set(key, [...(map.get(key) ?? []), value]);
}
