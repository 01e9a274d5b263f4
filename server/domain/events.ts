/**
 * Accepted events as columns. One frame is what one group commit holds; one batch is all frames of a segment.
 * Lists are ragged: row i of a list lives at `[offsets[i], offsets[i + 1])` of its values.
 */
export type RaggedNumbers = { offsets: Int32Array; values: Float64Array };
/** Codes into the frame's string dictionary; -1 is null. */
export type RaggedCodes = { offsets: Int32Array; codes: Int32Array };

export type PredictionColumns = {
  rows: number;
  /** Strings that occur in coded columns. */
  dictionary: string[];
  model: Int32Array;
  modelVersion: Int32Array;
  /** High-cardinality text: UTF-8 bytes with offsets. */
  predictionId: { offsets: Int32Array; bytes: Uint8Array };
  /** Milliseconds since the epoch, UTC. */
  occurredAt: Float64Array;
  receivedAt: Float64Array;
  /** Features by position, missing is NaN; really logged NaN or infinities are listed in `nonFinite`. */
  numeric: RaggedNumbers;
  categorical: RaggedCodes;
  /** Ordinals of features whose value was NaN or infinite, and of those that had another type than the schema's. */
  nonFinite: RaggedNumbers;
  mismatched: RaggedNumbers;
  score: Float64Array;
  scores: RaggedNumbers;
  label: Int32Array;
  value: Float64Array;
  latencyMs: Float64Array;
  segments: RaggedCodes;
  groups: RaggedCodes;
};

export type FeedbackColumns = {
  rows: number;
  dictionary: string[];
  model: Int32Array;
  predictionId: { offsets: Int32Array; bytes: Uint8Array };
  label: Int32Array;
  value: Float64Array;
  observedAt: Float64Array;
  receivedAt: Float64Array;
  revision: Float64Array;
};

/** What happened to received events, counted per (minute, source, model). */
export type IngestOutcome = 'accepted' | 'duplicate' | 'rejected' | 'late' | 'quarantined' | 'unmatched';

export type RejectionCode =
  | 'INVALID_JSON'
  | 'NOT_AN_OBJECT'
  | 'MODEL_MISSING'
  | 'MODEL_UNKNOWN'
  | 'MODEL_NAME_INVALID'
  | 'ID_INVALID'
  | 'TIME_INVALID'
  | 'TIME_TOO_FAR_AHEAD'
  | 'FEATURES_INVALID'
  | 'FEATURE_NAME_RESERVED'
  | 'FEATURE_VALUE_INVALID'
  | 'TOO_MANY_FEATURES'
  | 'INTEGER_PRECISION'
  | 'STRING_TOO_LONG'
  | 'TOO_DEEP'
  | 'LINE_TOO_LONG'
  | 'PREDICTION_MISSING'
  | 'PREDICTION_INVALID'
  | 'SCORE_OUT_OF_RANGE'
  | 'LABEL_MISSING'
  | 'LABEL_INVALID'
  | 'ATTRIBUTE_INVALID'
  | 'CLASS_LIMIT'
  | 'MODEL_LIMIT';

/** One event that was refused alone; the rest of its request went on. */
export type Rejection = { index: number; code: RejectionCode; pointer: string; detail: string };
