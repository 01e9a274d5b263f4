import type { ModelDefinition } from '../../server/domain/model.ts';
import { checkText } from './check-text.ts';
import { inexactInteger } from './inexact-integer.ts';
import { refuse, type RowRefusal } from './row-refusal.ts';

const yesLabels = new Set(['1', 'true', 'yes', 'positive']);
const noLabels = new Set(['0', 'false', 'no', 'negative']);

export function isYesLabel(label: string): boolean {
  return yesLabels.has(label.toLowerCase());
}

export function isNoLabel(label: string): boolean {
  return noLabels.has(label.toLowerCase());
}

/** A label as text: true becomes 'true', 1 becomes '1'. */
export function labelTextOf(label: unknown, bytesMax: number, pointer: string): string | RowRefusal {
  if (typeof label === 'string' && label.length > 0)
    return checkText(label, bytesMax, pointer, 'LABEL_INVALID') ?? label;
  if (typeof label === 'boolean') return label ? 'true' : 'false';
  if (typeof label === 'number' && Number.isFinite(label)) return String(label);
  if (label === inexactInteger) {
    return refuse('INTEGER_PRECISION', pointer, 'the label has more digits than a number holds; send it as text');
  }
  return refuse('LABEL_INVALID', pointer, 'a label is text that is not empty, a number, true or false');
}

/**
 * A binary model's own word for a label. `true` and `1` say the same, so each finds the model's positive label when
 * that is one of yes, true, 1 or positive. A model registered by its first event may have seen one label only; then any
 * other label is its counterpart.
 */
export function binaryLabelOf(definition: ModelDefinition, label: string): string | null {
  const { positiveLabel, negativeLabel, registration } = definition;
  if (label === positiveLabel || label === negativeLabel) return label;
  if (isYesLabel(label) && isYesLabel(positiveLabel)) return positiveLabel;
  if (isNoLabel(label) && isNoLabel(negativeLabel)) return negativeLabel;
  const isCounterpartUnseen = registration === 'inferred' && negativeLabel === '0' && !isYesLabel(positiveLabel);
  return isCounterpartUnseen ? label : null;
}

export function refuseBinaryLabel(definition: ModelDefinition, label: string, pointer: string): RowRefusal {
  const { id, positiveLabel, negativeLabel } = definition;
  const known = `'${positiveLabel}' (positive) and '${negativeLabel}'`;
  const detail = `'${label.slice(0, 64)}' is no label of ${id}, which has ${known}; send one of them or declare the model's labels`;
  return refuse('LABEL_INVALID', pointer, detail);
}
