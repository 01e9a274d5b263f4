/** What a model predicts. Binary models have a positive label; multiclass models a list of classes. */
export type ModelTask = 'binary' | 'multiclass' | 'regression';

export type FeatureKind = 'numeric' | 'categorical' | 'boolean';

/**
 * One feature of a model. Lists of features only grow: `ordinal` is its place in the model's list, `position` its place
 * in the row's numeric array (kind numeric) or categorical array (kinds categorical and boolean), both for ever.
 */
export type FeatureDefinition = {
  name: string;
  kind: FeatureKind;
  ordinal: number;
  position: number;
  origin: 'declared' | 'inferred';
};

/** `probability`: scores lie in [0, 1], 200 equal-width bins. `unbounded`: edges come from the first reference. */
export type ScoreScale = 'probability' | 'unbounded';

export type ModelDefinition = {
  id: string;
  task: ModelTask;
  /** `inferred`: registered by its first prediction; shown as such until somebody declares it. */
  registration: 'declared' | 'inferred';
  /** `open`: unknown features are appended to the schema; `closed`: they are kept beside it and counted. */
  schemaMode: 'open' | 'closed';
  features: FeatureDefinition[];
  /** Binary: the label that counts as positive, and the other one. Labels are text: true becomes 'true', 1 becomes '1'. */
  positiveLabel: string;
  negativeLabel: string;
  /** Score at or above which an unlabelled binary prediction counts as positive. */
  threshold: number;
  scoreScale: ScoreScale;
  /** Regression: sums of actual values are kept around this constant, frozen at registration. */
  valueCenter: number;
  /** Append-only; place = position in the row's array. */
  segments: string[];
  sensitiveFeatures: string[];
  classes: string[];
  /** Declared combinations of sensitive features, each a list of names: "sex × race". */
  intersections: string[][];
  minGroupN: number;
  stage: LifecycleStage;
  /** Number of the governance event that last changed this definition. */
  revision: number;
  createdAt: string;
};

export type LifecycleStage = 'candidate' | 'approved' | 'production' | 'deprecated' | 'retired';

export type ModelVersion = { model: string; version: string; firstSeenAt: string };
