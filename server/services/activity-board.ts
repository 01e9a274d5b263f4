import type { Extent } from './time-window.ts';

/** What is known of a model's traffic without asking the store: its newest events and its pace. */
export type ModelActivityNow = { oldestOccurredAt: number; newestOccurredAt: number; newestReceivedAt: number };

/** Remembers the span of events per model; filled from the commit log at start and by every batch. */
export type ActivityBoard = {
  note(model: string, span: { from: number; to: number }, receivedAt: number): void;
  of(model: string): ModelActivityNow | null;
  extent(model: string): Extent;
};

export function activityBoard(known: Iterable<[model: string, activity: ModelActivityNow]> = []): ActivityBoard {
  const board = new Map<string, ModelActivityNow>(known);
  return {
    note(model, span, receivedAt) {
      const before = board.get(model);
      board.set(model, {
        oldestOccurredAt: Math.min(before?.oldestOccurredAt ?? Infinity, span.from),
        newestOccurredAt: Math.max(before?.newestOccurredAt ?? -Infinity, span.to - 1),
        newestReceivedAt: Math.max(before?.newestReceivedAt ?? 0, receivedAt),
      });
    },
    of: (model) => board.get(model) ?? null,
    extent(model) {
      const activity = board.get(model);
      return activity === undefined ? null : { oldest: activity.oldestOccurredAt, newest: activity.newestOccurredAt };
    },
  };
}
