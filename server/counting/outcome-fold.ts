import type { ModelDefinition } from '../domain/model.ts';
import type { Outcome } from '../domain/outcome.ts';
import { groupKey, groupingsOf } from './group-key.ts';
import type { OutcomeTallyRow } from './outcome-cells.ts';
import type { FoldModel } from './prediction-fold.ts';
import { scoreBin } from './score-binning.ts';

const smallestProbability = 2 ** -52;

/** Losses of one outcome; 0 where a loss has no meaning for the task. */
type Losses = { logLoss: number; error: number; actualSum: number; actualSquares: number };

/**
 * Counts joined outcomes, in the minute of their *prediction*. A retraction (sign −1) subtracts exactly what the
 * addition of the same outcome added, because both are computed from the same row.
 */
export function foldOutcomes(outcomes: readonly Outcome[], models: ReadonlyMap<string, FoldModel>): OutcomeTallyRow[] {
  const rows = new Map<string, OutcomeTallyRow>();
  for (const outcome of outcomes) {
    const model = models.get(outcome.model);
    if (model !== undefined) addOutcome(rows, outcome, model);
  }
  return [...rows.values()];
}

function addOutcome(rows: Map<string, OutcomeTallyRow>, outcome: Outcome, model: FoldModel): void {
  const losses = lossesOf(outcome, model.definition);
  for (const binning of model.scoreBinnings) {
    const bin = scoreBin(binning, outcome.score);
    for (const [segment, group] of placesOf(outcome, model.definition)) {
      const key = JSON.stringify([
        outcome.model,
        binning.id,
        segment,
        group,
        Math.floor(outcome.occurredAt / 60_000),
        outcome.version,
        outcome.isRevision,
        bin,
        outcome.predicted,
        outcome.actual,
      ]);
      let row = rows.get(key);
      if (row === undefined)
        rows.set(key, (row = emptyRow(outcome, { scoreBinning: binning.id, segment, group, scoreBin: bin })));
      accumulate(row, outcome, losses);
    }
  }
}

function placesOf(outcome: Outcome, definition: ModelDefinition): [segment: string, group: string][] {
  const places: [string, string][] = [['', '']];
  outcome.segments.forEach((value, i) => {
    if (value !== null) places.push([groupKey([[definition.segments[i], value]]), '']);
  });
  for (const grouping of groupingsOf(definition)) {
    const parts = grouping.names.map((name, k) => [name, outcome.groups[grouping.positions[k]] ?? null] as const);
    places.push(['', groupKey(parts)]);
  }
  return places;
}

function lossesOf(outcome: Outcome, definition: ModelDefinition): Losses {
  if (definition.task === 'regression') {
    const shifted = outcome.actualValue - definition.valueCenter;
    return {
      logLoss: 0,
      error: outcome.predictedValue - outcome.actualValue,
      actualSum: shifted,
      actualSquares: shifted * shifted,
    };
  }
  if (definition.task === 'multiclass') {
    const p = outcome.scoreOfActual;
    return { logLoss: Number.isNaN(p) ? 0 : logLossOf(p), error: 0, actualSum: 0, actualSquares: 0 };
  }
  if (definition.scoreScale !== 'probability' || Number.isNaN(outcome.score)) {
    return { logLoss: 0, error: 0, actualSum: 0, actualSquares: 0 };
  }
  const y = outcome.actual === definition.positiveLabel ? 1 : 0;
  const p = y === 1 ? outcome.score : 1 - outcome.score;
  return { logLoss: logLossOf(p), error: outcome.score - y, actualSum: y, actualSquares: y };
}

function logLossOf(probability: number): number {
  return -Math.log(Math.min(1 - smallestProbability, Math.max(smallestProbability, probability)));
}

function accumulate(row: OutcomeTallyRow, outcome: Outcome, losses: Losses): void {
  const { sign } = outcome;
  const squared = losses.error * losses.error;
  row.n += sign;
  if (!Number.isNaN(outcome.score)) row.scoreSum += sign * outcome.score;
  row.logLoss += sign * losses.logLoss;
  row.logLossSquares += sign * losses.logLoss * losses.logLoss;
  row.error += sign * losses.error;
  row.errorSquares += sign * squared;
  row.errorFourths += sign * squared * squared;
  row.absoluteError += sign * Math.abs(losses.error);
  row.actualSum += sign * losses.actualSum;
  row.actualSquares += sign * losses.actualSquares;
}

function emptyRow(
  outcome: Outcome,
  place: { scoreBinning: string; segment: string; group: string; scoreBin: number },
): OutcomeTallyRow {
  return {
    model: outcome.model,
    ...place,
    minute: Math.floor(outcome.occurredAt / 60_000) * 60_000,
    version: outcome.version,
    labelled: 1,
    isRevision: outcome.isRevision ? 1 : 0,
    predicted: outcome.predicted,
    actual: outcome.actual,
    n: 0,
    scoreSum: 0,
    logLoss: 0,
    logLossSquares: 0,
    error: 0,
    errorSquares: 0,
    errorFourths: 0,
    absoluteError: 0,
    actualSum: 0,
    actualSquares: 0,
  };
}
