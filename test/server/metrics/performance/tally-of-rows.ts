import type {
  BinaryTally,
  ConfusionCounts,
  LossSums,
  MulticlassTally,
  RegressionTally,
} from '../../../../server/domain/outcome-tally.ts';

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

export const unitEdges = (bins: number): Float64Array => Float64Array.from({ length: bins + 1 }, (_, i) => i / bins);

/** One scored prediction; `label: null` is one whose truth is not known yet. */
export type BinaryRow = { score: number; label: 0 | 1 | null; decision?: 0 | 1 };

/** Counts rows the slow and obvious way: the oracle of the tally's meaning. */
export function binaryTallyOfRows(rows: BinaryRow[], edges = unitEdges(200), threshold = 0.5): BinaryTally {
  const bins = edges.length - 1;
  const tally = emptyBinaryTally(edges);
  for (const { score, label, decision } of rows) {
    const bin = Math.min(
      bins - 1,
      edges.findLastIndex((edge) => edge <= score),
    );
    const isPositive = (decision ?? (score >= threshold ? 1 : 0)) === 1;
    tally.total += 1;
    tally.decided += 1;
    if (isPositive) tally.decidedPositive += 1;
    tally.predictions[bin] += 1;
    if (label === null) continue;
    tally.labelled += 1;
    tally.labelledScoreSums[bin] += score;
    (label === 1 ? tally.positives : tally.negatives)[bin] += 1;
    tally.confusion[cellOf(isPositive, label)] += 1;
    addLosses(tally.losses, score, label);
  }
  return tally;
}

function cellOf(isPositive: boolean, label: 0 | 1): keyof ConfusionCounts {
  if (label === 1) return isPositive ? 'truePositive' : 'falseNegative';
  return isPositive ? 'falsePositive' : 'trueNegative';
}

function addLosses(losses: LossSums, score: number, label: 0 | 1): void {
  const p = Math.min(1 - 2 ** -52, Math.max(2 ** -52, score));
  const loss = -Math.log(label === 1 ? p : 1 - p);
  const error = score - label;
  losses.n += 1;
  losses.logLoss += loss;
  losses.logLossSquares += loss ** 2;
  losses.error += error;
  losses.errorSquares += error ** 2;
  losses.errorFourths += error ** 4;
  losses.absoluteError += Math.abs(error);
}

export function emptyBinaryTally(edges = unitEdges(2)): BinaryTally {
  const bins = edges.length - 1;
  return {
    kind: 'binary',
    scoreEdges: edges,
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
}

/** The four cells as the golden file writes them. */
export type Cells = { tp: number; fp: number; fn: number; tn: number };

/** A fully labelled tally with two score bins, [0, ½) decided negative and [½, 1] positive. */
export function binaryTallyOfCells({ tp, fp, fn, tn }: Cells): BinaryTally {
  const n = tp + fp + fn + tn;
  return {
    ...emptyBinaryTally(),
    predictions: Float64Array.of(fn + tn, tp + fp),
    positives: Float64Array.of(fn, tp),
    negatives: Float64Array.of(tn, fp),
    labelledScoreSums: Float64Array.of(0.25 * (fn + tn), 0.75 * (tp + fp)),
    decided: n,
    decidedPositive: tp + fp,
    total: n,
    labelled: n,
    confusion: { truePositive: tp, falsePositive: fp, falseNegative: fn, trueNegative: tn },
  };
}

export function regressionTallyOfRows(actual: number[], predicted: number[], center = 0): RegressionTally {
  const losses = noLosses();
  actual.forEach((y, i) => {
    const error = predicted[i] - y;
    losses.n += 1;
    losses.error += error;
    losses.errorSquares += error ** 2;
    losses.errorFourths += error ** 4;
    losses.absoluteError += Math.abs(error);
    losses.actual += y - center;
    losses.actualSquares += (y - center) ** 2;
  });
  return { kind: 'regression', total: actual.length, labelled: actual.length, center, losses };
}

/** Rows of class indices; `probabilities` feed log loss when given. */
export function multiclassTallyOfRows(
  actual: number[],
  predicted: number[],
  probabilities?: number[][],
): MulticlassTally {
  const size = Math.max(...actual, ...predicted) + 1;
  const matrix = Array.from({ length: size }, () => Array.from({ length: size }, () => 0));
  const losses = noLosses();
  actual.forEach((label, i) => {
    matrix[label][predicted[i]] += 1;
    if (!probabilities) return;
    const row = probabilities[i];
    const p = row[label] / row.reduce((sum, share) => sum + share, 0);
    const loss = -Math.log(Math.min(1 - 2 ** -52, Math.max(2 ** -52, p)));
    losses.n += 1;
    losses.logLoss += loss;
    losses.logLossSquares += loss ** 2;
  });
  const counts = Array.from({ length: size }, () => 0);
  for (const label of predicted) counts[label] += 1;
  return {
    kind: 'multiclass',
    total: actual.length,
    labelled: actual.length,
    labels: Array.from({ length: size }, (_, i) => String(i)),
    matrix,
    predicted: counts,
    losses,
  };
}
