import { describe, expect, test } from 'vitest';
import { gaps, runs } from '../../ui/src/gaps.ts';
import {
  bandPath,
  collapseMarkers,
  linePath,
  nearest,
  stepPath,
  timeScale,
  timeTicks,
  typicalEnds,
  valueDomain,
  valueScale,
} from '../../ui/src/scales.ts';

const at = (text: string) => Date.parse(text);

describe('time axis', () => {
  test('ticks fall on midnights of the chosen zone', () => {
    const scale = timeScale({ from: at('2026-11-01T05:00:00Z'), to: at('2026-11-25T05:00:00Z') }, 900, 'utc');
    const ticks = timeTicks(scale);
    expect(ticks.length).toBeGreaterThan(4);
    expect(ticks.every((tick) => tick.getUTCHours() === 0)).toBe(true);
  });

  test('markers that would touch collapse into a count', () => {
    const scale = timeScale({ from: 0, to: 1000 }, 1000, 'utc');
    const markers = [10, 20, 500].map((time, i) => ({ at: time, label: `v${i}` }));
    expect(collapseMarkers(markers, scale).map(({ label }) => label)).toEqual(['2 versions', 'v2']);
  });

  test('a marker outside of the window is not drawn', () => {
    const scale = timeScale({ from: 0, to: 1000 }, 1000, 'utc');
    expect(collapseMarkers([{ at: -5, label: 'old' }], scale)).toEqual([]);
  });
});

describe('value axis', () => {
  test('never passes the natural ends of the metric', () => {
    expect(valueDomain([0.98, 0.999], { bounds: [0.5, 1] })[1]).toBe(1);
  });

  test('one value alone still gets an axis with a length', () => {
    const [low, high] = valueDomain([0.7], {});
    expect(high).toBeGreaterThan(low);
  });

  test('without a value it shows the natural range', () => {
    expect(valueDomain([Number.NaN], { bounds: [0.5, 1] })).toEqual([0.5, 1]);
  });

  test('starts at zero where zero is asked for', () => expect(valueDomain([5, 9], { hasZero: true })[0]).toBe(0));

  test('a very wide interval does not flatten the others', () => {
    const narrow = [0.8, 0.81, 0.82].map((value) => ({ value, lower: value - 0.01, upper: value + 0.01 }));
    const ends = typicalEnds([
      ...narrow,
      { value: 0.79, lower: 0.2, upper: 1 },
      { value: null, lower: null, upper: null },
    ]);
    expect(Math.min(...ends)).toBeCloseTo(0.79, 10);
    expect(Math.max(...ends)).toBeCloseTo(0.83, 10);
  });

  test('larger values are higher up', () => {
    const scale = valueScale([0, 1], 100, false);
    expect(scale(1)).toBe(0);
    expect(scale(0)).toBe(100);
  });
});

describe('gaps', () => {
  const samples = [0, 1, 2, 3, 7, 8].map((step) => ({ at: step * 10, value: step === 2 ? null : step }));

  test('a line is joined neither across a missing value nor across a missing step', () => {
    expect(runs(samples, 10).map((run) => run.map((sample) => sample.at))).toEqual([[0, 10], [30], [70, 80]]);
  });

  test('every stretch without a value is named, also at the ends', () => {
    expect(gaps(samples, 10, { from: 0, to: 120 })).toEqual([
      [20, 30],
      [40, 70],
      [90, 120],
    ]);
  });

  test('a full series has no gap', () => {
    const full = [0, 10, 20].map((time) => ({ at: time, value: 1 }));
    expect(gaps(full, 10, { from: 0, to: 30 })).toEqual([]);
  });
});

describe('paths', () => {
  test('a histogram outline stands on its foot', () => {
    const bars = [
      { left: 0, right: 10, top: 5 },
      { left: 10, right: 20, top: 8 },
    ];
    expect(stepPath(bars, 50)).toBe('M0,50L0,5L10,5L10,8L20,8L20,50');
    expect(stepPath([], 50)).toBe('');
  });

  test('no point gives no path, never "NaN"', () => {
    expect(linePath([])).toBe('');
    expect(bandPath([])).toBe('');
  });

  test('the nearest point wins, and none is none', () => {
    expect(nearest([0, 10, 30], 19)).toBe(1);
    expect(nearest([], 5)).toBe(-1);
  });
});
