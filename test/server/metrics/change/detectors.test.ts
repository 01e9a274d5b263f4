import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adwinMean, adwinStart, adwinStep } from '../../../../server/metrics/change/adwin.ts';
import type { AdwinState } from '../../../../server/metrics/change/adwin.ts';
import { scanStream } from '../../../../server/metrics/change/change-step.ts';
import type { ChangeStep } from '../../../../server/metrics/change/change-step.ts';
import { cusumStart, cusumStep } from '../../../../server/metrics/change/cusum.ts';
import { ddmStart, ddmStep } from '../../../../server/metrics/change/ddm.ts';
import { ewmaStart, ewmaStep } from '../../../../server/metrics/change/ewma.ts';
import { pageHinkleyStart, pageHinkleyStep } from '../../../../server/metrics/change/page-hinkley.ts';
import {
  bayesianOnlineChangeStep,
  bocdStart,
} from '../../../../server/metrics/change/profiles/bayesian-online-change-detection.ts';
import { eddmStart, eddmStep } from '../../../../server/metrics/change/profiles/eddm.ts';
import {
  frourosCusumStep,
  frourosPageHinkleyStep,
  geometricMovingAverageStep,
  runningMeanStart,
} from '../../../../server/metrics/change/profiles/frouros-running-mean.ts';
import { hddmAStart, hddmAStep } from '../../../../server/metrics/change/profiles/hddm-a.ts';
import { hddmWStart, hddmWStep } from '../../../../server/metrics/change/profiles/hddm-w.ts';
import { kswinStart, kswinStep } from '../../../../server/metrics/change/profiles/kswin.ts';
import { referenceLevel } from '../../../../server/metrics/change/reference-level.ts';
import { momentsOf } from '../../../../server/metrics/support/moments/moments.ts';
import { seededRandom } from '../../../../server/metrics/support/numerics/seeded-random.ts';

type Detector = { start: unknown; step: (state: never, x: number) => ChangeStep<unknown> };

/** Every detector on values between 0 and 1, with limits at which a clear rise shows within some hundred values. */
const detectors: Record<string, Detector> = {
  page_hinkley: { start: pageHinkleyStart, step: (s, x) => pageHinkleyStep(s, x, { limit: 5, direction: 'both' }) },
  cusum: { start: cusumStart({ mean0: 0.3, std0: 0.3 }), step: (s, x) => cusumStep(s, x, { h: 10 }) },
  ewma: { start: ewmaStart({ mean0: 0.3, std0: 0.3 }), step: (s, x) => ewmaStep(s, x, { limit: 4 }) },
  ddm: { start: ddmStart, step: (s, x) => ddmStep(s, { errors: x, outcomes: 1 }) },
  adwin: { start: adwinStart, step: (s, x) => adwinStep(s, x) },
  eddm: { start: eddmStart, step: (s, x) => eddmStep(s, x > 0.5) },
  hddm_a: { start: hddmAStart, step: (s, x) => hddmAStep(s, x) },
  hddm_w: { start: hddmWStart, step: (s, x) => hddmWStep(s, x) },
  kswin: { start: kswinStart, step: (s, x) => kswinStep(s, x, { window: 60, sample: 30 }) },
  frouros_cusum: { start: runningMeanStart, step: (s, x) => frourosCusumStep(s, x, { limit: 10 }) },
  frouros_page_hinkley: { start: runningMeanStart, step: (s, x) => frourosPageHinkleyStep(s, x, { limit: 10 }) },
  geometric_moving_average: {
    start: runningMeanStart,
    step: (s, x) => geometricMovingAverageStep(s, x, { limit: 0.2 }),
  },
  bayesian_online_change_detection: {
    start: bocdStart({ dataVariance: 0.05 }),
    step: (s, x) => bayesianOnlineChangeStep(s, x, { dataVariance: 0.05 }),
  },
};

/** Errors as 0 and 1, 10 % before `at` and 60 % from there on. */
function risingErrors(seed: number, n: number, at: number): number[] {
  const uniform = seededRandom(seed);
  return Array.from({ length: n }, (_, i) => (uniform() < (i < at ? 0.1 : 0.6) ? 1 : 0));
}

describe.each(Object.entries(detectors))('%s', (id, { start, step }) => {
  const run = step as (state: unknown, x: number) => ChangeStep<unknown>;

  it('finds a clear rise, soon after it happened', () => {
    const stream = risingErrors(2, 900, 400);
    const { alarms } = scanStream(stream, start, run);
    const found = alarms.find((index) => index >= 400);
    expect(found).toBeDefined();
    expect(found).toBeLessThan(620);
  });

  it('resumes bit for bit from its state as JSON', () => {
    const stream = risingErrors(3, 500, 250);
    let kept: unknown = start;
    let resumed: unknown = start;
    for (const x of stream) {
      const a = run(kept, x);
      const b = run(JSON.parse(JSON.stringify(resumed)), x);
      expect(b.level).toBe(a.level);
      kept = a.state;
      resumed = b.state;
    }
    expect(JSON.stringify(resumed)).toBe(JSON.stringify(kept));
  });

  it('does not change the state it is given', () => {
    let state = start;
    for (const x of risingErrors(4, 200, 100)) {
      const before = JSON.stringify(state);
      const next = run(state, x).state;
      expect(JSON.stringify(state)).toBe(before);
      state = next;
    }
  });

  it.skipIf(id === 'eddm')('refuses NaN and the infinities', () => {
    for (const x of [Number.NaN, Infinity, -Infinity]) expect(() => run(start, x)).toThrow(RangeError);
  });

  it('holds no NaN, and stays small', () => {
    let state = start;
    for (const x of risingErrors(5, 3000, 1500)) state = run(state, x).state;
    const stored = JSON.stringify(state, (_, value: unknown) => {
      if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
      return value;
    });
    expect(stored.length).toBeLessThan(20_000);
  });
});

describe('page hinkley', () => {
  it('looks only in the direction it is told', () => {
    const falling = Array.from({ length: 300 }, (_, i) => (i < 150 ? 9 : 0));
    const alarms = (direction: 'up' | 'down' | 'both'): number[] =>
      scanStream(falling, pageHinkleyStart, (s, x) => pageHinkleyStep(s, x, { direction })).alarms;
    expect(alarms('up')).toEqual([]);
    expect(alarms('down').length).toBeGreaterThan(0);
    expect(alarms('both')).toEqual(alarms('down'));
  });

  it('a shift of all values changes nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 200 }), (stream) => {
        const alarms = (values: number[]): number[] =>
          scanStream(values, pageHinkleyStart, (s, x) => pageHinkleyStep(s, x)).alarms;
        expect(alarms(stream.map((x) => x + 1024))).toEqual(alarms(stream));
      }),
    );
  });
});

describe('control charts', () => {
  it('the level comes from thirty reference windows that vary', () => {
    expect(referenceLevel([1, 2, 3])).toMatchObject({ reason: 'too_few_reference_windows', n: 3, nMin: 30 });
    expect(referenceLevel(Array(40).fill(1))).toMatchObject({ reason: 'zero_variance' });
    expect(referenceLevel(Array.from({ length: 40 }, (_, i) => i % 2))).toEqual({
      kind: 'level',
      mean0: 0.5,
      std0: 0.5,
    });
  });

  it('CUSUM is symmetric in up and down, and free of the unit', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { maxLength: 60 }), (stream) => {
        const alarms = (values: number[], mean0: number, std0: number): number[] =>
          scanStream(values, cusumStart({ mean0, std0 }), (s, x) => cusumStep(s, x)).alarms;
        expect(
          alarms(
            stream.map((x) => -x),
            0,
            1,
          ),
        ).toEqual(alarms(stream, 0, 1));
        expect(
          alarms(
            stream.map((x) => 8 * x),
            0,
            8,
          ),
        ).toEqual(alarms(stream, 0, 1));
      }),
    );
  });

  it('EWMA warns at two thirds of its limit', () => {
    const step = (x: number) => ewmaStep(ewmaStart({ mean0: 0, std0: 1 }), x).level;
    expect([step(1.9), step(2.1), step(3)]).toEqual(['stable', 'warning', 'drift']);
  });

  it('refuse a level without spread', () => {
    expect(() => cusumStart({ mean0: 0, std0: 0 })).toThrow(RangeError);
    expect(() => ewmaStart({ mean0: Number.NaN, std0: 1 })).toThrow(RangeError);
  });
});

describe('ddm', () => {
  it('a window of outcomes gives the error rate of its rows', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 1, maxLength: 30 }), (outcomes) => {
        const rows = scanStream(outcomes, ddmStart, (s, x) => ddmStep(s, { errors: x, outcomes: 1 })).state;
        const errors = outcomes.reduce((sum, x) => sum + x, 0);
        const batch = ddmStep(ddmStart, { errors, outcomes: outcomes.length }).state;
        expect(batch.n).toBe(rows.n);
        expect(batch.p).toBeCloseTo(rows.p, 12);
      }),
    );
  });

  it('a window without outcomes changes nothing, and more errors than outcomes are refused', () => {
    expect(ddmStep(ddmStart, { errors: 0, outcomes: 0 })).toEqual({ state: ddmStart, level: 'stable' });
    expect(() => ddmStep(ddmStart, { errors: 3, outcomes: 2 })).toThrow(RangeError);
  });
});

describe('adwin', () => {
  const scan = (stream: number[], delta = 0.002): { alarms: number[]; state: AdwinState } =>
    scanStream(stream, adwinStart, (s, x) => adwinStep(s, x, { delta }));

  it('the window keeps the mean and the spread of its values (brute force)', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 400 }), (stream) => {
        const { state } = scan(stream);
        const kept = momentsOf(stream.slice(stream.length - state.width));
        expect(adwinMean(state)).toBeCloseTo(kept.mean, 9);
        expect(state.m2).toBeCloseTo(kept.m2, 5);
        const buckets = state.rows.flatMap((row, i) => row.map(() => 2 ** i));
        expect(buckets.reduce((sum, size) => sum + size, 0)).toBe(state.width);
        expect(Math.max(...state.rows.map((row) => row.length))).toBeLessThanOrEqual(5);
      }),
    );
  });

  it('constant values never alarm, and the window holds them all', () => {
    const { alarms, state } = scan(Array(5000).fill(7));
    expect(alarms).toEqual([]);
    expect(state.width).toBe(5000);
    expect(state.rows.flat().length).toBeLessThan(5 * 13);
  });

  it('noise alone alarms rarely', () => {
    const uniform = seededRandom(6);
    const { alarms } = scan(Array.from({ length: 20_000 }, () => uniform()));
    expect(alarms.length).toBeLessThanOrEqual(2);
  });
});
