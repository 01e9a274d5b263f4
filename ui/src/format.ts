export type Zone = 'local' | 'utc';

const MINUS = '−';
/** Narrow no-break space: between a number and its unit. */
const THIN = '\u202f';

const significant = new Intl.NumberFormat('en', { maximumSignificantDigits: 3, useGrouping: false });
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });
const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** At most three significant digits, a real minus sign, and an exponent only where zeros would have to be counted. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return 'not a number';
  const size = Math.abs(value);
  if (size >= 1e5) return compact.format(value).replace('-', MINUS);
  if (size >= 1000)
    return whole
      .format(Number(value.toPrecision(3)))
      .replace(/,/g, THIN)
      .replace('-', MINUS);
  if (size > 0 && size < 1e-5) return value.toExponential(1).replace('e-', `e${MINUS}`).replace(/^-/, MINUS);
  // Beside 0.31 a 0.000612 reads as noise; two digits are what such a value is good for.
  if (size < 1e-3)
    return Number(value.toPrecision(2)).toFixed(5).replace(/0+$/, '').replace(/\.$/, '').replace('-', MINUS);
  return significant.format(value).replace('-', MINUS);
}

/** A count of things. 12 400 is shown as 12.4K; the exact figure belongs in a title. */
export function formatCount(n: number): string {
  return n < 10_000 ? whole.format(n).replace(/,/g, THIN) : compact.format(n);
}

export function formatExactCount(n: number): string {
  return whole.format(n).replace(/,/g, THIN);
}

export function formatShare(share: number): string {
  const percent = share * 100;
  if (percent > 0 && percent < 0.1) return `<${THIN}0.1${THIN}%`;
  return `${formatNumber(Number(percent.toPrecision(3)))}${THIN}%`;
}

export function formatPValue(p: number): string {
  return p < 0.001 ? '< 0.001' : Number(p.toPrecision(2)).toString();
}

export function formatRate(perSecond: number): string {
  if (perSecond === 0) return `0${THIN}/s`;
  return perSecond < 0.1 ? `${formatNumber(perSecond * 60)}${THIN}/min` : `${formatNumber(perSecond)}${THIN}/s`;
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${formatNumber(value)}${THIN}${units[unit]}`;
}

export function formatDuration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 100) return `${seconds}${THIN}s`;
  if (seconds < 100 * 60) return `${Math.round(seconds / 60)}${THIN}min`;
  if (seconds < 48 * 3600) return `${Math.round(seconds / 3600)}${THIN}h`;
  return `${Math.round(seconds / 86_400)}${THIN}d`;
}

/** Age of data. A clock that runs a little behind never shows a time in the future as an age. */
export function formatAge(ms: number): string {
  if (ms < -60_000) return `${formatDuration(-ms)} ahead`;
  return `${formatDuration(ms)} ago`;
}

export function formatInterval(lower: number, upper: number, format: (value: number) => string): string {
  return `${format(lower)} – ${format(upper)}`;
}
