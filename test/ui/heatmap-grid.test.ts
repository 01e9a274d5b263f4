import { describe, expect, test } from 'vitest';
import type { Heatmap } from '../../server/schemas/drift.schema.ts';
import { bucketSpan, heatmapSummary, keepOrder, moveCell } from '../../ui/src/heatmap-grid.ts';

const heatmap: Heatmap = {
  model: 'credit-risk',
  metric: 'population_stability_index',
  window: { from: '2026-11-01T00:00:00Z', to: '2026-11-01T03:00:00Z' },
  stepSeconds: 3600,
  buckets: ['2026-11-01T00:00:00Z', '2026-11-01T01:00:00Z', '2026-11-01T02:00:00Z'],
  n: [900, 0, 900],
  features: [
    { feature: 'income', kind: 'numeric', values: [0.02, null, 0.41], states: 'vnv' },
    { feature: 'age', kind: 'numeric', values: [0.5, null, null], states: 'vni' },
    { feature: 'region', kind: 'categorical', values: [0.01, null, 0.02], states: 'vnv' },
  ],
  threshold: { warning: 0.1, critical: 0.25 },
  nMin: 200,
  reduced: null,
  asOf: '2026-11-01T03:00:00Z',
};

test('rows keep their place when the worst-first order changes', () => {
  expect(keepOrder(['b', 'a'], ['a', 'c', 'b'])).toEqual(['b', 'a', 'c']);
  expect(keepOrder(['gone', 'a'], ['a'])).toEqual(['a']);
});

test('a span of columns is half-open and may be dragged either way', () => {
  const span = { from: '2026-11-01T01:00:00.000Z', to: '2026-11-01T03:00:00.000Z' };
  expect(bucketSpan(heatmap, 1, 2)).toEqual(span);
  expect(bucketSpan(heatmap, 2, 1)).toEqual(span);
});

describe('keys', () => {
  const size = { rows: 3, columns: 10 };
  test.each([
    ['ArrowLeft', 1, { row: 1, column: 4 }],
    ['ArrowRight', 10, { row: 1, column: 9 }],
    ['ArrowUp', 10, { row: 0, column: 5 }],
    ['ArrowDown', 1, { row: 2, column: 5 }],
    ['Home', 1, { row: 1, column: 0 }],
    ['End', 1, { row: 1, column: 9 }],
  ])('%s by %d stays inside the map', (key, step, expected) => {
    expect(moveCell({ row: 1, column: 5 }, key, step, size)).toEqual(expected);
  });

  test('other keys do not move', () => expect(moveCell({ row: 1, column: 5 }, 'x', 1, size)).toBeNull());
});

test('the summary names the features that are far off by their last known value', () => {
  expect(heatmapSummary(heatmap)).toBe('3 features over 3 time steps; far from the reference now: income, age.');
  expect(heatmapSummary({ ...heatmap, features: [] })).toBe('No feature has been seen in this window.');
});
