import type {
  BinaryTally,
  LossSums,
  MulticlassTally,
  RegressionTally,
} from '../../../../../server/domain/outcome-tally.ts';
import { probabilityEdges } from '../../../../../server/counting/score-binning.ts';
import type { FeatureColumn } from '../../../../../server/metrics/drift/dataset/feature-column.ts';
import { fractionalOutcomesOfRows } from '../../../../../server/metrics/estimation/fractional-confusion.ts';
import { binIndex } from '../../../../../server/metrics/support/binning/bin-index.ts';

/** Labelled predictions with one score; decided positive from 0.5 on. */
type ScoredOutcomes = { score: number; positives: number; negatives: number };

const noLosses = (): LossSums => ({
  n: 0,
  logLoss: 0,
  logLossSquares: 0,
  error: 0,
  errorSquares: 0,
  errorFourths: 0,
  absoluteError: 0,
  actual: 0,
  actualSquares: 0,
});

function addOutcomes(losses: LossSums, n: number, error: number, logLoss: number): void {
  losses.n += n;
  losses.logLoss += n * logLoss;
  losses.logLossSquares += n * logLoss ** 2;
  losses.error += n * error;
  losses.errorSquares += n * error ** 2;
  losses.errorFourths += n * error ** 4;
  losses.absoluteError += n * Math.abs(error);
}

/** The tally that such predictions leave behind. */
export function tallyOfScores(outcomes: readonly ScoredOutcomes[]): BinaryTally {
  const bins = probabilityEdges.length - 1;
  const tally: BinaryTally = {
    kind: 'binary',
    scoreEdges: probabilityEdges,
    isProbability: true,
    predictions: new Float64Array(bins),
    positives: new Float64Array(bins),
    negatives: new Float64Array(bins),
    labelledScoreSums: new Float64Array(bins),
    decided: 0,
    decidedPositive: 0,
    total: 0,
    labelled: 0,
    confusion: { truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 },
    losses: noLosses(),
  };
  for (const { score, positives, negatives } of outcomes) {
    const n = positives + negatives;
    const bin = Math.min(bins - 1, binIndex(probabilityEdges, score));
    tally.predictions[bin] += n;
    tally.positives[bin] += positives;
    tally.negatives[bin] += negatives;
    tally.labelledScoreSums[bin] += n * score;
    tally.decided += n;
    tally.total += n;
    tally.labelled += n;
    if (score >= 0.5) tally.decidedPositive += n;
    tally.confusion[score >= 0.5 ? 'truePositive' : 'falseNegative'] += positives;
    tally.confusion[score >= 0.5 ? 'falsePositive' : 'trueNegative'] += negatives;
    addOutcomes(tally.losses, positives, score - 1, -Math.log(score));
    addOutcomes(tally.losses, negatives, score, -Math.log(1 - score));
  }
  return tally;
}

/** The tally of a confusion table, table[actual][predicted]. */
export function tallyOfTable(labels: string[], table: number[][]): MulticlassTally {
  const n = table.flat().reduce((sum, count) => sum + count, 0);
  const predicted = labels.map((_, column) => table.reduce((sum, row) => sum + row[column], 0));
  return { kind: 'multiclass', total: n, labelled: n, labels, matrix: table, predicted, losses: noLosses() };
}

/** The tally of predicted values. */
export function tallyOfValues({ actual, predicted }: { actual: number[]; predicted: number[] }): RegressionTally {
  const losses = noLosses();
  actual.forEach((y, i) => {
    addOutcomes(losses, 1, predicted[i] - y, 0);
    losses.actual += y;
    losses.actualSquares += y ** 2;
  });
  return { kind: 'regression', total: actual.length, labelled: actual.length, center: 0, losses };
}

export const before = Array.from({ length: 200 }, (_, i) => i / 20);

export const after = Array.from({ length: 200 }, (_, i) => 1 + i / 20);

export const loans = tallyOfScores([
  { score: 0.05, positives: 4, negatives: 196 },
  { score: 0.2, positives: 36, negatives: 164 },
  { score: 0.45, positives: 80, negatives: 120 },
  { score: 0.7, positives: 130, negatives: 70 },
  { score: 0.9, positives: 170, negatives: 30 },
]);

export const outcomesOfA = [
  { score: 0.3, positives: 20, negatives: 180 },
  { score: 0.8, positives: 80, negatives: 20 },
];

export const outcomesOfB = [
  { score: 0.3, positives: 30, negatives: 110 },
  { score: 0.8, positives: 40, negatives: 20 },
];

export const groups = new Map([
  ['a', tallyOfScores(outcomesOfA)],
  ['b', tallyOfScores(outcomesOfB)],
]);

export const everybody = tallyOfScores([...outcomesOfA, ...outcomesOfB]);

export const pets = tallyOfTable(
  ['cat', 'dog', 'fox'],
  [
    [50, 8, 2],
    [6, 70, 4],
    [5, 5, 30],
  ],
);

export const deliveries = {
  actual: Array.from({ length: 40 }, (_, i) => 20 + ((i * 7) % 13)),
  predicted: Array.from({ length: 40 }, (_, i) => 20 + ((i * 7) % 13) + ((i * 5) % 7) - 2),
};

export const shownLists = new Map(
  Array.from({ length: 30 }, (_, i) => [
    `user ${i}`,
    [
      [3, 0, 2],
      [0, 1, 0],
      [0, 0, 2],
    ][i % 3],
  ]),
);

export const unlabelled = fractionalOutcomesOfRows({
  calibrated: Array.from({ length: 400 }, (_, i) => (i + 0.5) / 400),
  scores: Array.from({ length: 400 }, (_, i) => (i + 0.5) / 400),
  predictedLabels: Array.from({ length: 400 }, (_, i) => (i >= 160 ? 1 : 0)),
});

export const labelledReference = { truePositive: 300, falsePositive: 100, falseNegative: 60, trueNegative: 540 };

export const columnsBefore: FeatureColumn[] = [
  { name: 'age', kind: 'numeric', values: Array.from({ length: 600 }, (_, i) => 20 + ((i * 7) % 60)) },
  { name: 'income', kind: 'numeric', values: Array.from({ length: 600 }, (_, i) => 20 + ((i * 7) % 60) + (i % 5)) },
  { name: 'plan', kind: 'categorical', values: Array.from({ length: 600 }, (_, i) => (i % 3 === 0 ? 'pro' : 'free')) },
];

export const columnsAfter: FeatureColumn[] = [
  { name: 'age', kind: 'numeric', values: Array.from({ length: 600 }, (_, i) => 20 + ((i * 7) % 60)) },
  { name: 'income', kind: 'numeric', values: Array.from({ length: 600 }, (_, i) => 80 - ((i * 7) % 60) + (i % 5)) },
  { name: 'plan', kind: 'categorical', values: Array.from({ length: 600 }, (_, i) => (i % 2 === 0 ? 'pro' : 'free')) },
];

export const embeddingsBefore = Array.from({ length: 120 }, (_, i) => [Math.cos(i), Math.sin(i)]);

export const embeddingsAfter = Array.from({ length: 120 }, (_, i) => [Math.cos(i / 120), Math.sin(i / 120)]);

export const distanceBins = [{ size: 4, codes: Array.from({ length: 1200 }, (_, i) => i % 4) }];

export const errorsOfReference = Array.from({ length: 1200 }, (_, i) => (i % 2 === 0 ? 1 : -1) * (1 + (i % 4)));

export const farTrips = [{ size: 4, codes: Array.from({ length: 400 }, (_, i) => (i % 4 === 0 ? 2 : 3)) }];
