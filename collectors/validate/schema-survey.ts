import type { SchemaProposal } from '../../server/ports/schema-source.ts';
import { ModelSurvey } from './model-survey.ts';
import { readParts } from './prediction-writer.ts';
import { isModelName } from './resolve-model.ts';
import type { RowContext } from './row-context.ts';
import { isAbsent, lacksPrediction, type PredictionParts } from './write-prediction.ts';

/** Surveys events of several requests, model by model, for one question to the registry. */
export class SchemaSurvey {
  private context: RowContext;
  private readonly models = new Map<string, ModelSurvey>();
  private readonly parts: PredictionParts = { score: null, label: null, value: null, scores: null };

  constructor(context: RowContext) {
    this.context = context;
  }

  /** The request that the next events belong to. */
  under(context: RowContext): this {
    this.context = context;
    return this;
  }

  /** The survey of a row's model; null when its row would be refused for its model anyway. */
  of(name: unknown): ModelSurvey | null {
    const { head, book, limits, unknownModels } = this.context;
    const model = name ?? head.defaultModel;
    if (!isModelName(model) || (head.allowedModels !== null && !head.allowedModels.includes(model))) return null;
    const known = this.models.get(model);
    if (known) return known;
    const plan = book.plan(model);
    const canRegister = unknownModels === 'register' && head.kind === 'prediction';
    if (!plan && (!canRegister || book.size + this.models.size >= limits.modelsMax)) return null;
    const survey = new ModelSurvey(model, plan, limits);
    this.models.set(model, survey);
    return survey;
  }

  record(record: Record<string, unknown>): void {
    const survey = this.of(record.model);
    if (!survey) return;
    if (this.context.head.kind === 'feedback') {
      const label = record.label ?? record.actualLabel;
      if (!isAbsent(label)) survey.label(label);
      return;
    }
    if (readParts(record, this.parts) !== null || lacksPrediction(this.parts)) return;
    survey.prediction(this.parts);
    survey.version(record.modelVersion ?? this.context.head.defaultVersion);
    each(record.features, (name, value) => survey.feature(name, value));
    each(record.segments, (name, value) => survey.attribute('segments', name, value));
    each(record.sensitive ?? record.sensitiveFeatures, (name, value) => survey.attribute('sensitive', name, value));
  }

  proposals(): SchemaProposal[] {
    return [...this.models.values()].map((survey) => survey.proposal()).filter((proposal) => proposal !== null);
  }
}

function each(values: unknown, visit: (name: string, value: unknown) => void): void {
  if (typeof values !== 'object' || values === null || Array.isArray(values)) return;
  for (const [name, value] of Object.entries(values)) visit(name, value);
}
