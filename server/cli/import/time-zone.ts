import { usageError } from '../cli-error.ts';

const hourMs = 3_600_000;
const cacheEntriesMax = 100_000;

/**
 * Turns a local time (its fields taken as if they were UTC, milliseconds) into the instant. A time that a change to
 * winter repeats is the earlier one; a time that a change to summer leaves out counts on from before the change.
 *
 * @throws CliError (usage) for a name that is no zone
 */
export function zoneReader(zone: string): (localMs: number) => number {
  const fixed = fixedOffsetMs(zone);
  if (fixed !== null) return (localMs) => localMs - fixed;
  const format = formatFor(zone);
  const offsets = new Map<number, number>();
  // No zone changes within a quarter of an hour, so the offset of a quarter is that of all its moments.
  const offsetAt = (instant: number): number => {
    const quarter = Math.floor(instant / (hourMs / 4));
    let offset = offsets.get(quarter);
    if (offset === undefined) {
      if (offsets.size >= cacheEntriesMax) offsets.clear();
      offsets.set(quarter, (offset = offsetOf(format, quarter * (hourMs / 4))));
    }
    return offset;
  };
  return (localMs) => {
    const before = offsetAt(localMs - 24 * hourMs);
    const after = offsetAt(localMs + 24 * hourMs);
    const candidates = [localMs - before, localMs - after].filter((instant) => instant + offsetAt(instant) === localMs);
    return candidates.length === 0 ? localMs - before : Math.min(...candidates);
  };
}

function fixedOffsetMs(zone: string): number | null {
  if (/^(utc|gmt|z)$/i.test(zone)) return 0;
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone);
  if (match === null) return null;
  const size = Number(match[2]) * hourMs + Number(match[3]) * 60_000;
  return match[1] === '-' ? -size : size;
}

function formatFor(zone: string): Intl.DateTimeFormat {
  try {
    const twoDigits = {
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    } as const;
    return new Intl.DateTimeFormat('en-US', { timeZone: zone, hourCycle: 'h23', year: 'numeric', ...twoDigits });
  } catch {
    throw usageError(
      `--time-zone ${zone} is no time zone: write UTC, an offset like +02:00, or a name like Europe/Berlin.`,
    );
  }
}

function offsetOf(format: Intl.DateTimeFormat, instant: number): number {
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const field = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  const local = Date.UTC(
    field('year'),
    field('month') - 1,
    field('day'),
    field('hour'),
    field('minute'),
    field('second'),
  );
  return local - Math.floor(instant / 1_000) * 1_000;
}
