import type { Cell } from '../../../collectors/sources/files/table-file.ts';

const decimal = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const nonFinite = new Map([
  ['nan', 'NaN'],
  ['inf', 'Infinity'],
  ['+inf', 'Infinity'],
  ['infinity', 'Infinity'],
  ['-inf', '-Infinity'],
  ['-infinity', '-Infinity'],
]);

/** True for a number and for text that is one, `NaN` and infinities included. */
export function isNumeric(cell: Cell): boolean {
  if (typeof cell === 'number') return true;
  return typeof cell === 'string' && (decimal.test(cell) || nonFinite.has(cell.toLowerCase()));
}

const { rawJSON } = JSON as { rawJSON?: (text: string) => unknown };

/**
 * A cell as a JSON number. Digits that a double cannot hold go out as they stand, so that the server refuses the row
 * instead of storing another number; NaN and infinities go as the words the server knows. Anything else stays text.
 */
export function exactNumber(cell: Cell): unknown {
  if (typeof cell !== 'string') return typeof cell === 'number' && !Number.isFinite(cell) ? String(cell) : cell;
  if (!decimal.test(cell)) return nonFinite.get(cell.toLowerCase()) ?? cell;
  const number = Number(cell);
  if (Number.isSafeInteger(number) || !/^-?(0|[1-9]\d*)$/.test(cell)) return Number.isFinite(number) ? number : cell;
  return rawJSON === undefined ? cell : rawJSON(cell);
}

/** A label as text: `1.0` of a floating-point column is the label `1`. */
export function labelText(cell: Cell): string | null {
  if (cell === null) return null;
  return String(cell).replace(/^(-?\d+)\.0+$/, '$1');
}
