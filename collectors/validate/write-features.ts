import type { FeatureDefinition } from '../../server/domain/model.ts';
import type { PredictionFrame } from '../columns/prediction-frame.ts';
import { checkText, pointerSegment } from './check-text.ts';
import { inexactInteger, isBeyondExact } from './inexact-integer.ts';
import { jsonTextOf } from './json-text-of.ts';
import type { RowContext } from './row-context.ts';
import { needsLiterals, needsSchema, refuse, type RowRefusal } from './row-refusal.ts';
import { isNoted, note, type ModelPlan } from './schema-book.ts';

const nonFiniteTexts = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);
const reservedSegments = new Set(['__proto__', 'constructor', 'prototype']);
const featurePointer = (name: string) => `/features/${pointerSegment(name)}`;

/** Begins a row with every feature missing. */
export function openFeatures(frame: PredictionFrame, plan: ModelPlan): void {
  const { values } = frame.numeric;
  values.reserve(plan.numericN);
  values.array.fill(NaN, values.length, values.length + plan.numericN);
  values.length += plan.numericN;
  const { codes } = frame.categorical;
  codes.reserve(plan.categoricalN);
  codes.array.fill(-1, codes.length, codes.length + plan.categoricalN);
  codes.length += plan.categoricalN;
}

/** Writes all features of a record; null and absent are missing. */
export function writeFeatures(
  frame: PredictionFrame,
  plan: ModelPlan,
  context: RowContext,
  features: unknown,
): RowRefusal | null {
  openFeatures(frame, plan);
  if (features === undefined || features === null) return null;
  if (typeof features !== 'object' || Array.isArray(features)) {
    return refuse('FEATURES_INVALID', '/features', 'send features as an object of names and values');
  }
  const values = features as Record<string, unknown>;
  const numericBase = frame.numeric.values.length - plan.numericN;
  const { slots } = plan;
  let count = 0;
  for (const name in values) {
    const value = values[name];
    const slot = slots.get(name);
    count++;
    if (slot !== undefined && slot.kind === 'numeric' && typeof value === 'number') {
      // The common case first: a plain number of a known numeric feature.
      if (value < 9007199254740992 && value > -9007199254740992) {
        frame.numeric.values.array[numericBase + slot.position] = value;
        continue;
      }
    }
    const refusal =
      slot === undefined
        ? writeUnknown(frame, plan, context, { name, value })
        : writeFeature(frame, plan, context, { slot, value });
    if (refusal !== null) return refusal;
  }
  if (count <= context.limits.featuresMax) return null;
  const detail = `${count} features; send at most ${context.limits.featuresMax} in one record`;
  return refuse('TOO_MANY_FEATURES', '/features', detail);
}

/** Writes one value of a known feature. A value of another kind is kept beside the row and stored as missing. */
export function writeFeature(
  frame: PredictionFrame,
  plan: ModelPlan,
  context: RowContext,
  { slot, value }: { slot: FeatureDefinition; value: unknown },
): RowRefusal | null {
  if (value === null || value === undefined) return null;
  if (slot.kind === 'numeric') {
    const number = typeof value === 'number' ? value : nonFiniteTexts.get(value as string);
    if (number !== undefined) return writeNumber(frame, plan, context, { slot, value: number });
  } else if (slot.kind === 'boolean') {
    if (typeof value === 'boolean') return writeCode(frame, plan, slot, value ? 'true' : 'false');
  } else if (typeof value === 'string') {
    // A string of the dictionary has passed the check before.
    const refusal = frame.strings.has(value) ? null : checkFeatureValue(value, context, slot.name);
    return refusal ?? writeCode(frame, plan, slot, value);
  }
  const refusal = checkFeatureValue(value, context, slot.name);
  if (refusal) return refusal;
  frame.mismatched.values.push(slot.ordinal);
  frame.addExtra(slot.name, jsonTextOf(value));
  return null;
}

/** A name that the schema does not have: proposed once, then kept beside the row if the registry did not take it. */
export function writeUnknown(
  frame: PredictionFrame,
  plan: ModelPlan,
  context: RowContext,
  { name, value }: { name: string; value: unknown },
): RowRefusal | null {
  const invalid = checkFeatureName(name, context.limits.idBytesMax) ?? checkFeatureValue(value, context, name);
  if (invalid) return invalid;
  if (value === null || value === undefined) return null;
  const noteName = `feature/${name}`;
  if (!context.isSettled && !isNoted(plan, noteName) && plan.slots.size < context.limits.featuresMax)
    return needsSchema;
  if (!context.isRegistryAway) note(plan, noteName);
  frame.addExtra(name, jsonTextOf(value));
  return null;
}

export function checkFeatureName(name: string, bytesMax: number): RowRefusal | null {
  if (name.length === 0) return refuse('FEATURES_INVALID', '/features/', 'a feature needs a name');
  const isReserved = name.startsWith('$') || name.split('.').some((segment) => reservedSegments.has(segment));
  if (isReserved) {
    const detail =
      'names that begin with $ or hold __proto__, constructor or prototype are reserved; rename the feature';
    return refuse('FEATURE_NAME_RESERVED', featurePointer(name), detail);
  }
  return checkText(name, bytesMax, featurePointer(name), 'FEATURES_INVALID');
}

function checkFeatureValue(value: unknown, context: RowContext, name: string): RowRefusal | null {
  if (typeof value === 'string') {
    return checkText(value, context.limits.stringBytesMax, featurePointer(name), 'FEATURE_VALUE_INVALID');
  }
  if (value === inexactInteger) {
    const detail =
      'the integer has more digits than a double holds (beyond 2^53); send it as text or as a rounded number';
    return refuse('INTEGER_PRECISION', featurePointer(name), detail);
  }
  if (typeof value === 'number' && Number.isFinite(value) && isBeyondExact(value) && !context.hasLiterals) {
    return needsLiterals;
  }
  if (typeof value !== 'object' || value === null) return null;
  const detail = 'a feature value is a number, text, true, false or null; send nested values as features of their own';
  return refuse('FEATURE_VALUE_INVALID', featurePointer(name), detail);
}

function writeNumber(
  frame: PredictionFrame,
  plan: ModelPlan,
  context: RowContext,
  { slot, value }: { slot: FeatureDefinition; value: number },
): RowRefusal | null {
  if (!Number.isFinite(value)) frame.nonFinite.values.push(slot.ordinal);
  else if (isBeyondExact(value) && !context.hasLiterals) return needsLiterals;
  frame.numeric.values.array[frame.numeric.values.length - plan.numericN + slot.position] = value;
  return null;
}

function writeCode(frame: PredictionFrame, plan: ModelPlan, slot: FeatureDefinition, text: string): null {
  const { codes } = frame.categorical;
  codes.array[codes.length - plan.categoricalN + slot.position] = frame.strings.code(text);
  return null;
}
