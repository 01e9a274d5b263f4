/** A scalar as JSON text; numbers that JSON has no literal for become text instead of null. */
export function jsonTextOf(value: unknown): string {
  return JSON.stringify(typeof value === 'number' && !Number.isFinite(value) ? String(value) : value);
}
