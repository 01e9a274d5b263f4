import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binaryPerformance } from '../../../../server/metrics/performance/binary-performance.ts';
import {
  averagePrecision,
  averagePrecisionOfRows,
} from '../../../../server/metrics/performance/binary/average-precision.ts';
import { brierScore } from '../../../../server/metrics/performance/binary/brier-score.ts';
import { logLoss } from '../../../../server/metrics/performance/binary/log-loss.ts';
import { rocAuc, rocAucOfRows } from '../../../../server/metrics/performance/binary/roc-auc.ts';
import { evidenceOff, valueOf } from '../golden/evidence-off.ts';
import { binaryRows, columnsOf, isLabelled, simulatedRows } from './labelled-rows.ts';
import { binaryTallyOfCells, binaryTallyOfRows, unitEdges } from './tally-of-rows.ts';

const bins = fc.constantFrom(1, 3, 10, 200);

/** Every pair of a positive and a negative. */
function aucByPairs({ scores, labels }: ReturnType<typeof columnsOf>): number {
  let wins = 0;
  let pairs = 0;
  scores.forEach((a, i) =>
    scores.forEach((b, j) => {
      if (labels[i] !== 1 || labels[j] !== 0) return;
      pairs += 1;
      wins += a > b ? 1 : a === b ? 0.5 : 0;
    }),
  );
  return wins / pairs;
}

/** Precision at every distinct threshold, weighted by the recall it adds. */
function averagePrecisionByThresholds({ scores, labels }: ReturnType<typeof columnsOf>): number {
  const positives = labels.filter((label) => label === 1).length;
  let sum = 0;
  let recalledBefore = 0;
  for (const threshold of [...new Set(scores)].sort((a, b) => b - a)) {
    const chosen = labels.filter((_, i) => scores[i] >= threshold);
    const hits = chosen.filter((label) => label === 1).length;
    sum += ((hits - recalledBefore) / positives) * (hits / chosen.length);
    recalledBefore = hits;
  }
  return sum;
}

const hasBoth = ({ labels }: ReturnType<typeof columnsOf>) => labels.includes(1) && labels.includes(0);

describe('ROC AUC', () => {
  test('of rows is the share of pairs in the right order', () => {
    fc.assert(
      fc.property(binaryRows(2), (rows) => {
        const columns = columnsOf(rows);
        if (!hasBoth(columns)) return;
        expect(valueOf(rocAucOfRows(columns, evidenceOff))).toBeCloseTo(aucByPairs(columns), 12);
      }),
    );
  });

  test('of any binning is within its error bound of the exact value', () => {
    fc.assert(
      fc.property(binaryRows(2), bins, (rows, size) => {
        const columns = columnsOf(rows);
        const result = rocAuc(binaryTallyOfRows(rows, unitEdges(size)), evidenceOff);
        expect(result.kind === 'value').toBe(hasBoth(columns));
        if (result.kind !== 'value') return;
        const distance = Math.abs(result.value - aucByPairs(columns));
        expect(distance).toBeLessThanOrEqual((result.errorBound ?? 0) + 1e-12);
      }),
    );
  });

  test('200 bins are within 0.005 of the exact value for spread scores', () => {
    const rows = simulatedRows(20_000, 3);
    const binned = rocAuc(binaryTallyOfRows(rows));
    const exact = valueOf(rocAucOfRows(columnsOf(rows))) ?? Number.NaN;
    expect(binned.kind === 'value' && binned.errorBound).toBeLessThan(0.005);
    expect(Math.abs((valueOf(binned) ?? 0) - exact)).toBeLessThan(5e-5);
  });

  test('turns into 1 − AUC when the labels are turned round', () => {
    fc.assert(
      fc.property(binaryRows(2), (rows) => {
        const columns = columnsOf(rows);
        if (!hasBoth(columns)) return;
        const turned = { ...columns, labels: columns.labels.map((label) => 1 - label) };
        const value = valueOf(rocAucOfRows(columns, evidenceOff)) ?? Number.NaN;
        expect(valueOf(rocAucOfRows(turned, evidenceOff))).toBeCloseTo(1 - value, 12);
      }),
    );
  });

  test('perfect ranking has the value 1 and no interval', () => {
    const tally = binaryTallyOfCells({ tp: 60, fp: 0, fn: 0, tn: 60 });
    expect(rocAuc(tally)).toMatchObject({ kind: 'value', value: 1, interval: null });
  });

  test('one class, and fewer than 30 of one, are not enough', () => {
    expect(rocAuc(binaryTallyOfCells({ tp: 120, fp: 0, fn: 0, tn: 0 }))).toMatchObject({ reason: 'single_class' });
    expect(rocAuc(binaryTallyOfCells({ tp: 29, fp: 20, fn: 0, tn: 80 }))).toMatchObject({ n: 29, nMin: 30 });
  });
});

describe('average precision', () => {
  test('of rows is the step area over distinct thresholds', () => {
    fc.assert(
      fc.property(binaryRows(2), (rows) => {
        const columns = columnsOf(rows);
        if (!hasBoth(columns)) return;
        const found = valueOf(averagePrecisionOfRows(columns, evidenceOff));
        expect(found).toBeCloseTo(averagePrecisionByThresholds(columns), 12);
      }),
    );
  });

  test('of any binning is within its error bound of the exact value', () => {
    fc.assert(
      fc.property(binaryRows(2), bins, (rows, size) => {
        const columns = columnsOf(rows);
        const result = averagePrecision(binaryTallyOfRows(rows, unitEdges(size)), evidenceOff);
        expect(result.kind === 'value').toBe(hasBoth(columns));
        if (result.kind !== 'value') return;
        const distance = Math.abs(result.value - averagePrecisionByThresholds(columns));
        expect(distance).toBeLessThanOrEqual((result.errorBound ?? 0) + 1e-12);
      }),
    );
  });

  test('a score that says nothing has the share of positives', () => {
    const rows = Array.from({ length: 200 }, (_, i) => ({ score: 0.5, label: (i % 4 === 0 ? 1 : 0) as 0 | 1 }));
    expect(valueOf(averagePrecision(binaryTallyOfRows(rows)))).toBeCloseTo(0.25, 12);
  });
});

describe('probability losses', () => {
  test('are the means of the rows’ losses', () => {
    fc.assert(
      fc.property(binaryRows(1), (rows) => {
        const labelled = rows.filter(isLabelled);
        if (labelled.length === 0) return;
        const mean = (of: (row: (typeof labelled)[number]) => number) =>
          labelled.reduce((sum, row) => sum + of(row), 0) / labelled.length;
        const tally = binaryTallyOfRows(rows);
        const cut = (p: number) => Math.min(1 - 2 ** -52, Math.max(2 ** -52, p));
        const expected = mean(({ score, label }) => -Math.log(label === 1 ? cut(score) : 1 - cut(score)));
        expect(valueOf(logLoss(tally, evidenceOff))).toBeCloseTo(expected, 9);
        expect(valueOf(brierScore(tally, evidenceOff))).toBeCloseTo(
          mean((row) => (row.score - row.label) ** 2),
          9,
        );
      }),
    );
  });

  test('a sure error is finite', () => {
    const tally = binaryTallyOfRows([{ score: 0, label: 1 }]);
    expect(valueOf(logLoss(tally, evidenceOff))).toBeCloseTo(52 * Math.LN2, 9);
  });

  test('need probabilities, and are absent from the report of another scale', () => {
    const tally = { ...binaryTallyOfCells({ tp: 60, fp: 60, fn: 60, tn: 60 }), isProbability: false };
    expect(() => logLoss(tally)).toThrow(/ask for roc_auc/);
    const ids = [...binaryPerformance(tally, { bootstrap: null }).keys()];
    expect(ids).toContain('roc_auc');
    expect(ids).not.toContain('brier_score');
    expect(ids).not.toContain('expected_calibration_error');
  });
});
