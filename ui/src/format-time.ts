import type { Zone } from './format.ts';

const formats = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: Zone, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = zone + JSON.stringify(options);
  const known = formats.get(key);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-GB', { ...options, ...(zone === 'utc' ? { timeZone: 'UTC' } : {}) });
  formats.set(key, made);
  return made;
}

const TIME: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' };

export function formatClock(at: Date | string, zone: Zone): string {
  return formatter(zone, { ...TIME, second: '2-digit' }).format(new Date(at));
}

export function formatTime(at: Date | string, zone: Zone): string {
  return formatter(zone, TIME).format(new Date(at));
}

export function formatDay(at: Date | string, zone: Zone): string {
  return formatter(zone, { day: 'numeric', month: 'short' }).format(new Date(at));
}

export function formatMoment(at: Date | string, zone: Zone): string {
  return `${formatDay(at, zone)} ${formatTime(at, zone)}`;
}

/** Half-open range; the day is said once where both ends share it. */
export function formatRange(from: string, to: string, zone: Zone): string {
  const sameDay = formatDay(from, zone) === formatDay(to, zone);
  return `${formatMoment(from, zone)} – ${sameDay ? formatTime(to, zone) : formatMoment(to, zone)}`;
}

/** A tick says the day at midnight and the time of day elsewhere, so that an axis reads without a legend. */
export function formatTick(at: Date, zone: Zone): string {
  const midnight = zone === 'utc' ? at.getUTCHours() + at.getUTCMinutes() === 0 : at.getHours() + at.getMinutes() === 0;
  return midnight ? formatDay(at, zone) : formatTime(at, zone);
}

export function zoneName(zone: Zone): string {
  return zone === 'utc' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** Value of a `datetime-local` field in the chosen zone, and back. */
export function toFieldValue(at: string, zone: Zone): string {
  const date = new Date(at);
  const shifted = zone === 'utc' ? date : new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return shifted.toISOString().slice(0, 16);
}

export function fromFieldValue(value: string, zone: Zone): string | null {
  const date = new Date(zone === 'utc' ? `${value}Z` : value);
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}
