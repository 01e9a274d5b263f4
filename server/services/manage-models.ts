import type { ChangeModel, RegisterModel } from '../app-deps.ts';
import type { GovernanceEvent } from '../domain/governance-event.ts';
import type { ModelDefinition } from '../domain/model.ts';
import { CodedError } from '../errors.ts';
import type { ModelDetail, ReferenceWire } from '../schemas/model.schema.ts';
import { featureDefinitions } from './extend-schema.ts';
import type { Act } from './governance.ts';
import { type MeasureDeps, modelOf, summaryOf } from './measure-deps.ts';

/** Declares a model before its first event, or takes over one that was inferred and holds the same task. */
export async function registerModel(deps: MeasureDeps, act: Act, request: RegisterModel): Promise<ModelDetail> {
  await deps.governance.change(act, (state) => {
    if (state.models.has(request.model)) {
      throw new CodedError(
        'MODEL_EXISTS',
        `${request.model} exists already: PATCH /api/v1/models/${encodeURIComponent(request.model)} changes it.`,
      );
    }
    return [registration(request)];
  });
  return readModel(deps, request.model);
}

function registration(request: RegisterModel): GovernanceEvent {
  checkNames(request);
  const sensitiveFeatures = request.sensitiveFeatures ?? [];
  const intersections = request.intersections ?? [];
  checkIntersections(intersections, sensitiveFeatures);
  return {
    type: 'model.registered',
    model: request.model,
    task: request.task,
    registration: 'declared',
    schemaMode: request.schemaMode ?? 'open',
    features: featureDefinitions([], request.features ?? [], 'declared'),
    positiveLabel: request.positiveLabel ?? '1',
    negativeLabel: request.negativeLabel ?? '0',
    threshold: request.threshold ?? 0.5,
    scoreScale: request.scoreScale ?? 'probability',
    valueCenter: request.valueCenter ?? 0,
    segments: request.segments ?? [],
    sensitiveFeatures,
    classes: request.classes ?? [],
    intersections,
    minGroupN: request.minGroupN ?? 30,
  };
}

function checkNames(request: RegisterModel): void {
  const names = (request.features ?? []).map((f) => f.name);
  const repeated = names.find((name, i) => names.indexOf(name) !== i);
  if (repeated !== undefined) throw new CodedError('VALIDATION_FAILED', `features: ${repeated} is listed twice.`);
  const reserved = names.find(
    (name) => name.startsWith('$') || name.split('.').some((part) => part in Object.prototype),
  );
  if (reserved !== undefined)
    throw new CodedError('VALIDATION_FAILED', `features: the name ${reserved} is reserved, choose another.`);
}

function checkIntersections(intersections: readonly string[][], sensitive: readonly string[]): void {
  const unknown = intersections.flat().find((name) => !sensitive.includes(name));
  if (unknown !== undefined) {
    throw new CodedError(
      'VALIDATION_FAILED',
      `intersections: ${unknown} is not among sensitiveFeatures (${sensitive.join(', ') || 'none'}).`,
    );
  }
}

/** Changes what may change: lists only grow through events, never here. */
export async function changeModel(deps: MeasureDeps, act: Act, id: string, changes: ChangeModel): Promise<ModelDetail> {
  await deps.governance.change(act, (state) => {
    const model = state.models.get(id) ?? modelOf(deps, id);
    if (changes.intersections !== undefined) checkIntersections(changes.intersections, model.sensitiveFeatures);
    const different = Object.entries(changes).filter(
      ([name, value]) => !same(model[name as keyof ModelDefinition], value),
    );
    if (different.length === 0) return [];
    return [{ type: 'model.changed', model: id, changes: Object.fromEntries(different) }];
  });
  return readModel(deps, id);
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** @throws CodedError MODEL_NOT_FOUND */
export function readModel(deps: MeasureDeps, id: string): ModelDetail {
  const model = modelOf(deps, id);
  const state = deps.governance.state();
  const { task, registration: kind, schemaMode, positiveLabel, negativeLabel, threshold, scoreScale } = model;
  const { segments, sensitiveFeatures, classes, intersections, minGroupN, stage, createdAt, revision } = model;
  return {
    id,
    task,
    registration: kind,
    schemaMode,
    features: model.features.map((f) => ({ name: f.name, kind: f.kind, origin: f.origin })),
    unknownFeatures: [...(state.unknownFeatures.get(id) ?? [])],
    positiveLabel,
    negativeLabel,
    threshold,
    scoreScale,
    segments,
    sensitiveFeatures,
    classes,
    intersections,
    minGroupN,
    stage,
    versions: (state.versions.get(id) ?? []).map(({ version, firstSeenAt }) => ({ version, firstSeenAt })),
    references: listReferences(deps, id),
    createdAt,
    revision,
  };
}

/** Newest first. @throws CodedError MODEL_NOT_FOUND */
export function listReferences(deps: MeasureDeps, id: string): ReferenceWire[] {
  modelOf(deps, id);
  const records = deps.governance.state().references.get(id) ?? [];
  return records.toReversed().map((record) => {
    const { kind, modelVersion, from, to, n, createdAt, createdBy, status } = record;
    const { progress } = summaryOf(deps, record);
    return { id: record.id, kind, modelVersion, from, to, n, createdAt, createdBy, status, progress };
  });
}
