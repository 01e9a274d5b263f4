import { dayMs, hourMs, type Window, wholeMinutes } from '../domain/window.ts';

/**
 * A window as whole days, whole hours and minutes at its edges, so that a month costs a few rows.
 * The parts are disjoint and their union is the window; a part with from = to is empty.
 */
export type WindowParts = {
  days: Window;
  hoursBefore: Window;
  hoursAfter: Window;
  minutesBefore: Window;
  minutesAfter: Window;
};

/**
 * @example
 * 10:58 on Monday to 03:05 on Wednesday is: minutes 10:58–11:00, hours 11–24 of Monday, Tuesday, hours 0–3, minutes 3:00–3:05.
 */
export function windowParts(window: Window): WindowParts {
  const { from, to } = wholeMinutes(window);
  const hours = inner({ from, to }, hourMs);
  const days = inner(hours, dayMs);
  return {
    days,
    hoursBefore: { from: hours.from, to: days.from },
    hoursAfter: { from: days.to, to: hours.to },
    minutesBefore: { from, to: hours.from },
    minutesAfter: { from: hours.to, to },
  };
}

/** The largest run of whole units inside the window; empty at the window's end when there is none. */
function inner(window: Window, unitMs: number): Window {
  const from = Math.ceil(window.from / unitMs) * unitMs;
  const to = Math.floor(window.to / unitMs) * unitMs;
  return from < to ? { from, to } : { from: window.to, to: window.to };
}
