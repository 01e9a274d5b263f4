import { predictedLabel } from '../counting/score-binning.ts';
import type { ModelDefinition } from '../domain/model.ts';
import type { Outcome } from '../domain/outcome.ts';
import type { JoinedFeedback } from '../ports/outcome-store.ts';

/**
 * What must change so that the outcomes say what the feedback says: a first label adds an outcome, a revised one
 * retracts the old outcome and adds the new one, a repeated one changes nothing.
 */
export function outcomeChanges(
  joined: readonly JoinedFeedback[],
  models: ReadonlyMap<string, ModelDefinition>,
): Outcome[] {
  const changes: Outcome[] = [];
  for (const row of joined) {
    const model = models.get(row.model);
    if (model === undefined || row.prediction === null) continue;
    const actual = model.task === 'regression' ? '' : (row.label ?? '');
    const actualValue = model.task === 'regression' ? row.value : Number.NaN;
    const { current } = row;
    if (current === null) {
      changes.push(outcome(row, model, { actual, actualValue, isRevision: false, sign: 1 }));
      continue;
    }
    if (current.actual === actual && Object.is(current.actualValue, actualValue)) continue;
    const { actual: oldActual, actualValue: oldValue } = current;
    changes.push(
      outcome(row, model, { actual: oldActual, actualValue: oldValue, isRevision: true, sign: -1 }, current.predicted),
    );
    changes.push(outcome(row, model, { actual, actualValue, isRevision: true, sign: 1 }, current.predicted));
  }
  return changes;
}

type Truth = { actual: string; actualValue: number; isRevision: boolean; sign: 1 | -1 };

function outcome(row: JoinedFeedback, model: ModelDefinition, truth: Truth, decided?: string): Outcome {
  const prediction = row.prediction;
  if (prediction === null) throw new Error('an outcome needs its prediction');
  const classIndex = model.classes.indexOf(truth.actual);
  const total = prediction.scores.reduce((sum, p) => sum + (Number.isNaN(p) ? 0 : p), 0);
  const p = prediction.scores[classIndex];
  return {
    model: row.model,
    predictionId: row.predictionId,
    occurredAt: prediction.occurredAt,
    version: prediction.version,
    score: prediction.score,
    scoreOfActual: p === undefined || total <= 0 ? Number.NaN : p / total,
    predicted: decided ?? predictedLabel(model, prediction.label, prediction.score),
    predictedValue: prediction.value,
    segments: prediction.segments,
    groups: prediction.groups,
    ...truth,
  };
}
