import type { ConfusionCounts } from '../../domain/outcome-tally.ts';
import { ascendingOrder } from '../support/intervals/ascending-order.ts';

/**
 * Expected outcomes of unlabelled predictions, grouped by raw score, ascending: with calibrated rate p a prediction is
 * p of a positive and 1 − p of a negative.
 */
export type FractionalOutcomes = {
  positives: Float64Array;
  negatives: Float64Array;
  confusion: ConfusionCounts;
  n: number;
};

/** Predictions in hand. Without `scores` they are in the order of their calibrated rates. */
export type CalibratedRows = {
  calibrated: ArrayLike<number>;
  predictedLabels: ArrayLike<number>;
  scores?: ArrayLike<number>;
};

/** Predictions per score bin, ascending; all of a bin get one rate and one decision. */
export type CalibratedBins = {
  counts: ArrayLike<number>;
  calibratedRates: ArrayLike<number>;
  isPredictedPositive: (bin: number) => boolean;
};

/**
 * Expected outcomes of rows: TP = Σp over ŷ = 1, FP = Σ(1−p) over ŷ = 1, FN = Σp over ŷ = 0, TN = Σ(1−p) over ŷ = 0.
 * Rows with the same raw score are one group.
 */
export function fractionalOutcomesOfRows(rows: CalibratedRows): FractionalOutcomes {
  const { calibrated, predictedLabels, scores = calibrated } = rows;
  const order = ascendingOrder(scores);
  const positives: number[] = [];
  const negatives: number[] = [];
  const confusion = emptyConfusion();
  let lastScore: number | null = null;
  for (const row of order) {
    if (lastScore !== scores[row]) {
      positives.push(0);
      negatives.push(0);
      lastScore = scores[row];
    }
    positives[positives.length - 1] += calibrated[row];
    negatives[negatives.length - 1] += 1 - calibrated[row];
    addExpected(confusion, predictedLabels[row] === 1, { rows: 1, rate: calibrated[row] });
  }
  return {
    positives: Float64Array.from(positives),
    negatives: Float64Array.from(negatives),
    confusion,
    n: calibrated.length,
  };
}

/** The same from score tallies: any window, no rows. */
export function fractionalOutcomesOfBins(bins: CalibratedBins): FractionalOutcomes {
  const size = bins.counts.length;
  const confusion = emptyConfusion();
  const positives = new Float64Array(size);
  const negatives = new Float64Array(size);
  let n = 0;
  for (let bin = 0; bin < size; bin += 1) {
    const rows = bins.counts[bin];
    const rate = bins.calibratedRates[bin];
    positives[bin] = rows * rate;
    negatives[bin] = rows * (1 - rate);
    addExpected(confusion, bins.isPredictedPositive(bin), { rows, rate });
    n += rows;
  }
  return { positives, negatives, confusion, n };
}

function addExpected(into: ConfusionCounts, isPositive: boolean, { rows, rate }: { rows: number; rate: number }): void {
  into[isPositive ? 'truePositive' : 'falseNegative'] += rows * rate;
  into[isPositive ? 'falsePositive' : 'trueNegative'] += rows * (1 - rate);
}

function emptyConfusion(): ConfusionCounts {
  return { truePositive: 0, falsePositive: 0, falseNegative: 0, trueNegative: 0 };
}
