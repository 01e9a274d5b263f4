import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  calibrationIntercept,
  calibrationSlope,
} from '../../../../server/metrics/performance/binary/calibration-slope.ts';
import { equalMassBins, equalMassCuts } from '../../../../server/metrics/performance/binary/equal-mass-bins.ts';
import {
  expectedCalibrationError,
  maximumCalibrationError,
} from '../../../../server/metrics/performance/binary/expected-calibration-error.ts';
import { scoreGroupsOfRows } from '../../../../server/metrics/performance/binary/score-groups.ts';
import { evidenceOff, valueOf } from '../golden/evidence-off.ts';
import { binaryRows, columnsOf, simulatedRows } from './labelled-rows.ts';
import { binaryTallyOfRows, unitEdges } from './tally-of-rows.ts';

const quick = { ...evidenceOff, bootstrap: null };

/** Row by row: sort, give tied scores their mean label, cut at ⌊i·n/B⌋. */
function errorRowByRow({ scores, labels }: ReturnType<typeof columnsOf>, bins: number): number {
  const order = [...scores.keys()].sort((a, b) => scores[a] - scores[b]);
  const meanLabel = (score: number) => {
    const tied = labels.filter((_, i) => scores[i] === score);
    return tied.reduce((sum: number, label) => sum + label, 0) / tied.length;
  };
  let sum = 0;
  for (const [from, to] of equalMassCuts(order.length, bins)) {
    const members = order.slice(from, to);
    sum += Math.abs(members.reduce((gap, i) => gap + meanLabel(scores[i]) - scores[i], 0));
  }
  return sum / order.length;
}

describe('equal-mass bins', () => {
  test('hold all rows, labels and scores, whole rows to a bin', () => {
    fc.assert(
      fc.property(binaryRows(1), fc.integer({ min: 1, max: 12 }), (rows, bins) => {
        const columns = columnsOf(rows);
        const found = equalMassBins(scoreGroupsOfRows(columns), bins, 0);
        const total = (of: 'n' | 'labelSum' | 'scoreSum') => found.reduce((sum, bin) => sum + bin[of], 0);
        expect(total('n')).toBe(columns.scores.length);
        expect(total('labelSum')).toBeCloseTo(
          columns.labels.reduce((sum: number, label) => sum + label, 0),
          9,
        );
        expect(total('scoreSum')).toBeCloseTo(
          columns.scores.reduce((sum, score) => sum + score, 0),
          9,
        );
        const sizes = equalMassCuts(columns.scores.length, bins).map(([from, to]) => to - from);
        expect(found.map((bin) => bin.n)).toEqual(sizes);
      }),
    );
  });
});

describe('expected calibration error', () => {
  test('of rows is that of the definition, whatever the order of rows', () => {
    fc.assert(
      fc.property(binaryRows(1), fc.integer({ min: 1, max: 8 }), (rows, bins) => {
        const columns = columnsOf(rows);
        if (columns.scores.length < bins) return;
        const found = valueOf(expectedCalibrationError(columns, { ...quick, bins }));
        expect(found).toBeCloseTo(errorRowByRow(columns, bins), 9);
        const reversed = columnsOf([...rows].reverse());
        expect(valueOf(expectedCalibrationError(reversed, { ...quick, bins }))).toBeCloseTo(found ?? Number.NaN, 9);
      }),
    );
  });

  test('of a tally is within its error bound of the rows’ value', () => {
    fc.assert(
      fc.property(binaryRows(1), fc.constantFrom(2, 7, 50, 200), fc.integer({ min: 1, max: 8 }), (rows, size, bins) => {
        const columns = columnsOf(rows);
        if (columns.scores.length < bins) return;
        const options = { ...quick, bins };
        const tally = binaryTallyOfRows(rows, unitEdges(size));
        for (const metric of [expectedCalibrationError, maximumCalibrationError]) {
          const binned = metric(tally, options);
          if (binned.kind !== 'value') throw new Error('there are rows, so there must be a value');
          const exact = valueOf(metric(columns, options)) ?? Number.NaN;
          expect(Math.abs(binned.value - exact)).toBeLessThanOrEqual((binned.errorBound ?? 0) + 1e-9);
        }
      }),
    );
  });

  test('the worst bin is at least as far off as the mean', () => {
    fc.assert(
      fc.property(binaryRows(10), (rows) => {
        const tally = binaryTallyOfRows(rows);
        const mean = valueOf(expectedCalibrationError(tally, quick));
        const worst = valueOf(maximumCalibrationError(tally, quick));
        if (mean !== null) expect(worst).toBeGreaterThanOrEqual(mean - 1e-12);
      }),
    );
  });

  test('a perfect model shows about 0.03 at 1,000 rows and 0.009 at 10,000: the bias of the reference', () => {
    const meanOver = (n: number, repeats: number) => {
      let sum = 0;
      for (let seed = 0; seed < repeats; seed += 1) {
        sum += valueOf(expectedCalibrationError(binaryTallyOfRows(simulatedRows(n, seed)), { bootstrap: null })) ?? 0;
      }
      return sum / repeats;
    };
    expect(meanOver(1000, 20)).toBeCloseTo(0.03, 2);
    expect(meanOver(10_000, 5)).toBeCloseTo(0.009, 2);
  });

  test('takes fewer bins when rows are few, and says so', () => {
    const definitionOf = (n: number) => {
      const result = expectedCalibrationError(binaryTallyOfRows(simulatedRows(n, 1)), { bootstrap: null });
      return result.kind === 'value' ? result.definition : result.kind;
    };
    expect(definitionOf(200)).toContain('equal_mass_10');
    expect(definitionOf(140)).toContain('equal_mass_7');
    expect(definitionOf(99)).toBe('insufficient_evidence');
  });

  test('the interval names its draws and seed', () => {
    const result = expectedCalibrationError(binaryTallyOfRows(simulatedRows(2000, 4)), {
      bootstrap: { draws: 200, seed: 7 },
    });
    if (result.kind !== 'value') throw new Error('2,000 rows must be enough');
    expect(result.definition).toContain('bootstrap=200 seed=7');
    expect(result.interval?.method).toBe('count_bootstrap');
    expect(result.interval?.upper).toBeGreaterThan(result.interval?.lower ?? 1);
  });
});

describe('recalibration', () => {
  test('finds the slope and intercept that made the labels', () => {
    const logistic = (x: number) => 1 / (1 + Math.exp(-x));
    const truth = (p: number) => logistic(0.4 + 0.6 * Math.log(p / (1 - p)));
    const tally = binaryTallyOfRows(simulatedRows(40_000, 8, truth));
    const slope = calibrationSlope(tally);
    expect(valueOf(slope)).toBeCloseTo(0.6, 1);
    expect(slope.kind === 'value' && slope.interval?.upper).toBeLessThan(1);
  });

  test('a calibrated model has slope 1 and intercept 0 inside the intervals', () => {
    const tally = binaryTallyOfRows(simulatedRows(20_000, 9));
    for (const [result, right] of [
      [calibrationSlope(tally), 1],
      [calibrationIntercept(tally), 0],
    ] as const) {
      if (result.kind !== 'value') throw new Error('20,000 rows must be enough');
      expect(result.interval?.lower).toBeLessThan(right);
      expect(result.interval?.upper).toBeGreaterThan(right);
    }
  });

  test('separated classes and a single score have no fit, and say so instead of running away', () => {
    const separated = { scores: [0.1, 0.2, 0.8, 0.9], labels: [0, 0, 1, 1] };
    expect(calibrationSlope(separated, evidenceOff)).toMatchObject({ reason: 'zero_variance' });
    const single = { scores: [0.3, 0.3, 0.3, 0.3], labels: [0, 0, 1, 1] };
    expect(calibrationSlope(single, evidenceOff)).toMatchObject({ reason: 'zero_variance' });
    expect(valueOf(calibrationIntercept(single, evidenceOff))).toBeCloseTo(Math.log(0.7 / 0.3), 9);
  });

  test('stated certainties stay finite', () => {
    fc.assert(
      fc.property(binaryRows(4), (rows) => {
        for (const metric of [calibrationSlope, calibrationIntercept]) {
          const value = valueOf(metric(columnsOf(rows), evidenceOff));
          if (value !== null) expect(Number.isFinite(value)).toBe(true);
        }
      }),
    );
  });

  test('needs 100 of each class', () => {
    expect(calibrationSlope(binaryTallyOfRows(simulatedRows(150, 2)))).toMatchObject({ nMin: 100 });
  });
});
