import { refuse, type RowRefusal } from './row-refusal.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const ZERO = 48;
const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Milliseconds since the epoch, or why not. */
export function parseTime(value: unknown, pointer: string): number | RowRefusal {
  if (typeof value !== 'string') {
    const detail = 'send RFC 3339 text with an offset, such as "2026-11-22T10:15:30.123Z"; numbers have no known unit';
    return refuse('TIME_INVALID', pointer, detail);
  }
  const millis = parseRfc3339(value);
  if (Number.isNaN(millis)) {
    const detail = `"${value.slice(0, 64)}" is not RFC 3339 with an offset; send such as "2026-11-22T10:15:30.123Z"`;
    return refuse('TIME_INVALID', pointer, detail);
  }
  return checkYear(millis, pointer);
}

export function checkYear(millis: number, pointer: string): number | RowRefusal {
  if (millis >= 0 && millis < Date.UTC(2262, 0, 1)) return millis;
  return refuse('TIME_INVALID', pointer, 'send a time between the years 1970 and 2261');
}

/** RFC 3339 with an offset, fractions cut to milliseconds; a leap second is the first of the next minute. */
export function parseRfc3339(text: string): number {
  if (text.length < 20) return NaN;
  const day = parseDay(text);
  const separator = text.charCodeAt(10);
  if (separator !== 84 && separator !== 116 && separator !== 32) return NaN;
  const hour = twoDigits(text, 11);
  const minute = twoDigits(text, 14);
  const second = twoDigits(text, 17);
  if (text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return NaN;
  if (!(hour <= 23 && minute <= 59 && second <= 60)) return NaN;
  let at = 19;
  let millis = 0;
  if (text.charCodeAt(at) === 46) {
    let scale = 100;
    const start = ++at;
    for (let digit = digitAt(text, at); digit >= 0; digit = digitAt(text, ++at)) {
      if (scale >= 1) millis += digit * scale;
      scale /= 10;
    }
    if (at === start) return NaN;
  }
  const offset = parseOffset(text, at);
  const instant = day + hour * 3_600_000 + minute * MINUTE_MS + second * 1000 + Math.floor(millis) - offset;
  if (second < 60) return instant;
  return instant % DAY_MS < 1000 ? instant : NaN;
}

function parseDay(text: string): number {
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2);
  const month = twoDigits(text, 5);
  const day = twoDigits(text, 8);
  if (text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45 || !(month >= 1 && month <= 12)) return NaN;
  // Date.UTC takes the years 0 to 99 for 1900 to 1999.
  if (year < 100) return NaN;
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = month === 2 && isLeap ? 29 : monthDays[month - 1];
  return day >= 1 && day <= days ? Date.UTC(year, month - 1, day) : NaN;
}

function parseOffset(text: string, at: number): number {
  const sign = text.charCodeAt(at);
  if (sign === 90 || sign === 122) return text.length === at + 1 ? 0 : NaN;
  if ((sign !== 43 && sign !== 45) || text.length !== at + 6 || text.charCodeAt(at + 3) !== 58) return NaN;
  const hours = twoDigits(text, at + 1);
  const minutes = twoDigits(text, at + 4);
  if (!(hours <= 23 && minutes <= 59)) return NaN;
  const offset = hours * 3_600_000 + minutes * MINUTE_MS;
  return sign === 43 ? offset : -offset;
}

function digitAt(text: string, at: number): number {
  const digit = text.charCodeAt(at) - ZERO;
  return digit >= 0 && digit <= 9 ? digit : -1;
}

function twoDigits(text: string, at: number): number {
  const tens = digitAt(text, at);
  const ones = digitAt(text, at + 1);
  return tens < 0 || ones < 0 ? NaN : tens * 10 + ones;
}
