import { CodedError } from '../errors.ts';
import { dayMs, hourMs, minuteMs, type Window } from '../domain/window.ts';

const units: Record<string, number> = { m: minuteMs, h: hourMs, d: dayMs, w: 7 * dayMs };

const windowMsMax = 400 * 366 * dayMs;

export type WindowQuery = { window?: string; from?: string; to?: string };

/** Span of a model's events, milliseconds; null before the first event. */
export type Extent = { oldest: number; newest: number } | null;

/**
 * `window=24h` (m, h, d, w) or `all`, or `from` and `to` (RFC 3339). A relative window ends now, or with the newest event
 * when that is older than the whole window: a model that fell silent keeps its last figures, marked by their time.
 *
 * @throws CodedError TIME_WINDOW_INVALID
 */
export function timeWindow(query: WindowQuery, now: number, extent: Extent, fallback = '24h'): Window {
  if (query.from !== undefined || query.to !== undefined) return explicitWindow(query, now);
  const text = query.window ?? fallback;
  if (text === 'all')
    return extent === null ? { from: now - dayMs, to: now } : { from: extent.oldest, to: extent.newest + 1 };
  const match = /^(\d{1,5})([mhdw])$/.exec(text);
  const length = match === null ? 0 : Number(match[1]) * units[match[2]];
  if (length <= 0 || length > windowMsMax) {
    throw new CodedError(
      'TIME_WINDOW_INVALID',
      `window=${text} is not understood: use for example 15m, 24h, 7d, all, or from and to.`,
    );
  }
  const end = extent !== null && extent.newest < now - length ? extent.newest + 1 : now;
  return { from: end - length, to: end };
}

function explicitWindow(query: WindowQuery, now: number): Window {
  const to = query.to === undefined ? now : instant('to', query.to);
  const from = instant('from', query.from ?? '');
  if (from >= to)
    throw new CodedError('TIME_WINDOW_INVALID', 'from must lie before to: windows are half-open, [from, to).');
  return { from, to };
}

function instant(name: string, text: string): number {
  const hasZone = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/.test(text);
  const time = hasZone ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new CodedError(
      'TIME_WINDOW_INVALID',
      `${name}=${text} is not an RFC 3339 time with a zone, like 2026-01-31T00:00:00Z.`,
    );
  }
  return time;
}

const steps = [
  minuteMs,
  5 * minuteMs,
  15 * minuteMs,
  30 * minuteMs,
  hourMs,
  2 * hourMs,
  3 * hourMs,
  6 * hourMs,
  12 * hourMs,
  dayMs,
  7 * dayMs,
  30 * dayMs,
  90 * dayMs,
  365 * dayMs,
];

/** The finest round step that cuts the window into at most `bucketsMax` buckets. */
export function stepFor(window: Window, bucketsMax: number): number {
  const length = window.to - window.from;
  return steps.find((step) => length / step <= bucketsMax) ?? steps[steps.length - 1];
}

/** Starts of the buckets that the window touches, ascending. */
export function bucketStarts(window: Window, stepMs: number): number[] {
  const first = Math.floor(window.from / stepMs) * stepMs;
  const count = Math.max(1, Math.ceil((window.to - first) / stepMs));
  return Array.from({ length: count }, (_, i) => first + i * stepMs);
}

export const isoWindow = (window: Window): { from: string; to: string } => ({
  from: new Date(window.from).toISOString(),
  to: new Date(window.to).toISOString(),
});
