import { describe, expect, it } from 'vitest';
import { quoteIdentifier, quoteString, sessionPrologue } from '../../../server/engine/session-prologue.ts';
import type { SessionRequest } from '../../../server/engine/session-prologue.ts';

const request = (changes: Partial<SessionRequest> = {}): SessionRequest => ({
  database: 'plumbline',
  lane: 'read',
  isReadonly: false,
  settings: new Map(),
  parameters: new Map(),
  limits: { queryMemoryBytesMax: 100, queryTimeoutSeconds: 10, resultBytesMax: 50 },
  ...changes,
});

describe('sessionPrologue', () => {
  it('limits memory, time and result of a request that asks for nothing', () => {
    expect(sessionPrologue(request())).toEqual([
      'USE `plumbline`',
      "SET max_memory_usage = '100', max_execution_time = '10', max_result_bytes = '50'",
    ]);
  });

  it.each([
    ['5', '5'],
    ['0.5', '0.5'],
    ['10', '10'],
    ['11', '10'],
    ['0', '10'],
    ['-1', '10'],
  ])('lets a request lower a limit, never raise it: %s becomes %s', (asked, given) => {
    const settings = new Map([['max_execution_time', asked]]);
    expect(sessionPrologue(request({ settings }))[1]).toContain(`max_execution_time = '${given}'`);
  });

  it('leaves a result that may be cut to the cap on its bytes', () => {
    const settings = new Map([['result_overflow_mode', 'break']]);
    expect(sessionPrologue(request({ settings }))[1]).not.toContain('max_result_bytes');
  });

  it('keeps an insert in one block and does not limit results that it has not', () => {
    const [, set] = sessionPrologue(request({ lane: 'write' }));
    expect(set).toContain("input_format_parallel_parsing = '0', async_insert = '0'");
    expect(set).not.toContain('max_result_bytes');
  });

  it('escapes what could end a string or an identifier', () => {
    expect(quoteString("\\'; DROP TABLE t; --")).toBe("'\\\\\\'; DROP TABLE t; --'");
    expect(quoteString('a\0b')).toBe("'a\\0b'");
    expect(quoteIdentifier('a`; DROP TABLE t; --\\')).toBe('`a\\`; DROP TABLE t; --\\\\`');
  });

  it.each(['max_threads=1, x', "a'", 'A', '1a', 'a b', ''])('refuses the setting name %j', (name) => {
    expect(() => sessionPrologue(request({ settings: new Map([[name, '1']]) }))).toThrow(
      expect.objectContaining({ code: 115 }),
    );
  });

  it.each(['a b', "x='1', max_threads", '1', ''])('refuses the parameter name %j', (name) => {
    expect(() => sessionPrologue(request({ parameters: new Map([[name, '1']]) }))).toThrow(
      expect.objectContaining({ code: 36 }),
    );
  });

  it('sets readonly last, and leaves a stricter readonly alone', () => {
    expect(sessionPrologue(request({ isReadonly: true })).at(-1)).toBe('SET readonly = 2');
    const settings = new Map([['readonly', '1']]);
    expect(sessionPrologue(request({ isReadonly: true, settings })).at(-1)).toContain("readonly = '1'");
  });

  it('lifts the limit of a statement for a long parameter, and puts it back', () => {
    const statements = sessionPrologue(request({ parameters: new Map([['long', 'x'.repeat(300_000)]]) }));
    expect(statements.map((statement) => statement.slice(0, 20))).toEqual([
      'USE `plumbline`',
      'SET max_query_size =',
      "SET param_long = 'xx",
      'SET max_query_size =',
      'SET max_memory_usage',
    ]);
    expect(statements[3]).toBe('SET max_query_size = DEFAULT');
  });
});
