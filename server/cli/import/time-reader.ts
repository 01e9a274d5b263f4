import type { Cell } from '../../../collectors/sources/files/table-file.ts';
import { usageError } from '../cli-error.ts';
import { offsetMinutes, type TimeFields, timePattern } from './time-pattern.ts';
import { zoneReader } from './time-zone.ts';

/** Milliseconds since the epoch, or null for a cell that is no time in the expected form. */
export type TimeReader = (cell: Cell) => number | null;

/** How many units make a millisecond. */
const unixUnits: Record<string, number> = { unix_s: 1e-3, unix_ms: 1, unix_us: 1e3, unix_ns: 1e6 };

const iso =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)? ?(Z|[+-]\d{2}:?\d{2}|UTC)?$/;

/** @throws CliError (usage) for a format or zone that means nothing */
export function timeReader(format: string, zone: string): TimeReader {
  const unit = unixUnits[format.replace('-', '_')];
  if (unit !== undefined) return (cell) => unixTime(cell, unit);
  if (format !== 'iso' && !format.includes('%')) {
    const known = ['iso', ...Object.keys(unixUnits)].join(', ');
    throw usageError(`--time-format ${format} is not known: use ${known}, or a pattern such as %d.%m.%Y %H:%M.`);
  }
  const toInstant = zoneReader(zone);
  const fieldsOf = format === 'iso' ? isoFields : timePattern(format);
  return (cell) => {
    const fields = typeof cell === 'string' ? fieldsOf(cell.trim()) : null;
    return fields === null ? null : instantOf(fields, toInstant);
  };
}

function unixTime(cell: Cell, unit: number): number | null {
  if (cell === null || typeof cell === 'boolean') return null;
  const text = String(cell).trim();
  if (!/^-?\d+(\.\d+)?$/.test(text)) return null;
  // Nanoseconds have more digits than a double: the whole part is divided as an integer.
  const isWhole = !text.includes('.') && unit > 1;
  return isWhole ? Number(BigInt(text) / BigInt(unit)) : Math.floor(Number(text) / unit);
}

function isoFields(text: string): TimeFields | null {
  const match = iso.exec(text);
  if (match === null) return null;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '0', zone] = match;
  return {
    year: Number(year),
    month: Number(month),
    day: Number(day),
    hour: Number(hour),
    minute: Number(minute),
    second: Number(second),
    millisecond: Number(fraction.padEnd(3, '0').slice(0, 3)),
    offsetMinutes: zone === undefined ? null : offsetMinutes(zone),
  };
}

function instantOf(fields: TimeFields, toInstant: (localMs: number) => number): number | null {
  const { year, month, day, hour, minute, second, millisecond, offsetMinutes } = fields;
  const isInRange = year >= 100 && hour <= 23 && minute <= 59 && second <= 60;
  const local = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  // Date.UTC rolls the 31st of April over to May: such a day does not exist.
  const isDay = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && month >= 1 && month <= 12;
  if (!isInRange || !isDay) return null;
  return offsetMinutes === null ? toInstant(local) : local - offsetMinutes * 60_000;
}
