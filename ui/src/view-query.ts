export const PRESETS = ['1h', '24h', '7d', '30d', 'all'] as const;
export type Preset = (typeof PRESETS)[number];

export type TimeWindow = { kind: 'preset'; preset: Preset } | { kind: 'range'; from: string; to: string };

/** `all` is bounded by the events themselves, on the server; here ten years stand for it. */
const PRESET_MS: Record<Preset, number> = { '1h': 3.6e6, '24h': 8.64e7, '7d': 6.048e8, '30d': 2.592e9, all: 3.156e11 };

function moment(text: string | null): string | null {
  const at = text === null ? NaN : Date.parse(text);
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** A window from the URL; anything unreadable falls back, so that an old or cut link still opens. */
export function readWindow(query: URLSearchParams, fallback: Preset): TimeWindow {
  const from = moment(query.get('from'));
  const to = moment(query.get('to'));
  if (from && to && from < to) return { kind: 'range', from, to };
  const preset = PRESETS.find((known) => known === query.get('window'));
  return { kind: 'preset', preset: preset ?? fallback };
}

/** The span of heatmap columns that is compared with the reference instead of the last day. */
export function readSpan(query: URLSearchParams): { from: string; to: string } | null {
  const from = moment(query.get('at'));
  const to = moment(query.get('until'));
  return from && to && from < to ? { from, to } : null;
}

export function windowParams(window: TimeWindow): Record<string, string> {
  return window.kind === 'preset' ? { window: window.preset } : { from: window.from, to: window.to };
}

export function bounds(window: TimeWindow, now: number): { from: number; to: number } {
  if (window.kind === 'range') return { from: Date.parse(window.from), to: Date.parse(window.to) };
  return { from: now - PRESET_MS[window.preset], to: now };
}

/** The window before or after, of the same length: it becomes absolute, because it no longer ends now. */
export function shiftWindow(window: TimeWindow, now: number, direction: -1 | 1): { from: string; to: string } {
  const { from, to } = bounds(window, now);
  const step = (to - from) * direction;
  return { from: new Date(from + step).toISOString(), to: new Date(to + step).toISOString() };
}

export function queryString(params: Record<string, string | null>): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(params)) if (value !== null) search.set(key, value);
  const text = search.toString();
  return text ? `?${text}` : '';
}
