import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs } from '../../../server/domain/window.ts';
import { bucketStarts, stepFor, timeWindow } from '../../../server/services/time-window.ts';

const now = Date.UTC(2026, 5, 15, 12, 34, 56, 789);
const live = { oldest: now - 90 * dayMs, newest: now - 1_000 };

describe('time windows', () => {
  it('end now and reach as far back as they say', () => {
    expect(timeWindow({ window: '15m' }, now, live)).toEqual({ from: now - 15 * minuteMs, to: now });
    expect(timeWindow({ window: '24h' }, now, live)).toEqual({ from: now - dayMs, to: now });
    expect(timeWindow({ window: '2w' }, now, live)).toEqual({ from: now - 14 * dayMs, to: now });
    expect(timeWindow({}, now, live, '7d')).toEqual({ from: now - 7 * dayMs, to: now });
  });

  it('of a silent model end right after its newest event', () => {
    const newest = now - 40 * dayMs;
    expect(timeWindow({ window: '1h' }, now, { oldest: 0, newest })).toEqual({
      from: newest + 1 - hourMs,
      to: newest + 1,
    });
    expect(timeWindow({ window: '60d' }, now, { oldest: 0, newest })).toEqual({ from: now - 60 * dayMs, to: now });
  });

  it('all is every event, the newest included; of a model without events it is the last day', () => {
    expect(timeWindow({ window: 'all' }, now, { oldest: 5, newest: 10 })).toEqual({ from: 5, to: 11 });
    expect(timeWindow({ window: 'all' }, now, null)).toEqual({ from: now - dayMs, to: now });
  });

  it('from and to are instants with a zone, half-open, and to is now unless said', () => {
    const from = '2026-01-31T01:00:00+01:00';
    expect(timeWindow({ from, to: '2026-02-01T00:00:00Z' }, now, live)).toEqual({
      from: Date.UTC(2026, 0, 31),
      to: Date.UTC(2026, 1, 1),
    });
    expect(timeWindow({ from }, now, live).to).toBe(now);
  });

  for (const query of [
    { window: '0m' },
    { window: '-1h' },
    { window: '1.5h' },
    { window: '24' },
    { window: '24H' },
    { window: '' },
    { window: '99999w' },
    { window: 'toString' },
    { from: '2026-01-31' },
    { from: '2026-01-31T00:00:00' },
    { from: '2026-13-31T00:00:00Z' },
    { to: '2026-01-31T00:00:00Z' },
    { from: '2026-02-01T00:00:00Z', to: '2026-02-01T00:00:00Z' },
    { from: '2026-02-02T00:00:00Z', to: '2026-02-01T00:00:00Z' },
  ]) {
    it(`${JSON.stringify(query)} is refused, with an example of what would be right`, () => {
      expect(() => timeWindow(query, now, live)).toThrow(expect.objectContaining({ code: 'TIME_WINDOW_INVALID' }));
    });
  }
});

describe('buckets', () => {
  const anyWindow = fc
    .tuple(fc.integer({ min: 0, max: now }), fc.integer({ min: 1, max: 400 * dayMs }))
    .map(([from, length]) => ({ from, to: from + length }));

  it('touch the whole window, lie on round steps and do not outnumber their limit by more than the cut edge', () => {
    fc.assert(
      fc.property(anyWindow, fc.integer({ min: 5, max: 120 }), (window, bucketsMax) => {
        const step = stepFor(window, bucketsMax);
        const starts = bucketStarts(window, step);
        expect(starts[0]).toBeLessThanOrEqual(window.from);
        expect(starts[0]).toBeGreaterThan(window.from - step);
        expect(starts[starts.length - 1] + step).toBeGreaterThanOrEqual(window.to);
        expect(starts[starts.length - 1]).toBeLessThan(window.to);
        expect(starts.length).toBeLessThanOrEqual(bucketsMax + 1);
        for (const start of starts) expect(start % step).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});
