import { checkYear, parseTime } from './parse-time.ts';
import { refuse, type RowRefusal } from './row-refusal.ts';
import type { RowContext } from './row-context.ts';

/** When an event happened; the time of receipt when it does not say. Too far ahead of our clock is kept aside. */
export function parseEventTime(time: unknown, context: RowContext, pointer: string): number | RowRefusal {
  const { receivedAt } = context.head;
  if (time === undefined || time === null) return receivedAt;
  const isMillis = context.hasMillisTimes && typeof time === 'number';
  const millis = isMillis ? checkYear(Math.floor(time), pointer) : parseTime(time, pointer);
  if (typeof millis !== 'number' || millis - receivedAt <= context.limits.futureSkewMs) return millis;
  const aheadSeconds = Math.round((millis - receivedAt) / 1000);
  const detail = `${aheadSeconds} s ahead of the collector's clock; kept aside: set the sender's clock, then replay it`;
  return { ...refuse('TIME_TOO_FAR_AHEAD', pointer, detail), isQuarantined: true };
}
