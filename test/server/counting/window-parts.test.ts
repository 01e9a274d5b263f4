import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowParts } from '../../../server/counting/window-parts.ts';
import { dayMs, hourMs, minuteMs, wholeMinutes } from '../../../server/domain/window.ts';

const start = Date.UTC(2025, 11, 30);
const anyWindow = fc
  .tuple(fc.nat(40 * dayMs), fc.oneof(fc.nat(5 * minuteMs), fc.nat(3 * hourMs), fc.nat(40 * dayMs)))
  .map(([from, length]) => ({ from: start + from, to: start + from + length }));

describe('window parts', () => {
  it('are disjoint, cover the whole minutes of the window and nothing else', () => {
    fc.assert(
      fc.property(anyWindow, (window) => {
        const whole = wholeMinutes(window);
        const parts = Object.values(windowParts(window)).filter(({ from, to }) => from < to);
        parts.sort((a, b) => a.from - b.from);
        let end = whole.from;
        for (const part of parts) {
          expect(part.from).toBe(end);
          end = part.to;
        }
        expect(end).toBe(whole.to);
      }),
      { numRuns: 2_000 },
    );
  });

  it('lie on the units of their tables, and a part is never the wrong way round', () => {
    fc.assert(
      fc.property(anyWindow, (window) => {
        const parts = windowParts(window);
        for (const { from, to } of Object.values(parts)) expect(from).toBeLessThanOrEqual(to);
        const lieOn = (unit: number, ...windows: { from: number; to: number }[]): void => {
          for (const { from, to } of windows) if (from < to) expect([from % unit, to % unit]).toEqual([0, 0]);
        };
        lieOn(dayMs, parts.days);
        lieOn(hourMs, parts.hoursBefore, parts.hoursAfter);
        lieOn(minuteMs, parts.minutesBefore, parts.minutesAfter);
      }),
      { numRuns: 2_000 },
    );
  });

  it('a month costs few rows: at most 2 × 59 minutes and 2 × 23 hours stand beside its days', () => {
    const { hoursBefore, hoursAfter, minutesBefore, minutesAfter } = windowParts({
      from: start + 61 * 1_000,
      to: start + 31 * dayMs - 61 * 1_000,
    });
    expect((minutesBefore.to - minutesBefore.from) / minuteMs).toBe(59);
    expect((minutesAfter.to - minutesAfter.from) / minuteMs).toBe(59);
    expect((hoursBefore.to - hoursBefore.from) / hourMs).toBe(23);
    expect((hoursAfter.to - hoursAfter.from) / hourMs).toBe(23);
  });
});
