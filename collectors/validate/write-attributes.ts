import type { PredictionFrame } from '../columns/prediction-frame.ts';
import type { RaggedCodesColumn } from '../columns/ragged-column.ts';
import { checkText, pointerSegment } from './check-text.ts';
import { jsonTextOf } from './json-text-of.ts';
import type { RowContext } from './row-context.ts';
import { needsSchema, refuse, type RowRefusal } from './row-refusal.ts';
import { isNoted, note, type ModelPlan } from './schema-book.ts';

/** Names of segments or sensitive features that one model may have. */
export const attributesOfModelMax = 64;

export type AttributeKind = 'segments' | 'sensitive';

const columnOf = (frame: PredictionFrame, kind: AttributeKind): RaggedCodesColumn =>
  kind === 'segments' ? frame.segments : frame.groups;
export const attributePositions = (plan: ModelPlan, kind: AttributeKind): Map<string, number> =>
  kind === 'segments' ? plan.segments : plan.groups;

/** Begins a row with every segment or group null. */
export function openAttributes(frame: PredictionFrame, plan: ModelPlan, kind: AttributeKind): void {
  const { codes } = columnOf(frame, kind);
  const n = attributePositions(plan, kind).size;
  codes.reserve(n);
  codes.array.fill(-1, codes.length, codes.length + n);
  codes.length += n;
}

export function writeAttributes(
  frame: PredictionFrame,
  plan: ModelPlan,
  context: RowContext,
  { kind, values }: { kind: AttributeKind; values: unknown },
): RowRefusal | null {
  openAttributes(frame, plan, kind);
  if (values === undefined || values === null) return null;
  if (typeof values !== 'object' || Array.isArray(values)) {
    return refuse('ATTRIBUTE_INVALID', `/${kind}`, `send ${kind} as an object of names and text`);
  }
  const named = values as Record<string, unknown>;
  for (const name in named) {
    const refusal = writeAttribute(frame, plan, context, { kind, name, value: named[name] });
    if (refusal) return refusal;
  }
  return null;
}

/** Writes one segment or group; a name the schema did not take is kept beside the row. */
export function writeAttribute(
  frame: PredictionFrame,
  plan: ModelPlan,
  context: RowContext,
  { kind, name, value }: { kind: AttributeKind; name: string; value: unknown },
): RowRefusal | null {
  if (value === null || value === undefined) return null;
  const { codes } = columnOf(frame, kind);
  const positions = attributePositions(plan, kind);
  const text = typeof value === 'string' ? value : scalarText(value);
  const refusal = text !== null && frame.strings.has(text) ? null : checkAttribute(context, kind, { name, text });
  if (refusal) return refusal;
  const position = positions.get(name);
  if (position !== undefined) {
    codes.array[codes.length - positions.size + position] = frame.strings.code(text ?? '');
    return null;
  }
  const invalidName = checkText(
    name,
    context.limits.idBytesMax,
    `/${kind}/${pointerSegment(name)}`,
    'ATTRIBUTE_INVALID',
  );
  if (invalidName) return invalidName;
  const noteName = `${kind}/${name}`;
  if (!context.isSettled && !isNoted(plan, noteName) && positions.size < attributesOfModelMax) return needsSchema;
  if (!context.isRegistryAway) note(plan, noteName);
  frame.addExtra(`$${kind}.${name}`, jsonTextOf(value));
  return null;
}

function checkAttribute(
  context: RowContext,
  kind: AttributeKind,
  { name, text }: { name: string; text: string | null },
): RowRefusal | null {
  const pointer = `/${kind}/${pointerSegment(name)}`;
  if (text === null) return refuse('ATTRIBUTE_INVALID', pointer, 'send text, a number, true, false or null');
  return checkText(text, context.limits.stringBytesMax, pointer, 'ATTRIBUTE_INVALID');
}

function scalarText(value: unknown): string | null {
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}

/** Attributions by the feature's ordinal; names the schema does not have are kept beside the row. */
export function writeExplanations(frame: PredictionFrame, plan: ModelPlan, explanations: unknown): RowRefusal | null {
  if (explanations === undefined || explanations === null) return null;
  if (typeof explanations !== 'object' || Array.isArray(explanations)) {
    return refuse('ATTRIBUTE_INVALID', '/explanations', 'send explanations as an object of feature names and numbers');
  }
  const { values } = frame.explanations;
  const base = values.length;
  const n = plan.definition.features.length;
  values.reserve(n);
  values.array.fill(NaN, base, base + n);
  values.length += n;
  const named = explanations as Record<string, unknown>;
  for (const name in named) {
    const value = named[name];
    if (value === null) continue;
    if (typeof value !== 'number' || !Number.isFinite(value)) {
      return refuse('ATTRIBUTE_INVALID', `/explanations/${pointerSegment(name)}`, 'an attribution is a finite number');
    }
    const slot = plan.slots.get(name);
    if (slot) values.array[base + slot.ordinal] = value;
    else if (name.isWellFormed()) frame.addExtra(`$explanations.${name}`, jsonTextOf(value));
  }
  return null;
}
