import { inferModel } from '../../../collectors/validate/infer-model.ts';
import type { Cell } from '../../../collectors/sources/files/table-file.ts';
import type { RegisterModel } from '../../app-deps.ts';
import type { FeatureKind, ModelTask } from '../../domain/model.ts';
import { usageError } from '../cli-error.ts';
import { exactNumber, isNumeric, labelText } from './exact-number.ts';
import type { ColumnMapping, MappingChoices } from './mapping-choices.ts';
import type { Preview } from './preview.ts';

/** More distinct predictions than this are no classes. */
const classesMax = 20;

/** What the first rows say of the model, to be registered before the first row is sent. */
export function describeModel(
  model: string,
  preview: Preview,
  { mapping, choices }: { mapping: ColumnMapping; choices: MappingChoices },
): RegisterModel {
  const labels = labelsOf(preview, mapping);
  const scores = numbers(mapping.score === null ? [] : preview.column(mapping.score));
  const task = choices.task ?? inferTask(mapping, labels);
  const isSure = choices.positiveLabel !== undefined || task !== 'binary';
  const pair = isSure
    ? null
    : inferModel({ ...noEvents, hasScore: scores.length > 0, labels: scoredLabels(preview, mapping) });
  const positiveLabel = choices.positiveLabel ?? pair?.positiveLabel ?? '1';
  const negativeLabel = labels.find((label) => label !== positiveLabel) ?? pair?.negativeLabel ?? '0';
  if (task === 'binary') checkPair(labels, positiveLabel, negativeLabel);
  const isProbability = scores.every((score) => score >= 0 && score <= 1);
  return {
    model,
    task,
    features: mapping.features.map(({ name, column }) => ({
      name,
      kind: choices.categorical?.includes(column) ? 'categorical' : featureKind(preview.column(column)),
    })),
    segments: mapping.segments.map(({ name }) => name),
    sensitiveFeatures: mapping.sensitive.map(({ name }) => name),
    ...(task === 'binary' ? { positiveLabel, negativeLabel } : {}),
    ...(task === 'binary' ? { scoreScale: isProbability ? 'probability' : 'unbounded' } : {}),
    ...(choices.positiveAt === undefined ? {} : { threshold: choices.positiveAt }),
    ...(task === 'multiclass' ? { classes: [...new Set([...mapping.scores.map(({ name }) => name), ...labels])] } : {}),
    ...(task === 'regression' ? { valueCenter: centerOf(preview, mapping) } : {}),
  };
}

const noEvents = { firstValue: null, scoreKeysMax: 0, scoreMin: 0, scoreMax: 0 };

export function featureKind(cells: readonly Cell[]): FeatureKind {
  const known = cells.filter((cell) => cell !== null);
  if (known.length > 0 && known.every(isTruth)) return 'boolean';
  return known.every(isNumeric) && known.length > 0 ? 'numeric' : 'categorical';
}

export const isTruth = (cell: Cell): boolean =>
  typeof cell === 'boolean' || (typeof cell === 'string' && /^(true|false)$/i.test(cell));

function inferTask({ value, scores, score }: ColumnMapping, labels: readonly string[]): ModelTask {
  if (value !== null) return 'regression';
  if (scores.length > 2) return 'multiclass';
  return score !== null || labels.length <= 2 ? 'binary' : 'multiclass';
}

/** A column called "prediction" with many different numbers predicts an amount, not a class. */
export function predictsAmount(cells: readonly Cell[]): boolean {
  const known = cells.filter((cell) => cell !== null);
  if (known.length === 0 || !known.every(isNumeric)) return false;
  return new Set(known.map(String)).size > classesMax || known.some((cell) => !Number.isInteger(Number(cell)));
}

function numbers(cells: readonly Cell[]): number[] {
  return cells.map((cell) => Number(exactNumber(cell) ?? Number.NaN)).filter((n) => Number.isFinite(n));
}

function labelsOf(preview: Preview, { label, actual, value }: ColumnMapping): string[] {
  if (value !== null) return [];
  const columns = [label, actual].filter((column) => column !== null);
  const texts = columns.flatMap((column) => preview.column(column).map(labelText));
  return [...new Set(texts.filter((text) => text !== null))].sort();
}

/** Labels with the scores of their rows: the positive one is the one that scores high. */
function scoredLabels(
  preview: Preview,
  { label, actual, score }: ColumnMapping,
): Map<string, { scoreSum: number; scoreN: number }> {
  const result = new Map<string, { scoreSum: number; scoreN: number }>();
  const scores = score === null ? [] : preview.column(score);
  for (const column of [label, actual]) {
    if (column === null) continue;
    preview.column(column).forEach((cell, i) => {
      const text = labelText(cell);
      if (text === null) return;
      const seen = result.get(text) ?? { scoreSum: 0, scoreN: 0 };
      const number = Number(scores[i] ?? Number.NaN);
      if (Number.isFinite(number)) result.set(text, { scoreSum: seen.scoreSum + number, scoreN: seen.scoreN + 1 });
      else result.set(text, seen);
    });
  }
  return result;
}

function checkPair(labels: readonly string[], positiveLabel: string, negativeLabel: string): void {
  if (labels.length <= 2 && (labels.length < 2 || labels.includes(positiveLabel))) return;
  const found = labels.slice(0, 8).join(', ');
  throw usageError(
    labels.length > 2
      ? `The labels are ${found}: more than the two of a binary model. Say --task multiclass, or name another column.`
      : `The labels are ${found}, not ${positiveLabel} and ${negativeLabel}. Say which one is positive: --positive-label ${labels[1]}.`,
  );
}

function centerOf(preview: Preview, { actual, value }: ColumnMapping): number {
  const values = numbers(preview.column(actual ?? value ?? ''));
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Number.isFinite(mean) ? Number(mean.toPrecision(6)) : 0;
}
