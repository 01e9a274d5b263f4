/** Half-open `[from, to)`, milliseconds since the epoch, on the event time of the prediction. */
export type Window = { from: number; to: number };

export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** The window widened to whole minutes: tallies know nothing finer. */
export function wholeMinutes(window: Window): Window {
  return { from: Math.floor(window.from / minuteMs) * minuteMs, to: Math.ceil(window.to / minuteMs) * minuteMs };
}
