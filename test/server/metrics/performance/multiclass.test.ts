import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matthewsOfCells } from '../../../../server/metrics/performance/binary/matthews-correlation.ts';
import { multiclassPerformance } from '../../../../server/metrics/performance/multiclass-performance.ts';
import { argmaxLabel } from '../../../../server/metrics/performance/multiclass/argmax-label.ts';
import { rocAucOneVsRest } from '../../../../server/metrics/performance/multiclass/roc-auc-one-vs-rest.ts';
import { evidenceOff, valueOf } from '../golden/evidence-off.ts';
import { multiclassTallyOfRows } from './tally-of-rows.ts';

const quick = { ...evidenceOff, bootstrap: null };
const pairs = fc
  .array(fc.tuple(fc.integer({ min: 0, max: 4 }), fc.integer({ min: 0, max: 4 })), { minLength: 1, maxLength: 80 })
  .map((list) => ({ actual: list.map(([a]) => a), predicted: list.map(([, p]) => p) }));
const measure = (actual: number[], predicted: number[]) =>
  multiclassPerformance(multiclassTallyOfRows(actual, predicted), quick).metrics;

describe('multiclass averages', () => {
  test('every micro average, and weighted recall, is accuracy', () => {
    fc.assert(
      fc.property(pairs, ({ actual, predicted }) => {
        const metrics = measure(actual, predicted);
        const right = actual.filter((label, i) => label === predicted[i]).length / actual.length;
        for (const id of ['accuracy', 'precision_micro', 'recall_micro', 'f1_micro', 'recall_weighted']) {
          expect(valueOf(metrics.get(id)), id).toBeCloseTo(right, 12);
        }
      }),
    );
  });

  test('do not depend on which class has which number, and stay in their bounds', () => {
    fc.assert(
      fc.property(pairs, ({ actual, predicted }) => {
        const renamed = (label: number) => [3, 0, 4, 1, 2][label];
        const other = measure(actual.map(renamed), predicted.map(renamed));
        for (const [id, result] of measure(actual, predicted)) {
          const value = valueOf(result);
          const [a, b] = [value, valueOf(other.get(id))];
          if (a === null || b === null) expect([id, a]).toEqual([id, b]);
          else expect(b, id).toBeCloseTo(a, 12);
          if (value === null) continue;
          expect(value, id).toBeGreaterThanOrEqual(-1 - 1e-12);
          expect(value, id).toBeLessThanOrEqual(1 + 1e-12);
        }
      }),
    );
  });

  test('with two classes Gorodkin’s R_K is the Matthews correlation', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 0, max: 1 }), fc.integer({ min: 0, max: 1 })), {
          minLength: 2,
          maxLength: 60,
        }),
        (list) => {
          const count = (a: number, p: number) => list.filter(([x, y]) => x === a && y === p).length;
          const expected = matthewsOfCells({
            truePositive: count(1, 1),
            falsePositive: count(0, 1),
            falseNegative: count(1, 0),
            trueNegative: count(0, 0),
          });
          const found = valueOf(
            measure(
              list.map(([a]) => a),
              list.map(([, p]) => p),
            ).get('matthews_correlation'),
          );
          if (expected === null) expect(found).toBeNull();
          else expect(found).toBeCloseTo(expected, 9);
        },
      ),
    );
  });

  test('classes that were never predicted or never occurred count 0 and are named', () => {
    const actual = [0, 0, 0, 1, 1, 1];
    const predicted = [0, 0, 2, 0, 0, 2];
    const { metrics, neverPredicted, neverPresent, classes } = multiclassPerformance(
      multiclassTallyOfRows(actual, predicted),
      quick,
    );
    expect(neverPredicted).toEqual(['1']);
    expect(neverPresent).toEqual(['2']);
    expect(valueOf(metrics.get('precision_macro'))).toBeCloseTo((2 / 4 + 0 + 0) / 3, 12);
    expect(valueOf(metrics.get('balanced_accuracy'))).toBeCloseTo((2 / 3 + 0) / 2, 12);
    expect(classes.find(({ label }) => label === '1')?.results.precision).toMatchObject({ reason: 'zero_denominator' });
  });

  test('a class that neither occurs nor is predicted is no class of the window', () => {
    const tally = multiclassTallyOfRows([0, 3, 3], [0, 3, 0]);
    expect(multiclassPerformance(tally, quick).classes.map(({ label }) => label)).toEqual(['0', '3']);
  });

  test('macro averages have a bootstrap interval, micro ones Wilson’s', () => {
    const actual = Array.from({ length: 300 }, (_, i) => i % 3);
    const predicted = actual.map((label, i) => (i % 5 === 0 ? (label + 1) % 3 : label));
    const { metrics } = multiclassPerformance(multiclassTallyOfRows(actual, predicted), {
      bootstrap: { draws: 200, seed: 1 },
    });
    const methodOf = (id: string) => {
      const result = metrics.get(id);
      return result?.kind === 'value' ? result.interval?.method : undefined;
    };
    expect(methodOf('f1_macro')).toBe('count_bootstrap');
    expect(methodOf('f1_micro')).toBe('wilson');
  });

  test('one class of labels, no rows and too few rows say so', () => {
    expect(measure([1, 1, 1], [1, 0, 1]).get('matthews_correlation')).toMatchObject({ reason: 'single_class' });
    const empty = { ...multiclassTallyOfRows([0], [0]), matrix: [[0]], predicted: [0], total: 0, labelled: 0 };
    expect(multiclassPerformance(empty, quick).metrics.get('accuracy')?.kind).toBe('no_data');
    const few = multiclassPerformance(multiclassTallyOfRows([0, 1], [0, 1]));
    expect(few.metrics.get('f1_macro')).toMatchObject({ reason: 'n_below_minimum', n: 2, nMin: 100 });
  });
});

test('the class of a row is the largest score, the first on ties', () => {
  expect(argmaxLabel([0.2, 0.5, 0.5])).toBe(1);
  expect(() => argmaxLabel([])).toThrow(/at least one class/);
});

test('one against the rest leaves out classes without both sides and says so when none is left', () => {
  const both = { positives: [0, 40], negatives: [40, 0] };
  const oneSided = { positives: [0, 0], negatives: [40, 40] };
  const auc = rocAucOneVsRest(
    new Map([
      ['a', both],
      ['b', oneSided],
    ]),
    evidenceOff,
  );
  expect([...auc.perClass.keys()]).toEqual(['a']);
  expect(valueOf(auc.macro)).toBe(1);
  expect(rocAucOneVsRest(new Map([['b', oneSided]]), evidenceOff).macro).toMatchObject({ reason: 'single_class' });
});
