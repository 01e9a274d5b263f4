import { describe, expect, it } from 'vitest';
import {
  deepchecksCramersV,
  deepchecksPsi,
  deepchecksRareToOther,
  deepchecksScaledWasserstein,
} from '../../../../server/metrics/drift/profiles/deepchecks-column-drift.ts';
import {
  evidentlyFilledShares,
  evidentlyNumericBins,
} from '../../../../server/metrics/drift/profiles/evidently-bins.ts';
import {
  evidentlyCategoricalDrift,
  evidentlyDatasetDrift,
  evidentlyNumericDrift,
  evidentlyTestFor,
} from '../../../../server/metrics/drift/profiles/evidently-column-drift.ts';
import { chiSquareGoodnessOfFit, gTest } from '../../../../server/metrics/drift/profiles/evidently-divergences.ts';
import { frourosDistances } from '../../../../server/metrics/drift/profiles/frouros-distances.ts';
import { mannWhitneyLess } from '../../../../server/metrics/drift/profiles/mann-whitney.ts';
import { nannymlCategoricalBins } from '../../../../server/metrics/drift/profiles/nannyml-bins.ts';
import {
  nannymlCategoricalDrift,
  nannymlContinuousDrift,
} from '../../../../server/metrics/drift/profiles/nannyml-column-drift.ts';

const range = (n: number, from = 0): number[] => Array.from({ length: n }, (_, i) => i + from);

describe('evidently profile', () => {
  it('takes the test that its defaults take', () => {
    expect(evidentlyTestFor('numeric', 1000, 2)).toBe('z');
    expect(evidentlyTestFor('numeric', 1000, 5)).toBe('chisquare');
    expect(evidentlyTestFor('numeric', 1000, 6)).toBe('ks');
    expect(evidentlyTestFor('numeric', 1001, 6)).toBe('wasserstein');
    expect(evidentlyTestFor('numeric', 1001, 5)).toBe('jensenshannon');
    expect(evidentlyTestFor('categorical', 1000, 9)).toBe('chisquare');
    expect(evidentlyTestFor('categorical', 1001, 9)).toBe('jensenshannon');
  });

  it('judges columns of every kind, and none without values', () => {
    expect(evidentlyNumericDrift(range(200), range(200, 90))).toMatchObject({ test: 'ks', isDrifted: true });
    expect(evidentlyNumericDrift(range(2000), range(2000, 5))).toMatchObject({ test: 'wasserstein', isDrifted: false });
    expect(evidentlyNumericDrift([0, 1, 0, 1], [1, 1, 1, 1])).toMatchObject({ test: 'z' });
    expect(evidentlyCategoricalDrift(['a', 'b', 'c'], ['a', 'b', 'c'])).toMatchObject({ test: 'chisquare', value: 1 });
    expect(evidentlyNumericDrift([Number.NaN], [1])).toBeNull();
    expect(evidentlyCategoricalDrift(['a'], [null])).toBeNull();
  });

  it('fills a zero share with 0.0001, or with a millionth of the smallest where that is smaller', () => {
    expect(evidentlyFilledShares([1, 0])).toEqual([1, 0.0001]);
    expect(evidentlyFilledShares([99_999, 1, 0])[2]).toBeCloseTo(1e-11, 20);
  });

  it('20 distinct reference values are categories, 21 are intervals', () => {
    expect(evidentlyNumericBins(range(20), range(30)).edges).toBeNull();
    expect(evidentlyNumericBins(range(21), range(30)).edges).toHaveLength(8);
  });

  it('a category that the reference never held gives p 0, equal counts give 1', () => {
    const unseen = { reference: [10, 0], current: [8, 2] };
    expect([chiSquareGoodnessOfFit(unseen), gTest(unseen)]).toEqual([0, 0]);
    const same = { reference: [10, 5], current: [10, 5] };
    expect([chiSquareGoodnessOfFit(same), gTest(same)]).toEqual([1, 1]);
  });

  it('half of the columns make a drifted data set', () => {
    const drifted = evidentlyNumericDrift(range(200), range(200, 90));
    const steady = evidentlyNumericDrift(range(200), range(200));
    if (drifted === null || steady === null) throw new Error('results were expected');
    expect(evidentlyDatasetDrift([drifted, steady])).toEqual({ share: 0.5, isDrifted: true });
    expect(evidentlyDatasetDrift([])).toEqual({ share: 0, isDrifted: false });
  });

  it('Mann-Whitney: exact for small samples by counting all orders (brute force), one-sided', () => {
    const a = [1, 4, 6];
    const b = [2, 3, 5, 7, 8];
    const wins = (x: number[], y: number[]): number => x.reduce((sum, p) => sum + y.filter((q) => q > p).length, 0);
    let extreme = 0;
    let total = 0;
    for (let deal = 0; deal < 2 ** 8; deal += 1) {
      const left = range(8).filter((i) => (deal >> i) & 1);
      if (left.length !== 3) continue;
      total += 1;
      if (
        wins(
          left,
          range(8).filter((i) => !left.includes(i)),
        ) >= wins(a, b)
      )
        extreme += 1;
    }
    expect(mannWhitneyLess(a, b)).toBeCloseTo(extreme / total, 12);
    expect(mannWhitneyLess(range(50), range(50, 30))).toBeLessThan(1e-6);
    expect(mannWhitneyLess(range(50, 30), range(50))).toBeGreaterThan(0.999);
    expect(mannWhitneyLess([1, 1, 1], [1, 1])).toBe(1);
  });
});

describe('nannyml profile', () => {
  it('equal columns have distance 0 and rows outside the reference form one bin', () => {
    expect(nannymlContinuousDrift(range(100), range(100))).toEqual({
      jensenShannon: 0,
      hellinger: 0,
      kolmogorovSmirnov: 0,
      wasserstein: 0,
    });
    expect(nannymlContinuousDrift(range(100), [1e9])?.jensenShannon).toBeCloseTo(1, 12);
    expect(nannymlContinuousDrift([3, 3], [3])?.wasserstein).toBe(0);
  });

  it('new categories share one left-over bin', () => {
    expect(nannymlCategoricalBins(['a', 'b', 'a'], ['a', 'x', 'y', null])).toMatchObject({
      reference: [2, 1, 0],
      current: [1, 0, 2],
    });
    expect(nannymlCategoricalDrift(['a', 'b'], ['b', 'a'])?.lInfinity).toBe(0);
    expect(nannymlCategoricalDrift(['a'], [null])).toBeNull();
  });
});

describe('deepchecks profile', () => {
  it('floors every share at 0.01, so that PSI of disjoint columns is 2·0.99·ln 100', () => {
    expect(deepchecksPsi([10, 0], [0, 10])).toBeCloseTo(2 * 0.99 * Math.log(100), 12);
  });

  it('scales the larger sample down before the test', () => {
    expect(deepchecksCramersV([5000, 3000, 2000], [30, 30, 40])).toBeCloseTo(
      deepchecksCramersV([50, 30, 20], [30, 30, 40]),
      12,
    );
  });

  it('puts categories under one per cent of the reference into Other, and leaves a tiny Other out', () => {
    expect(deepchecksRareToOther([1000, 5, 4], [900, 3, 90])).toEqual({ reference: [1000, 9], current: [900, 93] });
    expect(deepchecksRareToOther([1000, 5, 4], [900, 3, 1])).toEqual({ reference: [1000], current: [900] });
    expect(deepchecksRareToOther([10, 20], [10, 20])).toEqual({ reference: [10, 20], current: [10, 20] });
  });

  it('the scaled distance is in [0, 1], and trimming takes the outlier out', () => {
    expect(deepchecksScaledWasserstein([1, 1], [1])).toBe(0);
    expect(deepchecksScaledWasserstein([1], [Number.NaN])).toBeNull();
    const withOutlier = [...range(99), 1e6];
    const plain = deepchecksScaledWasserstein(range(100), withOutlier) ?? 1;
    const trimmed = deepchecksScaledWasserstein(range(100), withOutlier, 0.025) ?? 1;
    expect(plain).toBeCloseTo(0.01, 3);
    expect(trimmed).toBeLessThan(0.001);
  });
});

describe('frouros profile', () => {
  it('equal columns have distance 0, and a column of one value is no error', () => {
    const same = frourosDistances(range(100), range(100));
    expect(same?.populationStabilityIndex).toBe(0);
    expect(same?.histogramIntersectionComplement).toBeCloseTo(0, 12);
    expect(Object.values(frourosDistances([2, 2], [2]) ?? {}).every(Number.isFinite)).toBe(true);
    expect(frourosDistances([], [1])).toBeNull();
  });
});
