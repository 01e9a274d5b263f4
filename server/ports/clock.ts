/** Milliseconds since the epoch, UTC, and a monotonic clock for durations. */
export type Clock = { now(): number; monotonicMs(): number };
