/** The codes this door raises or treats by itself; all others pass through from the engine. */
export const ENGINE_CODES = {
  BAD_ARGUMENTS: 36,
  NOT_IMPLEMENTED: 48,
  SYNTAX_ERROR: 62,
  UNKNOWN_TYPE_OF_QUERY: 78,
  UNKNOWN_COMPRESSION_METHOD: 89,
  UNKNOWN_SETTING: 115,
  ZLIB_INFLATE_FAILED: 354,
  TOO_MANY_SIMULTANEOUS_QUERIES: 202,
  NETWORK_ERROR: 210,
  ABORTED: 236,
  NOT_ENOUGH_SPACE: 243,
  TOO_MANY_BYTES: 307,
  INTO_OUTFILE_NOT_ALLOWED: 358,
  TOO_MANY_ROWS_OR_BYTES: 396,
  UNKNOWN_ROLE: 511,
  AUTHENTICATION_FAILED: 516,
  STD_EXCEPTION: 1001,
} as const;

const NAMES = new Map<number, string>(Object.entries(ENGINE_CODES).map(([name, code]) => [code, name]));

/** A failed statement, in ClickHouse's terms: code, name, message, and the HTTP status its server would answer. */
export class EngineException extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(
    code: number,
    message: string,
    more: { codeName?: string; status?: number; headers?: Record<string, string> } = {},
  ) {
    super(message);
    this.name = 'EngineException';
    this.code = code;
    this.codeName = more.codeName ?? NAMES.get(code) ?? 'UNKNOWN_EXCEPTION';
    this.status = more.status ?? httpStatusOf(code);
    this.headers = more.headers ?? {};
  }
}

/** The body of an error response, which clients parse with a regular expression. */
export function exceptionText(exception: EngineException, engineVersion: string): string {
  return `Code: ${exception.code}. DB::Exception: ${exception.message} (${exception.codeName}) (version ${engineVersion} (official build))\n`;
}

/**
 * What the addon throws, as an exception. Its message names code and name once or twice, at both ends:
 * `Code: 33. DB::Exception: Code: 33. DB::Exception: … (NAME) (version …). (NAME)`.
 */
export function exceptionFrom(error: unknown): EngineException {
  if (error instanceof EngineException) return error;
  const text = error instanceof Error ? error.message : String(error);
  const code = /^Code: (\d+)\./.exec(text)?.[1];
  if (code === undefined) return new EngineException(ENGINE_CODES.STD_EXCEPTION, text);
  let message = text.replace(/^(Code: \d+\. DB::(\w+::)?Exception: )+/, '').trimEnd();
  let codeName: string | undefined;
  for (let tail = tailOf(message); tail !== undefined; tail = tailOf(message)) {
    codeName ??= tail.codeName;
    message = message.slice(0, tail.at).trimEnd();
  }
  return new EngineException(Number(code), message, { codeName });
}

function tailOf(message: string): { at: number; codeName: string | undefined } | undefined {
  const match = /\s*\((?:([A-Z][A-Z0-9_]+)|version [^()]*(?:\([^()]*\))?)\)\.?$/.exec(message);
  return match === null ? undefined : { at: match.index, codeName: match[1] };
}

/** The same table as in ClickHouse's `exceptionCodeToHTTPStatus`; whatever it does not list is a 500. */
const STATUS_OF_CODES: [number, number[]][] = [
  [400, [6, 8, 15, 25, 26, 27, 36, 37, 38, 41, 44, 53, 62, 72, 117, 123, 167, 168, 223, 321, 376, 427, 441, 675, 676]],
  [401, [194]],
  [403, [192, 193, 497, 512, 516]],
  [404, [46, 47, 50, 56, 60, 63, 73, 78, 81, 115, 152, 336, 511]],
  [408, [159]],
  [411, [381]],
  [413, [229]],
  [415, [779]],
  [501, [48]],
  [503, [76, 209, 439]],
];
const STATUS_BY_CODE = new Map(STATUS_OF_CODES.flatMap(([status, codes]) => codes.map((code) => [code, status])));

function httpStatusOf(code: number): number {
  return STATUS_BY_CODE.get(code) ?? 500;
}
