import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibratedRate, calibratedRow, fitCalibrator } from '../../../../server/metrics/estimation/calibrator.ts';
import { fitIsotonic, isotonicRate } from '../../../../server/metrics/estimation/isotonic-calibration.ts';
import { columnsOf, simulatedRows } from '../performance/labelled-rows.ts';

const points = fc.array(
  fc.record({ score: fc.integer({ min: 0, max: 15 }).map((i) => i / 15), label: fc.constantFrom(0, 1) }),
  { minLength: 1, maxLength: 40 },
);
const split = (list: { score: number; label: number }[]) => ({
  scores: list.map((one) => one.score),
  labels: list.map((one) => one.label),
});

describe('isotonic fit', () => {
  test('never falls, stays within the labels and keeps their mean', () => {
    fc.assert(
      fc.property(points, (list) => {
        const { scores, labels } = split(list);
        const fit = fitIsotonic(scores, labels);
        fit.values.forEach((value, i) => i > 0 && expect(value).toBeGreaterThanOrEqual(fit.values[i - 1] - 1e-12));
        const fitted = scores.reduce((sum, score) => sum + isotonicRate(fit, score), 0);
        expect(fitted).toBeCloseTo(
          labels.reduce((sum, label) => sum + label, 0),
          9,
        );
      }),
    );
  });

  test('is the min-max formula: at each score the largest over starts of the smallest mean over ends', () => {
    fc.assert(
      fc.property(points, (list) => {
        const { scores, labels } = split(list);
        const fit = fitIsotonic(scores, labels);
        const distinct = [...new Set(scores)].sort((a, b) => a - b);
        const mean = (from: number, to: number) => {
          const inside = labels.filter((_, i) => scores[i] >= distinct[from] && scores[i] <= distinct[to]);
          return inside.reduce((sum, label) => sum + label, 0) / inside.length;
        };
        distinct.forEach((score, at) => {
          const starts = distinct.slice(0, at + 1).map((_, from) => {
            const ends = distinct.slice(at).map((_, step) => mean(from, at + step));
            return Math.min(...ends);
          });
          expect(isotonicRate(fit, score)).toBeCloseTo(Math.max(...starts), 9);
        });
      }),
    );
  });

  test('does not depend on the order of rows, and a weight is a repeated row', () => {
    fc.assert(
      fc.property(points, (list) => {
        const { scores, labels } = split(list);
        const doubled = split([...list, ...list].reverse());
        const weighted = fitIsotonic(
          scores,
          labels,
          scores.map(() => 2),
        );
        const repeated = fitIsotonic(doubled.scores, doubled.labels);
        weighted.values.forEach((value, i) => expect(repeated.values[i]).toBeCloseTo(value, 9));
      }),
    );
  });

  test('needs a row', () => {
    expect(() => fitIsotonic([], [])).toThrow(/at least one labelled row/);
  });
});

describe('the calibrator of a reference', () => {
  test('mends scores that are too extreme', () => {
    const timid = (p: number) => 0.3 + 0.4 * p;
    const calibrator = fitCalibrator(columnsOf(simulatedRows(4000, 6, timid)));
    if (calibrator.kind !== 'isotonic') throw new Error('these scores need a curve');
    expect(calibrator.calibratedError).toBeLessThan(calibrator.rawError);
    for (const score of [0.2, 0.5, 0.8]) expect(calibratedRate(calibrator, score)).toBeCloseTo(timid(score), 0.9);
  });

  test('leaves separable scores alone and refuses small or one-sided references', () => {
    const separable = {
      scores: Array.from({ length: 1000 }, (_, i) => i / 1000),
      labels: Array.from({ length: 1000 }, (_, i) => (i < 500 ? 0 : 1)),
    };
    expect(fitCalibrator(separable)).toEqual({ kind: 'identity', reason: 'separable' });
    expect(fitCalibrator(columnsOf(simulatedRows(999, 1)))).toMatchObject({ n: 999, nMin: 1000 });
    expect(fitCalibrator({ scores: separable.scores, labels: separable.labels.map(() => 1) })).toMatchObject({
      reason: 'single_class',
    });
    const rare = separable.labels.map((_, i) => (i < 50 ? 1 : 0));
    expect(fitCalibrator({ scores: separable.scores, labels: rare })).toMatchObject({ n: 50, nMin: 100 });
  });

  test('is the same for the same seed', () => {
    const rows = columnsOf(simulatedRows(1500, 5));
    expect(fitCalibrator(rows, { seed: 3 })).toEqual(fitCalibrator(rows, { seed: 3 }));
  });

  test('rows of class rates sum to 1, and say nothing when all are 0', () => {
    const identity = { kind: 'identity', reason: 'already_calibrated' } as const;
    expect(calibratedRow([identity, identity], [0.2, 0.6])).toEqual([0.25, 0.7499999999999999]);
    expect(calibratedRow([identity, identity], [0, 0])).toEqual([0.5, 0.5]);
  });
});
