import { ENGINE_CODES, EngineException } from './engine-exception.ts';

export type SqlToken = {
  kind: 'word' | 'string' | 'quoted' | 'other';
  text: string;
  start: number;
  end: number;
};

const WORD_START = /[A-Za-z_\u0080-\uffff]/;
const WORD = /[A-Za-z0-9_$\u0080-\uffff]*/y;
const NUMBER = /[0-9][0-9A-Za-z_.]*/y;
const HEREDOC_TAG = /\$[A-Za-z0-9_]*\$/y;

/**
 * Tokens of ClickHouse SQL, one at a time, so that a caller can stop where the data of an INSERT begins.
 * Comments and blanks are left out. An unfinished string runs to the end of the text: the engine then says why.
 */
export function* tokenizeSql(sql: string): Generator<SqlToken, void> {
  let at = 0;
  while ((at = skipBlanksAndComments(sql, at)) < sql.length) {
    const token = tokenAt(sql, at);
    // The engine would take it for the end of the text and leave out the rest in silence.
    if (token.text === '\0') {
      throw new EngineException(ENGINE_CODES.SYNTAX_ERROR, `Syntax error: failed at position ${at + 1}: a zero byte`);
    }
    yield token;
    at = token.end;
  }
}

function skipBlanksAndComments(sql: string, from: number): number {
  let at = from;
  for (;;) {
    while (at < sql.length && /\s/.test(sql.charAt(at))) at += 1;
    if (sql.startsWith('--', at) || sql.startsWith('# ', at) || sql.startsWith('#!', at)) at = endOfLine(sql, at);
    else if (sql.startsWith('/*', at)) at = endOfBlockComment(sql, at);
    else return at;
  }
}

function endOfLine(sql: string, from: number): number {
  const newline = sql.indexOf('\n', from);
  return newline < 0 ? sql.length : newline + 1;
}

function endOfBlockComment(sql: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < sql.length) {
    if (sql.startsWith('/*', at)) depth += 1;
    else if (sql.startsWith('*/', at)) depth -= 1;
    else {
      at += 1;
      continue;
    }
    at += 2;
    if (depth === 0) return at;
  }
  return sql.length;
}

function tokenAt(sql: string, start: number): SqlToken {
  const first = sql.charAt(start);
  if (first === "'") return token(sql, 'string', start, endOfQuoted(sql, start));
  if (first === '`' || first === '"') return token(sql, 'quoted', start, endOfQuoted(sql, start));
  if (first === '$') return token(sql, 'string', start, endOfHeredoc(sql, start));
  if (WORD_START.test(first)) return token(sql, 'word', start, matchEnd(WORD, sql, start));
  if (/[0-9]/.test(first)) return token(sql, 'other', start, matchEnd(NUMBER, sql, start));
  return token(sql, 'other', start, start + 1);
}

function token(sql: string, kind: SqlToken['kind'], start: number, end: number): SqlToken {
  return { kind, text: sql.slice(start, end), start, end };
}

function matchEnd(pattern: RegExp, sql: string, start: number): number {
  pattern.lastIndex = start;
  return pattern.test(sql) ? pattern.lastIndex : start + 1;
}

/** A quote is closed by itself unless a backslash stands before it or it is doubled. */
function endOfQuoted(sql: string, start: number): number {
  const quote = sql.charAt(start);
  let at = start + 1;
  while (at < sql.length) {
    const character = sql.charAt(at);
    if (character === '\\') at += 2;
    else if (character !== quote) at += 1;
    else if (sql.charAt(at + 1) === quote) at += 2;
    else return at + 1;
  }
  return sql.length;
}

function endOfHeredoc(sql: string, start: number): number {
  HEREDOC_TAG.lastIndex = start;
  if (!HEREDOC_TAG.test(sql)) return start + 1;
  const tag = sql.slice(start, HEREDOC_TAG.lastIndex);
  const close = sql.indexOf(tag, HEREDOC_TAG.lastIndex);
  return close < 0 ? sql.length : close + tag.length;
}
