import { describe, expect, it } from 'vitest';
import { EngineException, exceptionFrom, exceptionText } from '../../../server/engine/engine-exception.ts';

describe('exceptionFrom', () => {
  it.each([
    [
      "Code: 115. DB::Exception: Unknown setting 'x'. (UNKNOWN_SETTING)",
      115,
      'UNKNOWN_SETTING',
      "Unknown setting 'x'.",
      404,
    ],
    [
      'Code: 33. DB::Exception: Code: 33. DB::Exception: Cannot read all data: parsed (of 3). (CANNOT_READ_ALL_DATA) (version 26.7.2.1). (CANNOT_READ_ALL_DATA)',
      33,
      'CANNOT_READ_ALL_DATA',
      'Cannot read all data: parsed (of 3).',
      500,
    ],
    [
      'Code: 62. DB::Exception: Syntax error (Multi). (SYNTAX_ERROR) (version 26.7.2.1 (official build))',
      62,
      'SYNTAX_ERROR',
      'Syntax error (Multi).',
      400,
    ],
    [
      'Code: 159. DB::Exception: Timeout exceeded. (TIMEOUT_EXCEEDED)',
      159,
      'TIMEOUT_EXCEEDED',
      'Timeout exceeded.',
      408,
    ],
    ['Code: 48. DB::Exception: No. (NOT_IMPLEMENTED)', 48, 'NOT_IMPLEMENTED', 'No.', 501],
    ['something else', 1001, 'STD_EXCEPTION', 'something else', 500],
  ])('reads %j', (text, code, codeName, message, status) => {
    expect(exceptionFrom(new Error(text))).toMatchObject({ code, codeName, message, status });
  });

  it('passes on what is one already', () => {
    const exception = new EngineException(62, 'as it is');
    expect(exceptionFrom(exception)).toBe(exception);
  });
});

describe('exceptionText', () => {
  it('has the form that clients parse', () => {
    const text = exceptionText(new EngineException(62, 'Syntax error: no'), '26.7.2.1');
    expect(text).toBe('Code: 62. DB::Exception: Syntax error: no (SYNTAX_ERROR) (version 26.7.2.1 (official build))\n');
  });
});
