import fc from 'fast-check';
import type { BinaryTally, LossSums } from '../../../../server/domain/outcome-tally.ts';
import { seededRandom } from '../../../../server/metrics/support/numerics/seeded-random.ts';
import type { BinaryRow } from './tally-of-rows.ts';

/** Rows with scores anywhere in [0, 1], on bin edges too, some not labelled yet. */
export const binaryRows = (minLength = 1, maxLength = 80) =>
  fc.array(
    fc.record({
      score: fc.oneof(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 0, max: 200 }).map((i) => i / 200),
      ),
      label: fc.constantFrom<0 | 1 | null>(0, 1, 1, 0, null),
    }),
    { minLength, maxLength },
  );

export const isLabelled = (row: BinaryRow): row is BinaryRow & { label: 0 | 1 } => row.label !== null;

export const columnsOf = (rows: BinaryRow[]) => {
  const labelled = rows.filter(isLabelled);
  return { scores: labelled.map((row) => row.score), labels: labelled.map((row) => row.label) };
};

/** A calibrated model: the label of a row with score p is 1 with probability `truth(p)`. */
export function simulatedRows(n: number, seed: number, truth = (p: number) => p): BinaryRow[] {
  const uniform = seededRandom(seed);
  return Array.from({ length: n }, () => {
    const score = uniform();
    return { score, label: uniform() < truth(score) ? 1 : 0 };
  });
}

const addArrays = (a: Float64Array, b: Float64Array) => a.map((value, i) => value + b[i]);

/** The tally of two windows together: plain addition, as stores merge them. */
export function mergedTally(a: BinaryTally, b: BinaryTally): BinaryTally {
  const losses = Object.fromEntries(
    (Object.keys(a.losses) as (keyof LossSums)[]).map((key) => [key, a.losses[key] + b.losses[key]]),
  ) as LossSums;
  return {
    ...a,
    predictions: addArrays(a.predictions, b.predictions),
    positives: addArrays(a.positives, b.positives),
    negatives: addArrays(a.negatives, b.negatives),
    labelledScoreSums: addArrays(a.labelledScoreSums, b.labelledScoreSums),
    decided: a.decided + b.decided,
    decidedPositive: a.decidedPositive + b.decidedPositive,
    total: a.total + b.total,
    labelled: a.labelled + b.labelled,
    confusion: {
      truePositive: a.confusion.truePositive + b.confusion.truePositive,
      falsePositive: a.confusion.falsePositive + b.confusion.falsePositive,
      falseNegative: a.confusion.falseNegative + b.confusion.falseNegative,
      trueNegative: a.confusion.trueNegative + b.confusion.trueNegative,
    },
    losses,
  };
}
