import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binaryPerformance } from '../../../../server/metrics/performance/binary-performance.ts';
import { accuracy } from '../../../../server/metrics/performance/binary/accuracy.ts';
import { balancedAccuracy } from '../../../../server/metrics/performance/binary/balanced-accuracy.ts';
import { businessValue } from '../../../../server/metrics/performance/binary/business-value.ts';
import { confusionAtThreshold } from '../../../../server/metrics/performance/binary/confusion-counts.ts';
import { f1 } from '../../../../server/metrics/performance/binary/f1.ts';
import { fBeta } from '../../../../server/metrics/performance/binary/f-beta.ts';
import {
  matthewsCorrelation,
  matthewsOfCells,
} from '../../../../server/metrics/performance/binary/matthews-correlation.ts';
import { precision } from '../../../../server/metrics/performance/binary/precision.ts';
import { recall } from '../../../../server/metrics/performance/binary/recall.ts';
import { thresholdCurve } from '../../../../server/metrics/performance/binary/threshold-curve.ts';
import { evidenceOff, valueOf } from '../golden/evidence-off.ts';
import { binaryRows, isLabelled, mergedTally } from './labelled-rows.ts';
import { binaryTallyOfCells, binaryTallyOfRows, emptyBinaryTally } from './tally-of-rows.ts';
import type { Cells } from './tally-of-rows.ts';

const cells = fc.record({
  tp: fc.integer({ min: 0, max: 300 }),
  fp: fc.integer({ min: 0, max: 300 }),
  fn: fc.integer({ min: 0, max: 300 }),
  tn: fc.integer({ min: 0, max: 300 }),
});
const quick = { ...evidenceOff, bootstrap: null };
const value = (id: string, one: Cells) =>
  valueOf(binaryPerformance(binaryTallyOfCells(one), { ...quick, only: [id] }).get(id));

describe('rates of the four cells', () => {
  test('every pair of complements sums to 1, or neither exists', () => {
    const pairs = [
      ['recall', 'false_negative_rate'],
      ['specificity', 'false_positive_rate'],
      ['precision', 'false_discovery_rate'],
      ['negative_predictive_value', 'false_omission_rate'],
    ];
    fc.assert(
      fc.property(cells, (one) => {
        for (const [good, bad] of pairs) {
          const [a, b] = [value(good, one), value(bad, one)];
          if (a === null || b === null) expect([a, b]).toEqual([null, null]);
          else expect(a + b).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  test('no metric is ever NaN or infinite, and every interval holds its value', () => {
    fc.assert(
      fc.property(cells, (one) => {
        for (const [id, result] of binaryPerformance(binaryTallyOfCells(one), {
          ...evidenceOff,
          bootstrap: { draws: 40, seed: 1 },
        })) {
          if (result.kind !== 'value') continue;
          expect(Number.isFinite(result.value), id).toBe(true);
          if (result.interval === null) continue;
          expect(Number.isFinite(result.interval.lower) && Number.isFinite(result.interval.upper), id).toBe(true);
          expect(result.interval.lower, id).toBeLessThanOrEqual(result.interval.upper);
        }
      }),
      { numRuns: 30 },
    );
  });

  test('F1 is F-beta at β = 1, between precision and recall', () => {
    fc.assert(
      fc.property(cells, (one) => {
        const tally = binaryTallyOfCells(one);
        const harmonic = valueOf(f1(tally, quick));
        const general = valueOf(fBeta(tally, { ...quick, beta: 1 }));
        if (harmonic === null || general === null) expect(harmonic).toBe(general);
        else expect(general).toBeCloseTo(harmonic, 12);
        const [p, r] = [value('precision', one), value('recall', one)];
        if (harmonic === null || p === null || r === null) return;
        expect(harmonic).toBeGreaterThanOrEqual(Math.min(p, r) - 1e-12);
        expect(harmonic).toBeLessThanOrEqual(Math.max(p, r) + 1e-12);
      }),
    );
  });

  test('Matthews changes its sign when every decision is turned round', () => {
    fc.assert(
      fc.property(cells, ({ tp, fp, fn, tn }) => {
        const forward = value('matthews_correlation', { tp, fp, fn, tn });
        const turned = value('matthews_correlation', { tp: fn, fp: tn, fn: tp, tn: fp });
        if (forward === null || turned === null) expect([forward, turned]).toEqual([null, null]);
        else expect(turned).toBeCloseTo(-forward, 12);
      }),
    );
  });

  test('Matthews keeps its digits where products of counts pass 2^53', () => {
    const big = { truePositive: 7e9, falsePositive: 6e9, falseNegative: 2e9, trueNegative: 9e9 };
    expect(matthewsOfCells(big)).toBeCloseTo(0.3670584895244009, 12);
  });

  test('a β of 0 is refused with an example', () => {
    expect(() => fBeta(binaryTallyOfCells({ tp: 1, fp: 1, fn: 1, tn: 1 }), { beta: 0 })).toThrow(/for example 2/);
  });
});

describe('evidence', () => {
  test('an empty window is no data, whatever the minimum', () => {
    for (const [id, result] of binaryPerformance(emptyBinaryTally(), evidenceOff))
      expect(result.kind, id).toBe('no_data');
  });

  test('predictions without any label are below the minimum, not no data', () => {
    const tally = binaryTallyOfRows(Array.from({ length: 500 }, () => ({ score: 0.7, label: null })));
    for (const [id, result] of binaryPerformance(tally)) {
      expect(result, id).toMatchObject({ kind: 'insufficient_evidence', reason: 'n_below_minimum', n: 0, nMin: 100 });
    }
  });

  test('100 labelled rows and 30 in the denominator are needed', () => {
    expect(accuracy(binaryTallyOfCells({ tp: 40, fp: 0, fn: 0, tn: 59 }))).toMatchObject({ n: 99, nMin: 100 });
    expect(accuracy(binaryTallyOfCells({ tp: 40, fp: 0, fn: 0, tn: 60 }))).toMatchObject({ kind: 'value', value: 1 });
    expect(recall(binaryTallyOfCells({ tp: 29, fp: 0, fn: 0, tn: 90 }))).toMatchObject({
      reason: 'n_below_minimum',
      n: 29,
      nMin: 30,
    });
    expect(f1(binaryTallyOfCells({ tp: 9, fp: 10, fn: 10, tn: 90 }))).toMatchObject({
      reason: 'n_below_minimum',
      n: 29,
    });
  });

  test('one class of labels says so', () => {
    const oneClass = binaryTallyOfCells({ tp: 0, fp: 60, fn: 0, tn: 60 });
    expect(balancedAccuracy(oneClass)).toMatchObject({ reason: 'single_class' });
    expect(matthewsCorrelation(oneClass)).toMatchObject({ reason: 'single_class' });
    expect(recall(oneClass)).toMatchObject({ reason: 'zero_denominator' });
  });

  test('coverage is labelled over all predictions, and can be required', () => {
    const rows = Array.from({ length: 400 }, (_, i) => ({
      score: i / 400,
      label: i % 4 === 0 ? null : ((i % 2) as 0 | 1),
    }));
    const tally = binaryTallyOfRows(rows);
    expect(accuracy(tally)).toMatchObject({ kind: 'value', labelCoverage: 0.75, n: 300 });
    expect(accuracy(tally, { labelCoverageMin: 0.8 })).toMatchObject({ reason: 'labels_below_coverage', n: 300 });
  });

  test('the definition says which threshold decided', () => {
    const tally = binaryTallyOfCells({ tp: 40, fp: 40, fn: 40, tn: 40 });
    const definitionOf = (threshold?: number) => {
      const result = precision(tally, { threshold });
      return result.kind === 'value' ? result.definition : '';
    };
    expect(definitionOf()).toBe('precision/1 positive=score>=threshold threshold=logged');
    expect(definitionOf(0.5)).toContain('threshold=0.5');
  });
});

describe('confusion at a score-bin edge', () => {
  test('is the count of the rows at or above it, at every edge', () => {
    fc.assert(
      fc.property(binaryRows(), fc.integer({ min: 0, max: 199 }), (rows, edge) => {
        const threshold = edge / 200;
        const labelled = rows.filter(isLabelled);
        const count = (isPositive: boolean, label: 0 | 1) =>
          labelled.filter((row) => row.score >= threshold === isPositive && row.label === label).length;
        expect(confusionAtThreshold(binaryTallyOfRows(rows), threshold)).toEqual({
          truePositive: count(true, 1),
          falsePositive: count(true, 0),
          falseNegative: count(false, 1),
          trueNegative: count(false, 0),
        });
      }),
    );
  });

  test('a threshold between edges is refused with its neighbours', () => {
    expect(() => confusionAtThreshold(binaryTallyOfRows([]), 0.5025)).toThrow(/take 0\.5 or 0\.505/);
    expect(() => confusionAtThreshold(binaryTallyOfRows([]), 1.5)).toThrow(/take 1$/);
  });

  test('a threshold that is an edge up to rounding is taken', () => {
    const tally = binaryTallyOfRows([{ score: 0.3, label: 1 }]);
    expect(confusionAtThreshold(tally, 0.1 + 0.2).truePositive).toBe(1);
  });
});

describe('threshold curve', () => {
  test('agrees with the confusion counts at each edge and never rises along the threshold', () => {
    fc.assert(
      fc.property(binaryRows(), (rows) => {
        const tally = binaryTallyOfRows(rows);
        const curve = thresholdCurve(tally, [
          [0, -1],
          [-2, 3],
        ]);
        expect(curve).toHaveLength(201);
        curve.slice(0, -1).forEach((point, i) => {
          expect(point.cells).toEqual(confusionAtThreshold(tally, point.threshold));
          expect(curve[i + 1].recall ?? 0).toBeLessThanOrEqual(point.recall ?? 0);
          expect(curve[i + 1].selectionRate ?? 0).toBeLessThanOrEqual(point.selectionRate ?? 0);
        });
      }),
      { numRuns: 30 },
    );
  });

  test('counts unlabelled predictions in the selection rate', () => {
    const tally = binaryTallyOfRows([
      { score: 0.9, label: null },
      { score: 0.1, label: 1 },
    ]);
    const point = thresholdCurve(tally).find(({ threshold }) => threshold === 0.5);
    expect(point).toMatchObject({
      selectionRate: 0.5,
      recall: 0,
      falsePositiveRate: null,
      precision: null,
      value: null,
    });
  });
});

test('business value is linear in the matrix and per window n times per prediction', () => {
  const tally = binaryTallyOfCells({ tp: 30, fp: 20, fn: 10, tn: 60 });
  const matrix = [
    [1, -4],
    [-20, 15],
  ] as const;
  const doubled = [
    [2, -8],
    [-40, 30],
  ] as const;
  const total = valueOf(businessValue(tally, matrix)) ?? Number.NaN;
  expect(total).toBe(60 - 80 - 200 + 450);
  expect(valueOf(businessValue(tally, doubled))).toBe(2 * total);
  expect(valueOf(businessValue(tally, matrix, { per: 'prediction' }))).toBeCloseTo(total / 120, 12);
});

test('metrics of merged tallies are those of all rows, in any order', () => {
  fc.assert(
    fc.property(binaryRows(), binaryRows(), (first, second) => {
      const merged = mergedTally(binaryTallyOfRows(first), binaryTallyOfRows(second));
      const whole = binaryTallyOfRows([...second, ...first].reverse());
      const found = binaryPerformance(merged, quick);
      for (const [id, result] of binaryPerformance(whole, quick)) {
        const [a, b] = [valueOf(result), valueOf(found.get(id))];
        if (a === null || b === null) expect([id, a]).toEqual([id, b]);
        else if (!id.startsWith('calibration_')) expect(b, id).toBeCloseTo(a, 8);
      }
    }),
  );
});
