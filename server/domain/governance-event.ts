import type { FeatureDefinition, LifecycleStage, ModelTask, ScoreScale } from './model.ts';
import type { ReferenceKind } from './reference.ts';

/**
 * Governance state is the fold of these events: nothing changes without one, because the event is the change.
 * `type` is past tense. Envelope fields are added by the log: index, time, actor, request id.
 */
export type GovernanceEvent =
  | {
      type: 'model.registered';
      model: string;
      task: ModelTask;
      registration: 'declared' | 'inferred';
      schemaMode: 'open' | 'closed';
      features: FeatureDefinition[];
      positiveLabel: string;
      negativeLabel: string;
      threshold: number;
      scoreScale: ScoreScale;
      valueCenter: number;
      segments: string[];
      sensitiveFeatures: string[];
      classes: string[];
      intersections: string[][];
      minGroupN: number;
    }
  | {
      type: 'model.schema_extended';
      model: string;
      features: FeatureDefinition[];
      segments: string[];
      sensitiveFeatures: string[];
      classes: string[];
    }
  | {
      type: 'model.changed';
      model: string;
      changes: Partial<{
        schemaMode: 'open' | 'closed';
        registration: 'declared';
        threshold: number;
        positiveLabel: string;
        negativeLabel: string;
        intersections: string[][];
        minGroupN: number;
      }>;
    }
  | { type: 'model.unknown_feature_seen'; model: string; feature: string; kind: string }
  | { type: 'model.stage_changed'; model: string; from: LifecycleStage; to: LifecycleStage; reason: string }
  | {
      type: 'version.seen';
      model: string;
      version: string;
      /** Time of its first event where that is known; else the entry's own time counts. */
      firstEventAt?: string;
    }
  | {
      type: 'reference.created';
      model: string;
      reference: string;
      kind: ReferenceKind;
      modelVersion: string | null;
      from: string | null;
      to: string | null;
      n: number;
      /** SHA-256 of the stored binning set, hex. */
      binningDigest: string;
      /** History is what batches with smaller ids stored, except `pendingBatches`, which were still on their way. */
      refoldBatchesBefore: string;
      pendingBatches: string[];
    }
  | { type: 'reference.ready'; model: string; reference: string }
  | { type: 'reference.failed'; model: string; reference: string; reason: string }
  | { type: 'key.created'; key: string; name: string; digest: string; scopes: string[]; models: string[] }
  | { type: 'key.revoked'; key: string; reason: string }
  | { type: 'settings.changed'; changes: Record<string, string | number | boolean> };

export type Actor = { kind: 'user' | 'key' | 'system'; id: string };

/** One line of the append-only sequence. `index` counts from 0 without a gap. */
export type GovernanceEntry = {
  version: 1;
  index: number;
  time: string;
  actor: Actor;
  requestId: string | null;
  event: GovernanceEvent;
};
