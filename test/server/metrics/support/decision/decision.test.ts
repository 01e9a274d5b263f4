import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  benjaminiHochberg,
  benjaminiYekutieli,
} from '../../../../../server/metrics/support/decision/benjamini-hochberg.ts';
import {
  fromPsiScale,
  noiseFloor,
  noiseFloorMax,
  rowsNeeded,
  toPsiScale,
} from '../../../../../server/metrics/support/decision/noise-floor.ts';
import type { Divergence } from '../../../../../server/metrics/support/decision/noise-floor.ts';
import {
  initialPersistence,
  nextPersistence,
  persistenceFalseAlarmRate,
} from '../../../../../server/metrics/support/decision/persistence.ts';
import type { MonitorStatus } from '../../../../../server/metrics/support/decision/persistence.ts';
import { standardDeviationThreshold } from '../../../../../server/metrics/support/decision/standard-deviation-threshold.ts';

const divergences: Divergence[] = [
  'population_stability_index',
  'kullback_leibler_divergence',
  'jensen_shannon_distance',
  'hellinger_distance',
];
const probability = fc.double({ min: 0, max: 1, noNaN: true });

describe('noise floor', () => {
  it('every scale leads to PSI and back', () => {
    fc.assert(
      fc.property(fc.constantFrom(...divergences), probability, (divergence, value) => {
        expect(fromPsiScale(divergence, toPsiScale(divergence, value))).toBeCloseTo(value, 12);
      }),
    );
  });

  it('the rows said to be needed suffice, and one fewer does not', () => {
    const sizes = [
      fc.integer({ min: 2, max: 60 }),
      fc.integer({ min: 500, max: 1_000_000 }),
      fc.double({ min: 0.02, max: 0.5, noNaN: true }),
    ] as const;
    fc.assert(
      fc.property(...sizes, (bins, nReference, threshold) => {
        const limit = noiseFloorMax('population_stability_index', threshold);
        const rows = rowsNeeded(bins, nReference, limit);
        if (rows === null) {
          expect(noiseFloor(bins, nReference, Number.POSITIVE_INFINITY)).toBeGreaterThanOrEqual(limit);
        } else {
          expect(noiseFloor(bins, nReference, rows)).toBeLessThanOrEqual(limit * (1 + 1e-12));
          if (rows > 1) expect(noiseFloor(bins, nReference, rows - 1)).toBeGreaterThan(limit * (1 - 1e-12));
        }
      }),
    );
  });

  it('20 bins, PSI 0.1 and a large reference need about 380 rows', () => {
    expect(rowsNeeded(20, 1e9, 0.05)).toBe(381);
  });
});

describe('multiple testing', () => {
  const family = fc.array(fc.option(probability), { maxLength: 30 });

  it('an adjusted p is never smaller than the p, keeps their order, and null stays null', () => {
    fc.assert(
      fc.property(family, (pValues) => {
        const adjusted = benjaminiHochberg(pValues);
        const yekutieli = benjaminiYekutieli(pValues);
        pValues.forEach((p, i) => {
          if (p === null) return expect(adjusted[i]).toBeNull();
          expect(adjusted[i]).toBeGreaterThanOrEqual(p * (1 - 1e-12));
          expect(adjusted[i]).toBeLessThanOrEqual(1);
          expect(yekutieli[i]).toBeGreaterThanOrEqual((adjusted[i] ?? 0) * (1 - 1e-12));
          pValues.forEach((other, j) => {
            if (other !== null && other > p) expect(adjusted[j]).toBeGreaterThanOrEqual(adjusted[i] ?? 0);
          });
        });
      }),
    );
  });

  it('agrees with the definition, min over j ≥ i of m·p_(j)/j (brute force)', () => {
    fc.assert(
      fc.property(fc.uniqueArray(probability, { minLength: 1, maxLength: 12 }), (pValues) => {
        const sorted = pValues.toSorted((a, b) => a - b);
        const expected = pValues.map((p) => {
          const tail = sorted.flatMap((q, j) => (q >= p ? [Math.min(1, (pValues.length * q) / (j + 1))] : []));
          return Math.min(...tail);
        });
        benjaminiHochberg(pValues).forEach((adjusted, i) => expect(adjusted).toBeCloseTo(expected[i], 12));
      }),
    );
  });

  it('an empty family, and one without evidence, are no error', () => {
    expect(benjaminiHochberg([])).toEqual([]);
    expect(benjaminiHochberg([null, null])).toEqual([null, null]);
  });
});

describe('persistence', () => {
  const status = fc.constantFrom<MonitorStatus>('ok', 'breached', 'insufficient_evidence', 'no_data', 'error');

  it('windows without evidence change nothing but the staleness', () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 40 }), (statuses) => {
        const all = statuses.reduce((state, one) => nextPersistence(state, one), initialPersistence);
        const evaluated = statuses
          .filter((one) => one === 'ok' || one === 'breached')
          .reduce((state, one) => nextPersistence(state, one), initialPersistence);
        expect({ ...all, unevaluated: 0, isStale: false }).toEqual(evaluated);
      }),
    );
  });

  it('survives a restart: the state goes through JSON bit for bit', () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 30 }), status, (statuses, next) => {
        const state = statuses.reduce((memory, one) => nextPersistence(memory, one), initialPersistence);
        expect(nextPersistence(JSON.parse(JSON.stringify(state)), next)).toEqual(nextPersistence(state, next));
      }),
    );
  });

  it('is stale after 2m windows without an evaluated result, and fresh again after one', () => {
    let state = initialPersistence;
    for (let i = 0; i < 10; i += 1) state = nextPersistence(state, 'no_data');
    expect(state.isStale).toBe(true);
    expect(nextPersistence(state, 'ok').isStale).toBe(false);
  });

  it('the false alarm rate agrees with counting all outcomes (brute force)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.integer({ min: 0, max: 8 }), probability, (m, k, rate) => {
        let total = 0;
        for (let outcome = 0; outcome < 2 ** m; outcome += 1) {
          const breaches = outcome.toString(2).replaceAll('0', '').length;
          if (breaches >= k) total += rate ** breaches * (1 - rate) ** (m - breaches);
        }
        expect(persistenceFalseAlarmRate(k, m, rate)).toBeCloseTo(total, 10);
      }),
    );
    expect(() => persistenceFalseAlarmRate(3, 5, 1.2)).toThrow(RangeError);
  });
});

describe('limits from reference windows', () => {
  it('fewer than ten windows give no limits', () => {
    expect(standardDeviationThreshold([1, 2, 3])).toMatchObject({
      reason: 'too_few_reference_windows',
      n: 3,
      nMin: 10,
    });
    expect(standardDeviationThreshold([], { windowsMin: 0 }).kind).toBe('insufficient_evidence');
  });

  it('are cut to the range of the metric', () => {
    const values = [0.01, 0.02, 0.01, 0.03, 0.02, 0.01, 0.02, 0.05, 0.01, 0.02];
    expect(standardDeviationThreshold(values, { range: { lower: 0, upper: 1 } })).toMatchObject({ lower: 0 });
  });

  it('lie around the centre that was asked for', () => {
    const values = [1, 2, 3, 4, 5, 6, 7, 8, 9, 100];
    const centres = (['mean', 'median', 'minimum', 'maximum'] as const).map((centre) => {
      const limits = standardDeviationThreshold(values, { centre });
      return limits.kind === 'limits' ? limits.centre : null;
    });
    expect(centres).toEqual([14.5, 5.5, 1, 100]);
  });
});
