import type { DeadLetter, IdempotencyRecord } from '../domain/batch.ts';
import type { Window } from '../domain/window.ts';

export type AccountSum = { source: string; outcome: string; code: string; n: number; lastMinute: number };

export type StoredDeadLetter = DeadLetter & { replayedAt: number | null };

export type RejectedQuery = {
  model: string;
  code: string;
  before: { receivedAt: number; id: string } | null;
  limit: number;
};

/** What became of received events: accounts, dead letters, answers under an Idempotency-Key. */
export type AccountStore = {
  sums(window: Window): Promise<AccountSum[]>;
  rejected(query: RejectedQuery): Promise<StoredDeadLetter[]>;
  rejectedById(ids: readonly string[]): Promise<StoredDeadLetter[]>;
  markReplayed(letters: readonly StoredDeadLetter[], at: number): Promise<void>;
  recentAnswers(): Promise<IdempotencyRecord[]>;
  newestEvents(): Promise<
    { model: string; oldestOccurredAt: number; newestOccurredAt: number; newestFoldedAt: number }[]
  >;
};
