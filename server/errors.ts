/** Every error that can leave the service: HTTP status, title, and whether trying again can help. */
export const errorCatalogue = {
  BAD_REQUEST: { status: 400, title: 'The request cannot be read', retryable: false },
  VALIDATION_FAILED: { status: 400, title: 'The request does not fit its schema', retryable: false },
  BODY_EMPTY: { status: 400, title: 'The body is empty', retryable: false },
  INVALID_JSON: { status: 400, title: 'The body is not JSON', retryable: false },
  INVALID_GZIP: { status: 400, title: 'The body cannot be inflated', retryable: false },
  INVALID_ARROW: { status: 400, title: 'The body is not an Arrow IPC stream', retryable: false },
  TOO_DEEP: { status: 400, title: 'The body is nested too deeply', retryable: false },
  COLUMN_INVALID: { status: 400, title: 'A column cannot be read', retryable: false },
  COLUMNS_UNEQUAL: { status: 400, title: 'Columns differ in length', retryable: false },
  TIME_WINDOW_INVALID: { status: 400, title: 'The time window cannot be used', retryable: false },
  UNAUTHENTICATED: { status: 401, title: 'Sign in or send a key', retryable: false },
  LOGIN_TOKEN_INVALID: { status: 401, title: 'The login link is used up or wrong', retryable: false },
  FORBIDDEN: { status: 403, title: 'Not allowed', retryable: false },
  NOT_FOUND: { status: 404, title: 'There is nothing at this address', retryable: false },
  MODEL_NOT_FOUND: { status: 404, title: 'No such model', retryable: false },
  FEATURE_NOT_FOUND: { status: 404, title: 'No such feature', retryable: false },
  REFERENCE_NOT_FOUND: { status: 404, title: 'No such reference', retryable: false },
  KEY_NOT_FOUND: { status: 404, title: 'No such key', retryable: false },
  METHOD_NOT_ALLOWED: { status: 405, title: 'Not with this method', retryable: false },
  MODEL_EXISTS: { status: 409, title: 'The model exists already', retryable: false },
  IDEMPOTENCY_CONFLICT: { status: 409, title: 'The Idempotency-Key was used with another body', retryable: false },
  REFERENCE_EMPTY: { status: 409, title: 'Too few predictions for a reference', retryable: false },
  BODY_TOO_LARGE: { status: 413, title: 'The body is over a limit', retryable: false },
  TOO_MANY_RECORDS: { status: 413, title: 'The body holds too many records', retryable: false },
  UNSUPPORTED_CONTENT: { status: 415, title: 'Content type or encoding not accepted', retryable: false },
  CONTENT_TYPE_UNSUPPORTED: { status: 415, title: 'Content type not accepted', retryable: false },
  CONTENT_ENCODING_UNSUPPORTED: { status: 415, title: 'Content encoding not accepted', retryable: false },
  WRONG_HOST: { status: 421, title: 'Not the host this server answers for', retryable: false },
  ALL_REJECTED: { status: 422, title: 'Every record was rejected', retryable: false },
  TOO_MANY_REQUESTS: { status: 429, title: 'Too many requests', retryable: true },
  INTERNAL: { status: 500, title: 'Something failed on our side', retryable: true },
  UNAVAILABLE: { status: 503, title: 'Not available right now', retryable: true },
  STORAGE_UNAVAILABLE: { status: 503, title: 'Storage does not answer right now', retryable: true },
  SHUTTING_DOWN: { status: 503, title: 'The server is stopping', retryable: true },
  COLLECTOR_BUSY: { status: 503, title: 'Too many bodies are waiting', retryable: true },
  REGISTRY_UNAVAILABLE: { status: 503, title: 'Models cannot be registered right now', retryable: true },
  JOURNAL_UNAVAILABLE: { status: 503, title: 'The journal cannot be written', retryable: true },
  PARSER_RESTARTED: { status: 503, title: 'The body was not taken', retryable: true },
  JOURNAL_FULL: { status: 503, title: 'The journal is full', retryable: true },
  DISK_FULL: { status: 507, title: 'The disk is full', retryable: true },
} as const satisfies Record<string, { status: number; title: string; retryable: boolean }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** An error of the catalogue. `detail` is for the caller and says what to do next. */
export class CodedError extends Error {
  readonly code: ErrorCode;
  readonly retryAfterSeconds: number | null;

  constructor(code: ErrorCode, detail: string, retryAfterSeconds: number | null = null) {
    super(detail);
    this.code = code;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
