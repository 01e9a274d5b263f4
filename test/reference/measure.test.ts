import { describe, expect, test } from 'vitest';
import { findMetric } from '../../server/metrics/metric-catalog.ts';
import { referenceCases } from './data-shapes.ts';
import { boundIn, largestDifference } from './measure.ts';
import type { Measure } from './measure.ts';
import { allMeasures } from './measures/all-measures.ts';

const detectors = ['page_hinkley', 'ddm', 'adwin', 'hddm_a', 'hddm_w'];

describe('what is compared with the Python libraries', () => {
  test('every measure belongs to a metric, a detector or a named building block', () => {
    const strangers = allMeasures.filter(
      ({ metric }) => findMetric(metric) === null && !detectors.includes(metric) && !metric.includes(': '),
    );
    expect(strangers.map(({ metric }) => metric)).toEqual([]);
  });

  test.each(allMeasures.map((measure) => [`${measure.metric} · ${measure.library}`, measure] as const))(
    '%s has an answer of ours for some case of its kind',
    (_, measure) => {
      const cases = referenceCases.filter(({ kind, id }) => kind === measure.kind && !id.includes('housing'));
      const answers = cases.map(({ input }) => measure.ours(input as never));
      expect(cases.length).toBeGreaterThan(0);
      expect(answers.some((answer) => answer !== null)).toBe(true);
    },
  );

  test('a bound above 1e-9 comes with its reason', () => {
    const unreasoned = allMeasures.filter(({ bound, why }) => bound !== undefined && bound > 1e-9 && !why);
    expect(unreasoned.map(({ key }) => key)).toEqual([]);
  });
});

describe('the difference of two answers', () => {
  test('is relative, and on the scale of the floor below it', () => {
    expect(largestDifference(1.1, 1)).toBeCloseTo(0.1, 12);
    expect(largestDifference([1, 2e-9], [1, 1e-9], 1e-6)).toBeCloseTo(1e-3, 12);
    expect(largestDifference(2e-100, 1e-100, 1e-290)).toBeCloseTo(1, 12);
  });

  test('is infinite where one side has a value and the other none, or another number of them', () => {
    expect(largestDifference(null, 1)).toBe(Infinity);
    expect(largestDifference([1], [1, 2])).toBe(Infinity);
    expect(largestDifference(Number.NaN, 1)).toBe(Infinity);
    expect(largestDifference(null, null)).toBe(0);
  });

  test('passes more only in the cases that are named', () => {
    const measure: Pick<Measure, 'bound' | 'loose'> = { loose: { cases: ['far'], bound: 1e-3, why: 'far' } };
    expect(boundIn(measure as Measure, 'far')).toBe(1e-3);
    expect(boundIn(measure as Measure, 'near')).toBe(1e-9);
  });
});
