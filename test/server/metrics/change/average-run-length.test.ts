import { describe, expect, it } from 'vitest';
import { cusumAverageRunLength, ewmaAverageRunLength } from '../../../../server/metrics/change/average-run-length.ts';
import { cusumStart, cusumStep } from '../../../../server/metrics/change/cusum.ts';
import { seededRandom } from '../../../../server/metrics/support/numerics/seeded-random.ts';
import { normalQuantile } from '../../../../server/metrics/support/special-functions/normal-quantile.ts';

describe('average run length', () => {
  it('agrees with running the chart on normal values (simulation)', () => {
    const uniform = seededRandom(8);
    const charts = 3000;
    let total = 0;
    for (let chart = 0; chart < charts; chart += 1) {
      let state = cusumStart({ mean0: 0, std0: 1 });
      for (;;) {
        const step = cusumStep(state, normalQuantile(1 - uniform()) + 1);
        state = step.state;
        total += 1;
        if (step.level === 'drift') break;
      }
    }
    expect(total / charts / cusumAverageRunLength({ k: 0.5, h: 5 }, { shift: 1 })).toBeCloseTo(1, 1);
  });

  it('without smoothing an EWMA is a Shewhart chart: 370 at three standard deviations', () => {
    expect(ewmaAverageRunLength({ lambda: 1, limit: 3 })).toBeCloseTo(370.4, 1);
  });

  it('more states change the answer by less than half a per mille', () => {
    const coarse = cusumAverageRunLength({ k: 0.5, h: 5 });
    expect(cusumAverageRunLength({ k: 0.5, h: 5 }, { states: 400 }) / coarse).toBeCloseTo(1, 3);
  });

  it('a wider limit alarms later, a larger shift sooner', () => {
    expect(cusumAverageRunLength({ k: 0.5, h: 6 })).toBeGreaterThan(cusumAverageRunLength({ k: 0.5, h: 5 }));
    expect(ewmaAverageRunLength({ lambda: 0.2, limit: 2.962 }, { shift: 1 })).toBeLessThan(12);
  });

  it('a limit that is never passed gives a number, not infinity', () => {
    expect(Number.isFinite(cusumAverageRunLength({ k: 3, h: 80 }))).toBe(true);
    expect(Number.isFinite(ewmaAverageRunLength({ lambda: 0.2, limit: 60 }))).toBe(true);
  });

  it('refuses parameters without a meaning', () => {
    expect(() => cusumAverageRunLength({ k: -1, h: 5 })).toThrow(RangeError);
    expect(() => ewmaAverageRunLength({ lambda: 0, limit: 3 })).toThrow(RangeError);
  });
});
