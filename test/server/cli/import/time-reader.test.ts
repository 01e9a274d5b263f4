import { expect, test } from 'vitest';
import { timeReader } from '../../../../server/cli/import/time-reader.ts';

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

test.each([
  ['2013-01-01', '2013-01-01T00:00:00.000Z'],
  ['2020-10-01 00:00:00', '2020-10-01T00:00:00.000Z'],
  ['2020-10-01T12:30:01.123456789Z', '2020-10-01T12:30:01.123Z'],
  ['2020-10-01T12:30:01+02:00', '2020-10-01T10:30:01.000Z'],
  ['2020-10-01 12:30 -0530', '2020-10-01T18:00:00.000Z'],
])('%s is %s', (text, expected) => {
  expect(iso(timeReader('iso', 'UTC')(text))).toBe(expected);
});

test.each(['2021-02-29', '2021-13-01', '01.02.2021', '1612137600', 'yesterday', ''])('"%s" is no ISO time', (text) => {
  expect(timeReader('iso', 'UTC')(text)).toBeNull();
});

test('a zone by name counts summer and winter', () => {
  const read = timeReader('iso', 'Europe/Berlin');
  expect(iso(read('2026-07-01 12:00:00'))).toBe('2026-07-01T10:00:00.000Z');
  expect(iso(read('2026-12-01 12:00:00'))).toBe('2026-12-01T11:00:00.000Z');
});

test('an hour that comes twice is the earlier one, an hour that is left out goes on from before', () => {
  const read = timeReader('iso', 'Europe/Berlin');
  expect(iso(read('2026-10-25 02:30:00'))).toBe('2026-10-25T00:30:00.000Z');
  expect(iso(read('2026-03-29 02:30:00'))).toBe('2026-03-29T01:30:00.000Z');
});

test.each([
  ['unix_s', '1612137600', '2021-02-01T00:00:00.000Z'],
  ['unix_s', '1612137600.5', '2021-02-01T00:00:00.500Z'],
  ['unix_ms', 1_612_137_600_123, '2021-02-01T00:00:00.123Z'],
  ['unix_us', '1612137600123456', '2021-02-01T00:00:00.123Z'],
  ['unix_ns', '1612137600123456789', '2021-02-01T00:00:00.123Z'],
])('%s reads %s', (format, cell, expected) => {
  expect(iso(timeReader(format, 'UTC')(cell))).toBe(expected);
});

test('a pattern reads what it says and nothing else', () => {
  const read = timeReader('%d.%m.%Y %H:%M', '+01:00');
  expect(iso(read('03.02.2021 04:05'))).toBe('2021-02-03T03:05:00.000Z');
  expect(read('2021-02-03 04:05')).toBeNull();
});

test('an unknown format, directive or zone is a usage error that names the choices', () => {
  expect(() => timeReader('epoch', 'UTC')).toThrow(/iso, unix_s/);
  expect(() => timeReader('%d %B', 'UTC')).toThrow(/%B is not known/);
  expect(() => timeReader('iso', 'Mars/Olympus')).toThrow(/Europe\/Berlin/);
});
