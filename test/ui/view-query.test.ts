import { describe, expect, test } from 'vitest';
import { modelPath, parseRoute } from '../../ui/src/parse-route.ts';
import { bounds, queryString, readSpan, readWindow, shiftWindow } from '../../ui/src/view-query.ts';

describe('the URL holds the view', () => {
  test('a relative window stays relative', () => {
    expect(readWindow(new URLSearchParams('window=7d'), '30d')).toEqual({ kind: 'preset', preset: '7d' });
  });

  test.each(['window=9y', 'from=never&to=now', 'from=2026-02-01T00:00Z&to=2026-01-01T00:00Z', ''])(
    'an unreadable window (%s) falls back instead of failing',
    (text) => expect(readWindow(new URLSearchParams(text), '30d')).toEqual({ kind: 'preset', preset: '30d' }),
  );

  test('an absolute window wins over a preset', () => {
    const query = new URLSearchParams('window=1h&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z');
    expect(readWindow(query, '30d').kind).toBe('range');
  });

  test('the window before has the same length and ends where this one begins', () => {
    const now = Date.parse('2026-11-25T12:00:00Z');
    const before = shiftWindow({ kind: 'preset', preset: '24h' }, now, -1);
    expect(before.to).toBe('2026-11-24T12:00:00.000Z');
    expect(Date.parse(before.to) - Date.parse(before.from)).toBe(86_400_000);
    expect(bounds({ kind: 'range', ...before }, now).to).toBe(Date.parse(before.to));
  });

  test('a span needs both ends', () => {
    expect(readSpan(new URLSearchParams('at=2026-01-01T00:00Z'))).toBeNull();
  });

  test('empty values are left out of a query', () =>
    expect(queryString({ version: null, segment: 'a=b' })).toBe('?segment=a%3Db'));
});

describe('paths', () => {
  const hostile = '<img src=x onerror=alert(1)>/..%2f?#';

  test('any model name survives the way into a path and back', () => {
    const route = parseRoute(`/${modelPath(hostile, 'drift')}`, '/');
    expect(route).toEqual({ name: 'model', model: hostile, section: 'drift' });
  });

  test('works under a base path, and only there', () => {
    expect(parseRoute('/ml/plumbline/ingest', '/ml/plumbline/').name).toBe('ingest');
    expect(parseRoute('/ml/plumbline', '/ml/plumbline/').name).toBe('fleet');
    expect(parseRoute('/other/ingest', '/ml/plumbline/').name).toBe('missing');
  });

  test.each(['/models', '/models/a/unknown', '/models/a/drift/b', '/nothing', '/models/%E0%A4%A'])(
    '%s is no page',
    (path) => expect(parseRoute(path, '/').name).toBe('missing'),
  );
});
