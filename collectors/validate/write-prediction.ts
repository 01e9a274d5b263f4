import type { PredictionFrame, PredictionScalars } from '../columns/prediction-frame.ts';
import { pointerSegment } from './check-text.ts';
import { binaryLabelOf, labelTextOf, refuseBinaryLabel } from './label-text.ts';
import type { RowContext } from './row-context.ts';
import { needsSchema, refuse, type RowRefusal } from './row-refusal.ts';
import { isNoted, note, type ModelPlan } from './schema-book.ts';

/** The parts of a prediction wherever the wire shape had them; undefined and null are absent. */
export type PredictionParts = { score: unknown; label: unknown; value: unknown; scores: unknown };

export const isAbsent = (part: unknown): part is null | undefined => part === null || part === undefined;

export function lacksPrediction(parts: PredictionParts): boolean {
  return isAbsent(parts.score) && isAbsent(parts.label) && isAbsent(parts.value) && isAbsent(parts.scores);
}

export function predictionMissing(): RowRefusal {
  const detail = 'send "prediction" with at least one of score, label, value or scores';
  return refuse('PREDICTION_MISSING', '/prediction', detail);
}

/** Checks the prediction against the model's task and writes it into the row. */
export function writePrediction(
  frame: PredictionFrame,
  plan: ModelPlan,
  context: RowContext,
  { parts, row }: { parts: PredictionParts; row: PredictionScalars },
): RowRefusal | null {
  row.score = NaN;
  row.value = NaN;
  row.label = -1;
  if (lacksPrediction(parts)) return predictionMissing();
  const { task } = plan.definition;
  if (!isAbsent(parts.score)) {
    const refusal = checkScore(parts.score, plan, '/prediction/score');
    if (refusal) return refusal;
    row.score = parts.score as number;
  }
  if (!isAbsent(parts.value)) {
    if (typeof parts.value !== 'number' || !Number.isFinite(parts.value)) {
      return refuse('PREDICTION_INVALID', '/prediction/value', 'a predicted value is a finite number');
    }
    row.value = parts.value;
  }
  if (task === 'regression') return writeRegression(frame, context, { parts, row });
  const label = isAbsent(parts.label) ? null : labelTextOf(parts.label, context.limits.idBytesMax, '/prediction/label');
  if (typeof label === 'object' && label !== null) return label;
  if (task === 'binary') return writeBinary(frame, plan, { parts, row, label });
  return writeMulticlass(frame, plan, context, { parts, row, label });
}

function checkScore(score: unknown, plan: ModelPlan, pointer: string): RowRefusal | null {
  if (typeof score !== 'number') return refuse('PREDICTION_INVALID', pointer, 'a score is a finite number');
  if (!Number.isFinite(score)) return refuse('SCORE_OUT_OF_RANGE', pointer, 'a score is a finite number');
  const { task, scoreScale } = plan.definition;
  if (scoreScale === 'unbounded' || task === 'regression' || (score >= 0 && score <= 1)) return null;
  const detail = `${score} is no probability; send 0 to 1, or register ${plan.id} again with "scoreScale": "unbounded"`;
  return refuse('SCORE_OUT_OF_RANGE', pointer, detail);
}

type Parts = { parts: PredictionParts; row: PredictionScalars };

function writeRegression(frame: PredictionFrame, context: RowContext, { parts, row }: Parts): RowRefusal | null {
  if (isAbsent(parts.value)) {
    return refuse('PREDICTION_INVALID', '/prediction', 'this model is a regression: send prediction.value');
  }
  if (isAbsent(parts.label)) return null;
  const label = labelTextOf(parts.label, context.limits.idBytesMax, '/prediction/label');
  if (typeof label !== 'string') return label;
  row.label = frame.strings.code(label);
  return null;
}

function writeBinary(
  frame: PredictionFrame,
  plan: ModelPlan,
  { parts, row, label }: Parts & { label: string | null },
): RowRefusal | null {
  if (!isAbsent(parts.scores) && isAbsent(parts.score)) {
    const score = positiveScoreOf(parts.scores, plan);
    if (typeof score !== 'number') return score;
    row.score = score;
  }
  if (label !== null) {
    const own = binaryLabelOf(plan.definition, label);
    if (own === null) return refuseBinaryLabel(plan.definition, label, '/prediction/label');
    row.label = frame.strings.code(own);
  } else if (Number.isNaN(row.score)) {
    return refuse(
      'PREDICTION_INVALID',
      '/prediction',
      'this model is binary: send prediction.score or prediction.label',
    );
  }
  return null;
}

function positiveScoreOf(scores: unknown, plan: ModelPlan): number | RowRefusal {
  const { positiveLabel } = plan.definition;
  const entries = scoreEntries(scores);
  if (!entries) return invalidScores();
  const found = entries.find(([name]) => binaryLabelOf(plan.definition, name) === positiveLabel);
  if (!found) {
    const detail = `scores lack the positive label '${positiveLabel}'; send it, or declare the labels of ${plan.id}`;
    return refuse('PREDICTION_INVALID', '/prediction/scores', detail);
  }
  return checkScore(found[1], plan, `/prediction/scores/${pointerSegment(found[0])}`) ?? (found[1] as number);
}

function writeMulticlass(
  frame: PredictionFrame,
  plan: ModelPlan,
  context: RowContext,
  { parts, row, label }: Parts & { label: string | null },
): RowRefusal | null {
  let predicted = label;
  if (!isAbsent(parts.scores)) {
    const best = writeScores(frame, plan, context, parts.scores);
    if (typeof best !== 'string') return best;
    // The class with the highest score is what a multiclass model predicts when it does not say otherwise.
    predicted ??= best;
  }
  if (predicted === null) {
    const detail = 'this model has several classes: send prediction.label or prediction.scores';
    return refuse('PREDICTION_INVALID', '/prediction', detail);
  }
  if (!plan.classes.has(predicted)) return unknownClass(plan, context, predicted, '/prediction/label');
  row.label = frame.strings.code(predicted);
  return null;
}

/** Writes scores by class position, absent ones as NaN; returns the best class. */
function writeScores(
  frame: PredictionFrame,
  plan: ModelPlan,
  context: RowContext,
  scores: unknown,
): string | RowRefusal {
  const entries = scoreEntries(scores);
  if (!entries) return invalidScores();
  const { values } = frame.scores;
  const base = values.length;
  values.reserve(plan.classes.size);
  values.array.fill(NaN, base, base + plan.classes.size);
  values.length += plan.classes.size;
  let best = entries[0];
  for (const entry of entries) {
    const pointer = `/prediction/scores/${pointerSegment(entry[0])}`;
    const position = plan.classes.get(entry[0]);
    if (position === undefined) return unknownClass(plan, context, entry[0], pointer);
    const refusal = checkScore(entry[1], plan, pointer);
    if (refusal) return refusal;
    values.array[base + position] = entry[1] as number;
    if ((entry[1] as number) > (best[1] as number)) best = entry;
  }
  return best[0];
}

export function unknownClass(plan: ModelPlan, context: RowContext, label: string, pointer: string): RowRefusal {
  const isFull = plan.classes.size >= context.limits.classesMax;
  const noteName = `class/${label}`;
  if (!context.isSettled && !isFull && !isNoted(plan, noteName)) return needsSchema;
  if (context.isSettled && !context.isRegistryAway) note(plan, noteName);
  const detail = isFull
    ? `${plan.id} has ${plan.classes.size} classes, the most there can be; send one of them`
    : `'${label.slice(0, 64)}' is no class of ${plan.id}; declare it, or send a declared class`;
  return refuse(isFull ? 'CLASS_LIMIT' : 'LABEL_INVALID', pointer, detail);
}

function scoreEntries(scores: unknown): [string, unknown][] | null {
  if (typeof scores !== 'object' || scores === null || Array.isArray(scores)) return null;
  const entries = Object.entries(scores);
  return entries.length > 0 ? entries : null;
}

function invalidScores(): RowRefusal {
  return refuse('PREDICTION_INVALID', '/prediction/scores', 'send scores as an object of label and score');
}
