import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrationWithinGroups } from '../../../../server/metrics/fairness/calibration-within-groups.ts';
import {
  entropyBetweenAndWithinGroups,
  entropyOfBenefits,
  generalizedEntropyIndex,
  theilIndex,
} from '../../../../server/metrics/fairness/generalized-entropy-index.ts';
import { groupThresholdWhatIf } from '../../../../server/metrics/fairness/group-threshold-what-if.ts';
import { ll144ScoringTable, ll144SelectionTable } from '../../../../server/metrics/fairness/ll144-impact-ratio.ts';
import { valueOf } from '../golden/evidence-off.ts';
import { mergedTally, simulatedRows } from '../performance/labelled-rows.ts';
import { binaryTallyOfCells, binaryTallyOfRows } from '../performance/tally-of-rows.ts';
import { groupsOfCells } from './group-tallies.ts';

const count = fc.integer({ min: 0, max: 60 });
const cells = fc.record({ tp: count, fp: count, fn: count, tn: count });
const anyGroup = { groupNMin: 1, bootstrap: null };

describe('generalised entropy', () => {
  test('is 0 when every decision is right, never below 0, and near Theil’s index around α = 1', () => {
    expect(valueOf(generalizedEntropyIndex(binaryTallyOfCells({ tp: 20, fp: 0, fn: 0, tn: 20 })))).toBe(0);
    fc.assert(
      fc.property(cells, (one) => {
        const tally = binaryTallyOfCells(one);
        const theil = valueOf(theilIndex(tally, anyGroup));
        const near = valueOf(generalizedEntropyIndex(tally, { ...anyGroup, alpha: 1 + 1e-6 }));
        if (theil === null || near === null) {
          expect([theil, near]).toEqual([null, null]);
          return;
        }
        expect(theil).toBeGreaterThanOrEqual(0);
        expect(near).toBeCloseTo(theil, 4);
      }),
    );
  });

  test('is that of the definition, person by person', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1, 2), { minLength: 1, maxLength: 40 }), (benefits) => {
        const of = (wanted: number) => benefits.filter((benefit) => benefit === wanted).length;
        const mean = (of(1) + 2 * of(2)) / benefits.length;
        const found = entropyOfBenefits([of(0), of(1), of(2)], 2);
        if (mean === 0) expect(found).toBeNull();
        else {
          const expected = benefits.reduce((sum: number, b) => sum + ((b / mean) ** 2 - 1) / 2, 0) / benefits.length;
          expect(found).toBeCloseTo(expected, 9);
        }
      }),
    );
  });

  test('splits into between and within groups: the within part is the weighted sum of the groups’ own', () => {
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const { groups, overall } = groupsOfCells({ a, b });
        const parts = entropyBetweenAndWithinGroups(groups, { alpha: 2 });
        if (parts === null) return;
        const benefit = (one: typeof a) => (one.tp + one.tn + 2 * one.fp) / (one.tp + one.fp + one.fn + one.tn);
        const size = (one: typeof a) => one.tp + one.fp + one.fn + one.tn;
        const mean = benefit({ tp: a.tp + b.tp, fp: a.fp + b.fp, fn: a.fn + b.fn, tn: a.tn + b.tn });
        const within = [a, b].reduce((sum, one) => {
          const own = entropyOfBenefits([one.fn, one.tp + one.tn, one.fp], 2);
          return own === null ? sum : sum + (size(one) / (size(a) + size(b))) * (benefit(one) / mean) ** 2 * own;
        }, 0);
        expect(parts.between + parts.within).toBeCloseTo(parts.total, 12);
        expect(parts.within).toBeCloseTo(within, 9);
        expect(parts.total).toBeCloseTo(valueOf(generalizedEntropyIndex(overall, anyGroup)) ?? Number.NaN, 12);
      }),
    );
  });

  test('has no value where nobody benefits, or at α = 0 where somebody does not', () => {
    const missed = binaryTallyOfCells({ tp: 0, fp: 0, fn: 40, tn: 0 });
    expect(generalizedEntropyIndex(missed)).toMatchObject({ reason: 'zero_denominator' });
    const some = binaryTallyOfCells({ tp: 20, fp: 10, fn: 10, tn: 20 });
    expect(generalizedEntropyIndex(some, { alpha: 0 })).toMatchObject({ reason: 'zero_denominator' });
    expect(generalizedEntropyIndex(binaryTallyOfCells({ tp: 1, fp: 1, fn: 1, tn: 1 }))).toMatchObject({ nMin: 30 });
  });
});

describe('calibration within groups', () => {
  const honest = binaryTallyOfRows(simulatedRows(4000, 31));
  const underScored = binaryTallyOfRows(simulatedRows(4000, 32, (p) => Math.min(1, p + 0.1)));

  test('finds the group whose scores are too low', () => {
    const groups = new Map([
      ['honest', honest],
      ['under-scored', underScored],
    ]);
    const found = calibrationWithinGroups(groups, mergedTally(honest, underScored), {
      bootstrap: { draws: 200, seed: 1 },
    });
    expect(found.groups.get('under-scored')?.meanGap).toBeGreaterThan(0.07);
    expect(Math.abs(found.groups.get('honest')?.meanGap ?? 1)).toBeLessThan(0.03);
    expect(found.meanGapDifference).toMatchObject({ pair: { low: 'honest', high: 'under-scored' } });
    const { result } = found.meanGapDifference;
    expect(result.kind === 'value' && result.interval?.lower).toBeGreaterThan(0);
  });

  test('a calibration error is never below the size of the mean gap', () => {
    const found = calibrationWithinGroups(
      new Map([
        ['a', honest],
        ['b', underScored],
      ]),
      honest,
      anyGroup,
    );
    for (const { calibrationError, meanGap } of found.groups.values()) {
      expect(calibrationError).toBeGreaterThanOrEqual(Math.abs(meanGap) - 1e-12);
    }
  });

  test('needs probabilities', () => {
    expect(() => calibrationWithinGroups(new Map(), { ...honest, isProbability: false })).toThrow(/probabilities/);
  });
});

describe('Local Law 144', () => {
  const categories = [
    { category: 'a', applicants: 500, selected: 100 },
    { category: 'b', applicants: 480, selected: 60 },
    { category: 'rare', applicants: 15, selected: 9 },
  ];

  test('a category under 2 % may be left out; then it sets no highest rate but still shows its count and rate', () => {
    const with15 = ll144SelectionTable(categories);
    expect(with15.highestCategory).toBe('rare');
    const without = ll144SelectionTable(categories, { leftOut: ['rare'], unknownCategory: 7 });
    expect(without).toMatchObject({ highestCategory: 'a', unknownCategory: 7 });
    expect(without.rows[2]).toMatchObject({
      applicants: 15,
      rate: 0.6,
      impactRatio: null,
      isLeftOut: true,
      isSmallSample: true,
    });
    expect(without.rows[1].impactRatio).toBe(0.125 / 0.2);
  });

  test('a category of 2 % or more cannot be left out', () => {
    expect(() => ll144SelectionTable(categories, { leftOut: ['b'] })).toThrow(/does not let it be left out/);
  });

  test('impossible counts are refused, and nobody selected has no ratio', () => {
    expect(() => ll144SelectionTable([{ category: 'a', applicants: 3, selected: 4 }])).toThrow(/cannot be/);
    const none = ll144SelectionTable([{ category: 'a', applicants: 30, selected: 0 }]);
    expect(none.rows[0]).toMatchObject({ rate: 0, impactRatio: null, displayed: null });
  });

  test('a scoring table without any score is empty, not NaN', () => {
    expect(ll144ScoringTable(new Map())).toMatchObject({ median: null, highestCategory: null, rows: [] });
    expect(ll144ScoringTable(new Map([['a', []]])).rows[0]).toMatchObject({ rate: null, impactRatio: null });
  });
});

describe('group-threshold what-if', () => {
  const groups = new Map([
    ['a', binaryTallyOfRows(simulatedRows(3000, 41))],
    ['b', binaryTallyOfRows(simulatedRows(3000, 42).map((row) => ({ ...row, score: row.score * 0.7 })))],
  ]);

  test('brings every group to the common rate, up to the width of a bin', () => {
    const found = groupThresholdWhatIf(groups, { commonThreshold: 0.5, target: 'selection_rate' });
    for (const rates of found.after.values()) {
      expect(Math.abs((rates.selectionRate ?? 0) - (found.targetRate ?? 1))).toBeLessThan(0.01);
    }
  });

  test('no other edge is nearer to the target, and ties go to the higher one', () => {
    const found = groupThresholdWhatIf(groups, { commonThreshold: 0.5, target: 'true_positive_rate' });
    const tally = groups.get('b');
    const positives = tally?.positives.reduce((sum, n) => sum + n, 0) ?? 0;
    let above = positives;
    const candidates = Array.from(tally?.positives ?? [], (n, bin) => {
      const recall = above / positives;
      above -= n;
      return { threshold: bin / 200, distance: Math.abs(recall - (found.targetRate ?? 0)) };
    }).slice(1);
    const nearest = Math.min(...candidates.map(({ distance }) => distance));
    const best = candidates.filter(({ distance }) => distance === nearest).at(-1);
    expect(found.after.get('b')?.threshold).toBeCloseTo(best?.threshold ?? Number.NaN, 12);
  });

  test('without labels the target of recall does not exist and thresholds stay', () => {
    const unlabelled = new Map([['a', binaryTallyOfRows([{ score: 0.7, label: null }])]]);
    const found = groupThresholdWhatIf(unlabelled, { commonThreshold: 0.5, target: 'true_positive_rate' });
    expect(found.targetRate).toBeNull();
    expect(found.after.get('a')).toMatchObject({ threshold: 0.5, accuracy: null });
  });
});
