/** Stands where a literal such as 9007199254740993 was, which no double can hold. */
export const inexactInteger = Symbol('inexact integer');

type ReviverContext = { source?: string };

/** `JSON.parse` that marks integer literals whose exact value a double cannot hold. Slow: only for rows that need it. */
export function parseMarkingInexact(text: string): unknown {
  const mark = (_key: string, value: unknown, { source }: ReviverContext): unknown =>
    typeof value === 'number' && source !== undefined && isInexact(value, source) ? inexactInteger : value;
  return JSON.parse(text, mark as (key: string, value: unknown) => unknown);
}

export function isBeyondExact(value: number): boolean {
  return value > Number.MAX_SAFE_INTEGER || value < -Number.MAX_SAFE_INTEGER;
}

function isInexact(value: number, source: string): boolean {
  if (!isBeyondExact(value) || !Number.isFinite(value) || !/^-?\d+$/.test(source)) return false;
  return BigInt(source) !== BigInt(value);
}
