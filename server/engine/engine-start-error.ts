export type EngineStartErrorCode = 'engine_directory_locked' | 'engine_directory_newer' | 'engine_start_failed';

/** Why the embedded engine could not start; the message says what to do next. */
export class EngineStartError extends Error {
  readonly code: EngineStartErrorCode;

  constructor(code: EngineStartErrorCode, message: string) {
    super(message);
    this.name = 'EngineStartError';
    this.code = code;
  }
}
