import { describe, expect, test } from 'vitest';
import { arrivalLag, freshness, freshnessLimitSeconds } from '../../../../server/metrics/quality/freshness.ts';
import { schemaChange } from '../../../../server/metrics/quality/schema-change.ts';
import { isVolumeBreached, volumeAnomaly } from '../../../../server/metrics/quality/volume-anomaly.ts';
import { valueOf } from '../golden/evidence-off.ts';

describe('freshness', () => {
  test('is the age of the newest event in seconds, and 0 for a sender whose clock is ahead', () => {
    expect(valueOf(freshness(65_000, 52_000, 5))).toBe(13);
    expect(valueOf(freshness(65_000, 70_000, 5))).toBe(0);
    expect(freshness(65_000, null, 0).kind).toBe('no_data');
  });

  test('the limit is three times the 99th percentile of the gaps, at least a minute', () => {
    expect(freshnessLimitSeconds([])).toBe(60);
    expect(freshnessLimitSeconds([1, 2, 3])).toBe(60);
    expect(freshnessLimitSeconds(Array.from({ length: 101 }, (_, i) => i))).toBe(297);
  });

  test('lag needs twenty rows', () => {
    expect(arrivalLag([1, 2, 3], 0.5)).toMatchObject({ reason: 'n_below_minimum', n: 3, nMin: 20 });
    expect(arrivalLag([], 0.5).kind).toBe('no_data');
  });
});

describe('volume anomaly', () => {
  test('needs three earlier weeks', () => {
    expect(volumeAnomaly(5, [5, 6])).toMatchObject({ reason: 'too_few_reference_windows', n: 2, nMin: 3 });
  });

  test('a history without spread still allows for the chance of counts', () => {
    expect(valueOf(volumeAnomaly(110, [100, 100, 100, 100]))).toBe(1);
    expect(valueOf(volumeAnomaly(3, [0, 0, 0]))).toBe(3);
  });

  test('many deviations alone, or a large change alone, are no anomaly', () => {
    const busy = [1_000_000, 1_000_000, 1_000_000];
    expect(isVolumeBreached(1_100_000, busy)).toBe(false);
    expect(isVolumeBreached(2_000_000, busy)).toBe(true);
    expect(isVolumeBreached(1, [3, 3, 3])).toBe(false);
    expect(isVolumeBreached(5, [])).toBe(false);
  });
});

describe('schema change', () => {
  const reference = new Map([
    ['age', { type: 'number', isNullable: false }],
    ['region', { type: 'string' }],
  ]);

  test('an unchanged schema has no severity', () => {
    expect(schemaChange(reference, reference)).toMatchObject({ severity: 'none', isBreached: false });
  });

  test('removed or another type is critical, nullability a warning, added information', () => {
    const removed = new Map([['age', { type: 'number', isNullable: false }]]);
    expect(schemaChange(reference, removed)).toMatchObject({
      removed: ['region'],
      severity: 'critical',
      isBreached: true,
    });
    const nullable = new Map([...reference, ['age', { type: 'number', isNullable: true }]]);
    expect(schemaChange(reference, nullable)).toMatchObject({ nullabilityChanged: ['age'], severity: 'warning' });
    const added = new Map([...reference, ['score', { type: 'number' }]]);
    expect(schemaChange(reference, added)).toMatchObject({ added: ['score'], severity: 'info', isBreached: false });
  });

  test('nullability that one side does not state is no change', () => {
    const stated = new Map([...reference, ['region', { type: 'string', isNullable: true }]]);
    expect(schemaChange(reference, stated).nullabilityChanged).toEqual([]);
  });
});
