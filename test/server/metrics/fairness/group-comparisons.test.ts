import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { averageOddsDifference } from '../../../../server/metrics/fairness/average-odds-difference.ts';
import {
  demographicParityDifference,
  demographicParityRatio,
} from '../../../../server/metrics/fairness/demographic-parity.ts';
import {
  disparateImpactRatio,
  isWithinImpactBand,
} from '../../../../server/metrics/fairness/disparate-impact-ratio.ts';
import {
  disparityToReferenceGroup,
  predictedPositiveShare,
} from '../../../../server/metrics/fairness/disparity-to-reference-group.ts';
import { equalOpportunityDifference } from '../../../../server/metrics/fairness/equal-opportunity.ts';
import { equalizedOddsDifference, equalizedOddsRatio } from '../../../../server/metrics/fairness/equalized-odds.ts';
import { fairnessReport } from '../../../../server/metrics/fairness/fairness-report.ts';
import {
  falsePositiveRateDifference,
  falsePositiveRateRatio,
} from '../../../../server/metrics/fairness/false-positive-rate-parity.ts';
import { predictiveParityDifference } from '../../../../server/metrics/fairness/predictive-parity.ts';
import { selectionRate, selectionRateOfRows } from '../../../../server/metrics/fairness/selection-rate.ts';
import { statisticalParityDifference } from '../../../../server/metrics/fairness/statistical-parity-difference.ts';
import { treatmentEqualityDifference } from '../../../../server/metrics/fairness/treatment-equality-difference.ts';
import { drawBinomial } from '../../../../server/metrics/support/intervals/draw-binomial.ts';
import { seededRandom } from '../../../../server/metrics/support/numerics/seeded-random.ts';
import { valueOf } from '../golden/evidence-off.ts';
import type { Cells } from '../performance/tally-of-rows.ts';
import { groupsOfCells, groupsOfSelected } from './group-tallies.ts';

const count = fc.integer({ min: 0, max: 120 });
const cellsByGroup = fc.dictionary(
  fc.constantFrom('a', 'b', 'c', 'd', 'e'),
  fc.record({ tp: count, fp: count, fn: count, tn: count }),
  { minKeys: 2, maxKeys: 5 },
);
const even: Cells = { tp: 30, fp: 20, fn: 10, tn: 40 };
const anyGroup = { groupNMin: 1 };

describe('differences and ratios between groups', () => {
  test('are in [0, 1], to overall too, and their interval holds the value', () => {
    fc.assert(
      fc.property(cellsByGroup, (cells) => {
        const { groups, overall } = groupsOfCells(cells);
        for (const against of ['groups', 'overall'] as const) {
          for (const compare of [
            demographicParityDifference,
            demographicParityRatio,
            equalOpportunityDifference,
            falsePositiveRateRatio,
            predictiveParityDifference,
          ]) {
            const { result } = compare(groups, overall, { ...anyGroup, against });
            if (result.kind !== 'value') continue;
            expect(result.value).toBeGreaterThanOrEqual(0);
            expect(result.value).toBeLessThanOrEqual(1 + 1e-12);
            if (result.interval === null) continue;
            expect(Number.isFinite(result.interval.lower) && Number.isFinite(result.interval.upper)).toBe(true);
            if (result.value > 0) {
              expect(result.interval.lower).toBeLessThanOrEqual(result.value + 1e-9);
              expect(result.interval.upper).toBeGreaterThanOrEqual(result.value - 1e-9);
            }
          }
        }
      }),
    );
  });

  test('no group is farther from everybody than from another group', () => {
    fc.assert(
      fc.property(cellsByGroup, (cells) => {
        const { groups, overall } = groupsOfCells(cells);
        const between = valueOf(demographicParityDifference(groups, overall, anyGroup).result);
        const toAll = valueOf(demographicParityDifference(groups, overall, { ...anyGroup, against: 'overall' }).result);
        if (between !== null && toAll !== null) expect(toAll).toBeLessThanOrEqual(between + 1e-12);
      }),
    );
  });

  test('do not depend on the order of groups', () => {
    fc.assert(
      fc.property(cellsByGroup, (cells) => {
        const { groups, overall } = groupsOfCells(cells);
        const turned = new Map([...groups].reverse());
        const options = { ...anyGroup, bootstrap: null };
        expect(fairnessReport(turned, overall, options)).toEqual(fairnessReport(groups, overall, options));
      }),
      { numRuns: 30 },
    );
  });

  test('equal groups have difference 0, ratio 1 and an interval around it', () => {
    const { groups, overall } = groupsOfCells({ a: even, b: even, c: even });
    const difference = demographicParityDifference(groups, overall).result;
    expect(difference).toMatchObject({ kind: 'value', value: 0 });
    expect(valueOf(demographicParityRatio(groups, overall).result)).toBe(1);
    if (difference.kind !== 'value') throw new Error('three groups of 100 must be enough');
    expect(difference.interval?.lower).toBeLessThan(0);
    expect(difference.interval?.upper).toBeGreaterThan(0);
    expect(difference.interval?.level).toBeCloseTo(1 - 0.05 / 3, 12);
  });

  test('the worst case over ten equal groups excludes parity in at most one window of twenty', () => {
    const uniform = seededRandom(21);
    let alarms = 0;
    const windows = 300;
    for (let window = 0; window < windows; window += 1) {
      const counts = Object.fromEntries(
        Array.from({ length: 10 }, (_, g) => [`g${g}`, { n: 100, favourable: drawBinomial(100, 0.3, uniform) }]),
      );
      const { groups, overall } = groupsOfSelected(counts);
      const { result } = demographicParityDifference(groups, overall);
      if (result.kind === 'value' && (result.interval?.lower ?? 0) > 0) alarms += 1;
    }
    expect(alarms / windows).toBeLessThanOrEqual(0.05);
  });

  test('equalized odds is the worse of both rates', () => {
    fc.assert(
      fc.property(cellsByGroup, (cells) => {
        const { groups, overall } = groupsOfCells(cells);
        const odds = valueOf(equalizedOddsDifference(groups, overall, anyGroup).result);
        const recall = valueOf(equalOpportunityDifference(groups, overall, anyGroup).result);
        const raised = valueOf(falsePositiveRateDifference(groups, overall, anyGroup).result);
        if (recall === null || raised === null) expect(odds).toBeNull();
        else expect(odds).toBe(Math.max(recall, raised));
      }),
    );
  });

  test('nobody selected is a ratio without a value, not parity', () => {
    const { groups, overall } = groupsOfSelected({ a: { n: 50, favourable: 0 }, b: { n: 50, favourable: 0 } });
    expect(demographicParityRatio(groups, overall).result).toMatchObject({ reason: 'zero_denominator' });
    expect(demographicParityRatio(groups, overall, { against: 'overall' }).result).toMatchObject({
      reason: 'zero_denominator',
    });
    expect(valueOf(demographicParityDifference(groups, overall).result)).toBe(0);
    const noAlarm = groupsOfCells({ a: { ...even, fp: 0 }, b: { ...even, fp: 0 } });
    expect(equalizedOddsRatio(noAlarm.groups, noAlarm.overall).result).toMatchObject({ reason: 'zero_denominator' });
  });
});

describe('groups that are too small', () => {
  const { groups, overall } = groupsOfCells({
    a: even,
    b: even,
    small: { tp: 5, fp: 5, fn: 5, tn: 5 },
    tiny: { tp: 3, fp: 2, fn: 1, tn: 1 },
    empty: { tp: 0, fp: 0, fn: 0, tn: 0 },
    'few positives': { tp: 5, fp: 20, fn: 5, tn: 40 },
  });

  test('are named with a reason, the smallest without their size', () => {
    expect(equalOpportunityDifference(groups, overall).leftOut).toEqual([
      { group: 'empty', reason: 'group_empty', n: 0 },
      { group: 'few positives', reason: 'n_below_minimum', n: 10, nMin: 20 },
      { group: 'small', reason: 'n_below_minimum', n: 20, nMin: 30 },
      { group: 'tiny', reason: 'n_below_minimum', n: null, nMin: 30 },
    ]);
  });

  test('are compared neither as low nor as high, but stay in the overall rate', () => {
    expect(equalOpportunityDifference(groups, overall)).toMatchObject({ pair: { low: 'a', high: 'a' } });
    const report = fairnessReport(groups, overall);
    expect(report.overall.selection_rate).toMatchObject({ kind: 'value', n: 297 });
  });

  test('under ten rows show neither size nor rate', () => {
    const tiny = fairnessReport(groups, overall).groups.find(({ group }) => group === 'tiny');
    expect(tiny).toMatchObject({ isHidden: true, n: null, labelled: null });
    for (const [id, rate] of Object.entries(tiny?.rates ?? {})) {
      expect(rate, id).toMatchObject({ kind: 'insufficient_evidence', n: 0, nMin: 30 });
    }
  });

  test('one group alone is no comparison', () => {
    const alone = groupsOfCells({ a: even, small: { tp: 5, fp: 5, fn: 5, tn: 5 } });
    expect(demographicParityDifference(alone.groups, alone.overall)).toMatchObject({
      result: { kind: 'insufficient_evidence', reason: 'n_below_minimum', nMin: 30 },
      pair: null,
    });
    const single = groupsOfCells({ a: even });
    expect(demographicParityDifference(single.groups, single.overall).result).toMatchObject({ reason: 'group_empty' });
  });
});

describe('signed comparisons', () => {
  test('turn round when privileged and unprivileged change places', () => {
    fc.assert(
      fc.property(cellsByGroup, (cells) => {
        const { groups, overall } = groupsOfCells(cells);
        const [first, second] = [...groups.keys()];
        for (const compare of [statisticalParityDifference, averageOddsDifference]) {
          const at = (privileged: string, unprivileged: string) =>
            valueOf(compare(groups, overall, { ...anyGroup, privileged, unprivileged }).result);
          const [forward, backward] = [at(first, second), at(second, first)];
          if (forward === null || backward === null) expect([forward, backward]).toEqual([null, null]);
          else expect(backward).toBeCloseTo(-forward, 12);
        }
      }),
    );
  });

  test('show the group farthest from parity when several are unprivileged', () => {
    const { groups, overall } = groupsOfSelected({
      top: { n: 100, favourable: 50 },
      near: { n: 100, favourable: 45 },
      far: { n: 100, favourable: 20 },
    });
    const found = disparateImpactRatio(groups, overall, { privileged: 'top' });
    expect(found).toMatchObject({ pair: { low: 'far', high: 'top' }, result: { value: 0.4 } });
    expect(found.result.kind === 'value' && found.result.interval?.level).toBeCloseTo(0.975, 12);
  });

  test('a privileged group that is not there is refused with the groups that are', () => {
    const { groups, overall } = groupsOfCells({ a: even, b: even });
    expect(() => statisticalParityDifference(groups, overall, { privileged: 'x' })).toThrow(/groups: a, b/);
  });

  test('the band includes its bounds and compares the stored number', () => {
    expect(isWithinImpactBand(0.8)).toBe(true);
    expect(isWithinImpactBand(0.7999999999999999)).toBe(false);
  });
});

describe('disparity to a reference group', () => {
  const { groups, overall } = groupsOfCells({
    a: even,
    b: { tp: 20, fp: 20, fn: 20, tn: 40 },
    c: { tp: 1, fp: 0, fn: 1, tn: 0 },
  });

  test('is 1 for a group like the reference, and small groups say why not', () => {
    const found = disparityToReferenceGroup('selection_rate', groups, overall, { reference: 'a' });
    expect(found.map(({ group }) => group)).toEqual(['b', 'c']);
    expect(found[0]).toMatchObject({ result: { value: 0.8 }, isParity: true });
    expect(found[1]).toMatchObject({ result: { reason: 'n_below_minimum' }, isParity: null });
  });

  test('refuses an unknown reference and an impossible tau', () => {
    expect(() => disparityToReferenceGroup('accuracy', groups, overall, { reference: 'x' })).toThrow(
      /not in this window/,
    );
    expect(() => disparityToReferenceGroup('accuracy', groups, overall, { reference: 'a', tau: 2 })).toThrow(/0.8/);
  });

  test('shares of all positives sum to 1 when every group is shown', () => {
    const shares = predictedPositiveShare(groups, overall, anyGroup);
    expect([...shares.values()].reduce((sum, result) => sum + (valueOf(result) ?? 0), 0)).toBeCloseTo(1, 12);
  });
});

describe('selection rate', () => {
  test('needs no label', () => {
    const { groups } = groupsOfSelected({ a: { n: 200, favourable: 50 } });
    const tally = groups.get('a');
    expect(tally && selectionRate(tally)).toMatchObject({
      kind: 'value',
      value: 0.25,
      n: 200,
      labelCoverage: undefined,
    });
  });

  test('with equal weights is the plain one', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 60 }), (decisions) => {
        const plain = selectionRateOfRows(decisions, undefined, anyGroup);
        const weighted = selectionRateOfRows(
          decisions,
          decisions.map(() => 3),
          anyGroup,
        );
        expect(valueOf(weighted)).toBeCloseTo(valueOf(plain) ?? Number.NaN, 12);
      }),
    );
  });
});

test('treatment equality leaves out groups without false alarm', () => {
  const { groups, overall } = groupsOfCells({ a: even, b: { ...even, fn: 30 }, c: { ...even, fp: 0 } });
  const found = treatmentEqualityDifference(groups, overall, { bootstrap: { draws: 200, seed: 1 } });
  expect(found.leftOut).toEqual([{ group: 'c', reason: 'zero_denominator', n: 0 }]);
  expect(found.result).toMatchObject({ kind: 'value', value: 1 });
  expect(found.result.kind === 'value' && found.result.interval?.method).toBe('count_bootstrap');
});
