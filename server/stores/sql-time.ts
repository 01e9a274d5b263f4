/** `YYYY-MM-DD hh:mm:ss` in UTC, the form that every DateTime parameter and column reads. */
export function sqlTime(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ');
}

/** The same with milliseconds. */
export function sqlTimeMs(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 23).replace('T', ' ');
}
