import { describe, expect, it } from 'vitest';
import { parseRfc3339 } from '../../../collectors/validate/parse-time.ts';

describe('times are RFC 3339 with an offset, on one UTC axis', () => {
  it.each([
    ['2026-11-22T10:15:30.123Z', Date.UTC(2026, 10, 22, 10, 15, 30, 123)],
    ['2026-11-22T10:15:30Z', Date.UTC(2026, 10, 22, 10, 15, 30)],
    ['2026-11-22t10:15:30z', Date.UTC(2026, 10, 22, 10, 15, 30)],
    ['2026-11-22 10:15:30+00:00', Date.UTC(2026, 10, 22, 10, 15, 30)],
    ['2026-11-22T10:15:30+05:30', Date.UTC(2026, 10, 22, 4, 45, 30)],
    ['2026-11-22T23:15:30-03:00', Date.UTC(2026, 10, 23, 2, 15, 30)],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
    ['1970-01-01T00:00:00Z', 0],
  ])('%s is understood', (text, millis) => expect(parseRfc3339(text)).toBe(millis));

  it('fractions finer than a millisecond are cut, not rounded into the future', () => {
    expect(parseRfc3339('2026-11-22T10:15:30.9999999Z') % 1000).toBe(999);
    expect(parseRfc3339('2026-11-22T10:15:30.1Z') % 1000).toBe(100);
    expect(parseRfc3339('2026-11-22T10:15:30.000000001Z') % 1000).toBe(0);
  });

  it('a leap second is the first second of the next minute, and stands at midnight UTC only', () => {
    expect(parseRfc3339('2016-12-31T23:59:60Z')).toBe(Date.UTC(2017, 0, 1));
    expect(parseRfc3339('2017-01-01T05:29:60+05:30')).toBe(Date.UTC(2017, 0, 1));
    expect(parseRfc3339('2016-12-31T12:00:60Z')).toBeNaN();
  });

  it.each([
    '2026-11-22T10:15:30',
    '2026-11-22',
    '2026-11-22T10:15Z',
    '2026-13-01T00:00:00Z',
    '2026-02-29T00:00:00Z',
    '2026-11-31T00:00:00Z',
    '2026-11-00T00:00:00Z',
    '2026-11-22T24:00:00Z',
    '2026-11-22T10:60:00Z',
    '2026-11-22T10:15:61Z',
    '2026-11-22T10:15:30.Z',
    '2026-11-22T10:15:30+0530',
    '2026-11-22T10:15:30+24:00',
    '2026-11-22T10:15:30Zx',
    '2026/11/22T10:15:30Z',
    '0099-01-01T00:00:00Z',
    '1795342530',
    '1795342530123000000000',
    'Sun, 22 Nov 2026 10:15:30 GMT',
  ])('%s is refused', (text) => expect(parseRfc3339(text)).toBeNaN());

  it('agrees with Date for every quarter of a day through leap years and centuries', () => {
    for (let millis = 0; millis < Date.UTC(2262, 0, 1); millis += 86_400_000 * 37 + 21_600_123) {
      expect(parseRfc3339(new Date(millis).toISOString())).toBe(millis);
    }
  });
});
