/**
 * A number for a sentence: three significant digits, no exponent where people would not write one.
 * For display only: no verdict is ever taken on a rounded number.
 *
 * @example
 * displayNumber(0.123456); // '0.123'
 * displayNumber(1234567); // '1,234,567'
 */
export function displayNumber(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  const size = Math.abs(value);
  if (size >= 1e-4 && size < 1e6) return String(Number(value.toPrecision(3)));
  return value.toExponential(1);
}
