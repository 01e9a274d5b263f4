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
