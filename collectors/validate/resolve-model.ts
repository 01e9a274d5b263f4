import { refuse, needsSchema, type RowRefusal } from './row-refusal.ts';
import type { RowContext } from './row-context.ts';
import type { ModelPlan } from './schema-book.ts';

const modelName = /^[\p{L}\p{N}][\p{L}\p{M}\p{N}._:@ -]{0,127}$/u;
const reservedNames = new Set(['constructor', 'prototype']);

/** The plan of a row's model; the default of the request stands in for a missing name. */
export function resolveModel(context: RowContext, name: unknown): ModelPlan | RowRefusal {
  if (context.lastPlan !== null && context.lastModel === name) return context.lastPlan;
  const resolved = lookUpModel(context, name);
  if ('definition' in resolved) {
    context.lastModel = name;
    context.lastPlan = resolved;
  }
  return resolved;
}

function lookUpModel(context: RowContext, given: unknown): ModelPlan | RowRefusal {
  const { head, book, limits } = context;
  const name = given ?? head.defaultModel;
  if (name === null || name === undefined) {
    return refuse('MODEL_MISSING', '/model', 'send "model" in the record or the header x-plumbline-model');
  }
  if (!isModelName(name)) {
    const detail =
      'a model name is text of 1 to 128 letters, digits, blanks and . _ : @ -, beginning with a letter or digit';
    return refuse('MODEL_NAME_INVALID', '/model', detail);
  }
  if (head.allowedModels !== null && !head.allowedModels.includes(name)) {
    return refuse('MODEL_UNKNOWN', '/model', `this key may not write to "${name}"; use a key that names this model`);
  }
  const plan = book.plan(name);
  if (plan) return plan;
  if (context.unknownModels === 'register' && head.kind === 'prediction') {
    if (book.size >= limits.modelsMax) {
      const detail = `there are already ${limits.modelsMax} models; retire one or raise the limit, then send again`;
      return refuse('MODEL_LIMIT', '/model', detail);
    }
    if (!context.isSettled) return needsSchema;
  }
  return refuseUnknownModel(context, name);
}

function refuseUnknownModel(context: RowContext, name: string): RowRefusal {
  if (context.unknownModels === 'refuse') {
    return refuse(
      'MODEL_UNKNOWN',
      '/model',
      `no model "${name}"; register it with POST /api/v1/models/${encodeURIComponent(name)}`,
    );
  }
  const detail = `no model "${name}" yet; the event is kept aside and can be replayed once the model is registered`;
  return { ...refuse('MODEL_UNKNOWN', '/model', detail), isQuarantined: true };
}

export function isModelName(name: unknown): name is string {
  return typeof name === 'string' && modelName.test(name) && !reservedNames.has(name);
}
