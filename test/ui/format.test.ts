import { describe, expect, test } from 'vitest';
import {
  formatAge,
  formatBytes,
  formatCount,
  formatDuration,
  formatNumber,
  formatPValue,
  formatRate,
  formatShare,
} from '../../ui/src/format.ts';
import { formatMoment, formatRange, formatTick, fromFieldValue, toFieldValue } from '../../ui/src/format-time.ts';

/** The narrow no-break space between a number and its unit, as a plain one. */
const plain = (text: string) => text.replace(/\u202f/g, ' ');

describe('numbers', () => {
  test.each([
    [0, '0'],
    [0.3071, '0.307'],
    [-1.9, '−1.9'],
    [12.345, '12.3'],
    [8772.4, '8 770'],
    [41_800, '41 800'],
    [1_234_567, '1.23M'],
    [0.000612, '0.00061'],
    [0.0000004, '4.0e−7'],
    [Number.NaN, 'not a number'],
  ])('%d has at most three significant digits: %s', (value, text) => expect(plain(formatNumber(value))).toBe(text));

  test.each([
    [0, '0 %'],
    [0.4721, '47.2 %'],
    [0.0004, '< 0.1 %'],
    [1, '100 %'],
  ])('a share of %d is %s', (share, text) => expect(plain(formatShare(share))).toBe(text));

  test('a small p-value is said to be small, not zero', () => {
    expect(formatPValue(1e-12)).toBe('< 0.001');
    expect(formatPValue(0.0412)).toBe('0.041');
  });

  test('counts are exact below ten thousand and compact above', () => {
    expect(plain(formatCount(9432))).toBe('9 432');
    expect(formatCount(12_412)).toBe('12.4K');
  });

  test('a rate under one in ten seconds is told per minute', () => {
    expect(plain(formatRate(18.42))).toBe('18.4 /s');
    expect(plain(formatRate(0.05))).toBe('3 /min');
    expect(plain(formatRate(0))).toBe('0 /s');
  });

  test('bytes use binary units', () => expect(plain(formatBytes(38_200_000))).toBe('36.4 MiB'));
});

describe('times', () => {
  test.each([
    [0, '0 s'],
    [99_400, '99 s'],
    [47 * 60_000, '47 min'],
    [30 * 3_600_000, '30 h'],
    [9 * 86_400_000, '9 d'],
  ])('%d ms last %s', (ms, text) => expect(plain(formatDuration(ms))).toBe(text));

  test('a clock that is slightly behind shows no time in the future', () => {
    expect(plain(formatAge(-400))).toBe('0 s ago');
    expect(plain(formatAge(-120_000))).toBe('2 min ahead');
  });

  test('a range says the day once when both ends share it', () => {
    expect(formatRange('2026-11-19T04:00:00Z', '2026-11-19T08:00:00Z', 'utc')).toBe('19 Nov 04:00 – 08:00');
    expect(formatRange('2026-11-19T22:00:00Z', '2026-11-20T02:00:00Z', 'utc')).toBe('19 Nov 22:00 – 20 Nov 02:00');
  });

  test('a tick at midnight is the day', () => {
    expect(formatTick(new Date('2026-11-19T00:00:00Z'), 'utc')).toBe('19 Nov');
    expect(formatTick(new Date('2026-11-19T06:30:00Z'), 'utc')).toBe('06:30');
  });

  test.each(['utc', 'local'] as const)('a date field in %s gives back the moment it was filled with', (zone) => {
    const at = '2026-07-01T13:45:00.000Z';
    expect(fromFieldValue(toFieldValue(at, zone), zone)).toBe(at);
    expect(fromFieldValue('soon', zone)).toBeNull();
  });

  test('midnight is 00:00, not 24:00', () => expect(formatMoment('2026-11-19T00:00:00Z', 'utc')).toBe('19 Nov 00:00'));
});
