import type { FeatureKind } from '../../server/domain/model.ts';
import type { SchemaProposal } from '../../server/ports/schema-source.ts';
import type { CollectorLimits } from '../collector-types.ts';
import { inferModel, type FirstEvents } from './infer-model.ts';
import { labelTextOf } from './label-text.ts';
import { isNoted, versionsOfModelMax, type ModelPlan } from './schema-book.ts';
import { attributePositions, attributesOfModelMax, type AttributeKind } from './write-attributes.ts';
import { checkFeatureName } from './write-features.ts';
import type { PredictionParts } from './write-prediction.ts';

const nonFiniteTexts = new Set(['NaN', 'Infinity', '-Infinity']);

/** In the order in which the kinds were seen. */
type KindCounts = Map<FeatureKind, number>;

/** Gathers what the remaining events of a body bring that the schema of one model does not have. */
export class ModelSurvey {
  private readonly model: string;
  private readonly plan: ModelPlan | undefined;
  private readonly limits: CollectorLimits;
  private readonly features = new Map<string, KindCounts>();
  private readonly attributes = { segments: new Set<string>(), sensitive: new Set<string>() };
  private readonly classes = new Set<string>();
  private readonly versions = new Set<string>();
  private predictions = 0;
  private readonly first: FirstEvents = {
    firstValue: null,
    scoreKeysMax: 0,
    hasScore: false,
    scoreMin: Infinity,
    scoreMax: -Infinity,
    labels: new Map(),
  };

  constructor(model: string, plan: ModelPlan | undefined, limits: CollectorLimits) {
    this.model = model;
    this.plan = plan;
    this.limits = limits;
  }

  version(version: unknown): void {
    if (typeof version !== 'string' || version === '' || this.plan?.versions.has(version)) return;
    if (this.versions.size < versionsOfModelMax) this.versions.add(version);
  }

  /** Null tells nothing about a feature's kind: such a feature waits for a value. */
  feature(name: string, value: unknown): void {
    if (value === null || value === undefined || this.plan?.slots.has(name)) return;
    if (this.plan && isNoted(this.plan, `feature/${name}`)) return;
    const kind = kindOf(value);
    if (kind === null || checkFeatureName(name, this.limits.idBytesMax) !== null) return;
    const counts: KindCounts = this.features.get(name) ?? new Map();
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
    if (this.features.size < this.limits.featuresMax) this.features.set(name, counts);
  }

  attribute(kind: AttributeKind, name: string, value: unknown): void {
    if (value === null || value === undefined || typeof value === 'object' || !name.isWellFormed()) return;
    if (this.plan && (attributePositions(this.plan, kind).has(name) || isNoted(this.plan, `${kind}/${name}`))) return;
    if (this.attributes[kind].size < attributesOfModelMax) this.attributes[kind].add(name);
  }

  prediction({ score, label, value, scores }: PredictionParts): void {
    const { first } = this;
    this.predictions++;
    if (typeof value === 'number' && Number.isFinite(value)) first.firstValue ??= value;
    const ownScore = typeof score === 'number' && Number.isFinite(score) ? score : NaN;
    if (label !== null && label !== undefined) this.label(label, ownScore);
    this.seeScore(ownScore);
    if (typeof scores !== 'object' || scores === null || Array.isArray(scores)) return;
    const entries = Object.entries(scores);
    first.scoreKeysMax = Math.max(first.scoreKeysMax, entries.length);
    for (const [name, each] of entries) {
      this.label(name, typeof each === 'number' ? each : NaN);
      if (typeof each === 'number') this.seeScore(each);
    }
  }

  label(label: unknown, score = NaN): void {
    const text = labelTextOf(label, this.limits.idBytesMax, '');
    if (typeof text !== 'string' || this.first.labels.size > this.limits.classesMax) return;
    const seen = this.first.labels.get(text) ?? { scoreSum: 0, scoreN: 0 };
    if (!Number.isNaN(score)) {
      seen.scoreSum += score;
      seen.scoreN++;
    }
    this.first.labels.set(text, seen);
    if (!this.plan?.classes.has(text)) this.classes.add(text);
  }

  /** Null when there is nothing new. */
  proposal(): SchemaProposal | null {
    const { model, plan, limits } = this;
    if (!plan && this.predictions === 0) return null;
    const inferred = plan ? null : inferModel(this.first);
    const task = plan?.definition.task ?? inferred?.task;
    const room = limits.classesMax - (plan?.classes.size ?? 0);
    const classes = task === 'multiclass' ? [...this.classes].slice(0, Math.max(0, room)) : [];
    const featureRoom = Math.max(0, limits.featuresMax - (plan?.slots.size ?? 0));
    const features = [...this.features]
      .slice(0, featureRoom)
      .map(([name, counts]) => ({ name, kind: majorityOf(counts) }));
    const proposal: SchemaProposal = {
      model,
      inferred,
      features,
      segments: this.roomy('segments'),
      sensitiveFeatures: this.roomy('sensitive'),
      classes,
      versions: [...this.versions],
    };
    const isEmpty = [features, proposal.segments, proposal.sensitiveFeatures, classes, proposal.versions].every(
      ({ length }) => length === 0,
    );
    return isEmpty && !inferred ? null : proposal;
  }

  private roomy(kind: AttributeKind): string[] {
    const taken = this.plan ? attributePositions(this.plan, kind).size : 0;
    return [...this.attributes[kind]].slice(0, Math.max(0, attributesOfModelMax - taken));
  }

  private seeScore(score: number): void {
    if (Number.isNaN(score)) return;
    this.first.hasScore = true;
    this.first.scoreMin = Math.min(this.first.scoreMin, score);
    this.first.scoreMax = Math.max(this.first.scoreMax, score);
  }
}

function kindOf(value: unknown): FeatureKind | null {
  if (typeof value === 'number') return 'numeric';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value !== 'string') return null;
  return nonFiniteTexts.has(value) ? 'numeric' : 'categorical';
}

/** One stray value does not decide: the kind that most values of the body have, of equals the one seen first. */
function majorityOf(counts: KindCounts): FeatureKind {
  return [...counts].reduce((most, each) => (each[1] > most[1] ? each : most))[0];
}
