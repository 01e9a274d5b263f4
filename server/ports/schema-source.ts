import type { FeatureKind, ModelDefinition, ModelTask, ScoreScale } from '../domain/model.ts';

/** What a collector saw that the registry does not know: a model's first event, or new names in a known one. */
export type SchemaProposal = {
  model: string;
  /** Present when the model itself is unknown: what its first events look like. */
  inferred: {
    task: ModelTask;
    scoreScale: ScoreScale;
    positiveLabel: string;
    negativeLabel: string;
    valueCenter: number;
  } | null;
  features: { name: string; kind: FeatureKind }[];
  segments: string[];
  sensitiveFeatures: string[];
  classes: string[];
  versions: string[];
};

/** `unknown_model`: register by inference, keep as quarantined dead letters, or refuse. */
export type UnknownModelPolicy = 'register' | 'quarantine' | 'refuse';

export type SchemaSource = {
  models(): readonly ModelDefinition[];
  knownVersions(model: string): readonly string[];
  /**
   * Makes proposals part of the schema, durably, and returns the definitions as they now stand. For a closed schema
   * unknown features are only noted. Resolves after the governance event is on disk; rejects when it cannot be written.
   */
  extend(proposals: SchemaProposal[]): Promise<readonly ModelDefinition[]>;
  onChange(listener: (models: readonly ModelDefinition[]) => void): () => void;
};
