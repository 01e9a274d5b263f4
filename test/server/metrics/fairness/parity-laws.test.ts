import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { accuracyDifference, accuracyRatio } from '../../../../server/metrics/fairness/accuracy-parity.ts';
import { averagePredictiveValueDifference } from '../../../../server/metrics/fairness/average-predictive-value-difference.ts';
import {
  demographicParityDifference,
  demographicParityRatio,
} from '../../../../server/metrics/fairness/demographic-parity.ts';
import {
  equalOpportunityDifference,
  equalOpportunityRatio,
} from '../../../../server/metrics/fairness/equal-opportunity.ts';
import {
  falseDiscoveryRateDifference,
  falseDiscoveryRateRatio,
} from '../../../../server/metrics/fairness/false-discovery-rate-parity.ts';
import {
  falseNegativeRateDifference,
  falseNegativeRateRatio,
} from '../../../../server/metrics/fairness/false-negative-rate-parity.ts';
import {
  falseOmissionRateDifference,
  falseOmissionRateRatio,
} from '../../../../server/metrics/fairness/false-omission-rate-parity.ts';
import {
  falsePositiveRateDifference,
  falsePositiveRateRatio,
} from '../../../../server/metrics/fairness/false-positive-rate-parity.ts';
import type { GroupComparison } from '../../../../server/metrics/fairness/group-comparison.ts';
import {
  predictiveParityDifference,
  predictiveParityRatio,
} from '../../../../server/metrics/fairness/predictive-parity.ts';
import type { Cells } from '../performance/tally-of-rows.ts';
import { groupsOfCells } from './group-tallies.ts';

/** Each parity with the rate it compares, written once more from the four cells. */
const parities = [
  [
    'demographic parity',
    (c: Cells) => (c.tp + c.fp) / (c.tp + c.fp + c.fn + c.tn),
    demographicParityDifference,
    demographicParityRatio,
  ],
  ['equal opportunity', (c: Cells) => c.tp / (c.tp + c.fn), equalOpportunityDifference, equalOpportunityRatio],
  ['false positive rate', (c: Cells) => c.fp / (c.fp + c.tn), falsePositiveRateDifference, falsePositiveRateRatio],
  ['false negative rate', (c: Cells) => c.fn / (c.tp + c.fn), falseNegativeRateDifference, falseNegativeRateRatio],
  ['predictive parity', (c: Cells) => c.tp / (c.tp + c.fp), predictiveParityDifference, predictiveParityRatio],
  ['false omission rate', (c: Cells) => c.fn / (c.fn + c.tn), falseOmissionRateDifference, falseOmissionRateRatio],
  ['false discovery rate', (c: Cells) => c.fp / (c.tp + c.fp), falseDiscoveryRateDifference, falseDiscoveryRateRatio],
  ['accuracy', (c: Cells) => (c.tp + c.tn) / (c.tp + c.fp + c.fn + c.tn), accuracyDifference, accuracyRatio],
] as const;

const cells = fc.record({
  tp: fc.integer({ min: 20, max: 400 }),
  fp: fc.integer({ min: 20, max: 400 }),
  fn: fc.integer({ min: 20, max: 400 }),
  tn: fc.integer({ min: 20, max: 400 }),
});

function valueOf({ result }: GroupComparison): number {
  if (result.kind !== 'value') throw new Error(`no value: ${result.kind}`);
  return result.value;
}

describe.each(parities)('%s over groups', (_, rate, difference, ratio) => {
  const of = (byGroup: Record<string, Cells>): { difference: number; ratio: number } => {
    const { groups, overall } = groupsOfCells(byGroup);
    return { difference: valueOf(difference(groups, overall)), ratio: valueOf(ratio(groups, overall)) };
  };

  test('is the spread of the rates by brute force, within 0 and 1', () => {
    fc.assert(
      fc.property(cells, cells, cells, (a, b, c) => {
        const rates = [a, b, c].map(rate);
        const found = of({ a, b, c });
        expect(found.difference).toBeCloseTo(Math.max(...rates) - Math.min(...rates), 12);
        expect(found.ratio).toBeCloseTo(Math.min(...rates) / Math.max(...rates), 12);
        for (const value of [found.difference, found.ratio]) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  test('equal groups are at parity, whatever their size', () => {
    fc.assert(
      fc.property(cells, (one) => {
        const twice = { tp: 2 * one.tp, fp: 2 * one.fp, fn: 2 * one.fn, tn: 2 * one.tn };
        const found = of({ a: one, b: twice });
        expect(found.difference).toBeCloseTo(0, 12);
        expect(found.ratio).toBeCloseTo(1, 12);
      }),
    );
  });

  test('names of groups do not matter, nor does a group between the others', () => {
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const found = of({ a, b });
        expect(of({ x: b, y: a })).toEqual(found);
        const between = { tp: a.tp + b.tp, fp: a.fp + b.fp, fn: a.fn + b.fn, tn: a.tn + b.tn };
        expect(of({ a, b, c: between }).difference).toBeCloseTo(found.difference, 12);
      }),
    );
  });
});

describe('average predictive value difference', () => {
  test('is the mean of the precision and false omission rate differences, and changes sign with the sides', () => {
    fc.assert(
      fc.property(cells, cells, (a, b) => {
        const { groups, overall } = groupsOfCells({ a, b });
        const seen = (privileged: string): number =>
          valueOf(averagePredictiveValueDifference(groups, overall, { privileged }));
        const precision = (c: Cells): number => c.tp / (c.tp + c.fp);
        const omission = (c: Cells): number => c.fn / (c.fn + c.tn);
        expect(seen('a')).toBeCloseTo((precision(b) - precision(a) + omission(b) - omission(a)) / 2, 12);
        expect(seen('b')).toBeCloseTo(-seen('a'), 12);
      }),
    );
  });
});
