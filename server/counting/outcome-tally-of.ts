import type { ModelDefinition } from '../domain/model.ts';
import type { BinaryTally, LossSums, MulticlassTally, OutcomeTally, RegressionTally } from '../domain/outcome-tally.ts';
import type { OutcomeCell } from '../domain/tally-counts.ts';
import { noScoreBin, type ScoreBinning } from './score-binning.ts';

/** Labels as they stand today, or only as they were first reported. */
export type LabelView = 'revised' | 'first_reported';

/** The tally of one window from its cells: what performance and fairness are computed from. */
export function outcomeTallyOf(
  model: ModelDefinition,
  binning: ScoreBinning,
  cells: readonly OutcomeCell[],
  view: LabelView = 'revised',
): OutcomeTally {
  const counted = view === 'revised' ? cells : cells.filter((cell) => !cell.isRevision);
  if (model.task === 'regression') return regressionTally(model, counted);
  return model.task === 'binary' ? binaryTally(model, binning, counted) : multiclassTally(counted);
}

export function binaryTally(model: ModelDefinition, binning: ScoreBinning, cells: readonly OutcomeCell[]): BinaryTally {
  const scoreEdges = binning.edges ?? Float64Array.of(0, 1);
  const bins = scoreEdges.length - 1;
  const tally: BinaryTally = {
    kind: 'binary',
    scoreEdges,
    isProbability: model.scoreScale === 'probability',
    predictions: new Float64Array(bins),
    positives: new Float64Array(bins),
    negatives: new Float64Array(bins),
    labelledScoreSums: new Float64Array(bins),
    decided: 0,
    decidedPositive: 0,
    total: 0,
    labelled: 0,
    confusion: { truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 },
    losses: emptyLosses(),
  };
  for (const cell of cells) {
    if (cell.labelled) addLabelled(tally, cell, model.positiveLabel);
    else addPrediction(tally, cell, model.positiveLabel);
  }
  return tally;
}

function addPrediction(tally: BinaryTally, cell: OutcomeCell, positiveLabel: string): void {
  tally.total += cell.n;
  if (cell.scoreBin !== noScoreBin) tally.predictions[cell.scoreBin] += cell.n;
  if (cell.predicted === '') return;
  tally.decided += cell.n;
  if (cell.predicted === positiveLabel) tally.decidedPositive += cell.n;
}

function addLabelled(tally: BinaryTally, cell: OutcomeCell, positiveLabel: string): void {
  tally.labelled += cell.n;
  const isPositive = cell.actual === positiveLabel;
  if (cell.scoreBin !== noScoreBin) {
    (isPositive ? tally.positives : tally.negatives)[cell.scoreBin] += cell.n;
    tally.labelledScoreSums[cell.scoreBin] += cell.scoreSum;
  }
  if (tally.isProbability && cell.scoreBin !== noScoreBin) addLosses(tally.losses, cell);
  if (cell.predicted === '') return;
  const { confusion } = tally;
  if (cell.predicted === positiveLabel) confusion[isPositive ? 'truePositive' : 'falsePositive'] += cell.n;
  else confusion[isPositive ? 'falseNegative' : 'trueNegative'] += cell.n;
}

function regressionTally(model: ModelDefinition, cells: readonly OutcomeCell[]): RegressionTally {
  const tally: RegressionTally = {
    kind: 'regression',
    total: 0,
    labelled: 0,
    center: model.valueCenter,
    losses: emptyLosses(),
  };
  for (const cell of cells) {
    if (!cell.labelled) tally.total += cell.n;
    else {
      tally.labelled += cell.n;
      addLosses(tally.losses, cell);
    }
  }
  return tally;
}

function multiclassTally(cells: readonly OutcomeCell[]): MulticlassTally {
  const names = cells.flatMap((cell) => (cell.labelled ? [cell.predicted, cell.actual] : [cell.predicted]));
  const labels = [...new Set(names.filter((name) => name !== ''))].sort();
  const index = new Map(labels.map((label, i) => [label, i]));
  const tally: MulticlassTally = {
    kind: 'multiclass',
    total: 0,
    labelled: 0,
    labels,
    matrix: labels.map(() => labels.map(() => 0)),
    predicted: labels.map(() => 0),
    losses: emptyLosses(),
  };
  for (const cell of cells) {
    const predicted = index.get(cell.predicted);
    if (!cell.labelled) {
      tally.total += cell.n;
      if (predicted !== undefined) tally.predicted[predicted] += cell.n;
      continue;
    }
    tally.labelled += cell.n;
    addLosses(tally.losses, cell);
    const actual = index.get(cell.actual);
    if (actual !== undefined && predicted !== undefined) tally.matrix[actual][predicted] += cell.n;
  }
  return tally;
}

function emptyLosses(): LossSums {
  return {
    n: 0,
    logLoss: 0,
    logLossSquares: 0,
    error: 0,
    errorSquares: 0,
    errorFourths: 0,
    absoluteError: 0,
    actual: 0,
    actualSquares: 0,
  };
}

function addLosses(losses: LossSums, cell: OutcomeCell): void {
  losses.n += cell.n;
  losses.logLoss += cell.logLoss;
  losses.logLossSquares += cell.logLossSquares;
  losses.error += cell.error;
  losses.errorSquares += cell.errorSquares;
  losses.errorFourths += cell.errorFourths;
  losses.absoluteError += cell.absoluteError;
  losses.actual += cell.actualSum;
  losses.actualSquares += cell.actualSquares;
}
