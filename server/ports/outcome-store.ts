import type { Outcome } from '../domain/outcome.ts';

/** A feedback statement that wins for its id, the prediction it speaks of, and the outcome that counts now. */
export type JoinedFeedback = {
  model: string;
  predictionId: string;
  label: string | null;
  value: number;
  prediction: {
    occurredAt: number;
    version: string;
    score: number;
    scores: number[];
    label: string | null;
    value: number;
    segments: (string | null)[];
    groups: (string | null)[];
  } | null;
  current: { predicted: string; actual: string; actualValue: number; isRevision: boolean } | null;
};

export type OutcomeStore = {
  /** Joins the feedback of one stored batch with predictions and current outcomes. */
  joinBatch(feedbackBatchId: string): Promise<JoinedFeedback[]>;
  joinIds(ids: readonly (readonly [model: string, predictionId: string])[]): Promise<JoinedFeedback[]>;
  /** Feedback whose prediction is not there (yet), at most `limit`. */
  unpaired(limit: number): Promise<[model: string, predictionId: string][]>;
  /** The insert body for `outcomes`, to be frozen in the journal before it is sent. */
  encode(outcomes: readonly Outcome[], batchId: string): Uint8Array;
  decode(body: Uint8Array): Outcome[];
};
