import { ENGINE_CODES, EngineException } from './engine-exception.ts';
import { tokenizeSql } from './tokenize-sql.ts';
import type { SqlToken } from './tokenize-sql.ts';

/** Which statements may overtake which: writes and DDL run in order, reads beside each other, probes never wait. */
export type Lane = 'read' | 'write' | 'health';

export type Span = { start: number; end: number };

/** Spans count bytes of the text, which is given as latin1 so that data of any encoding stays untouched. */
export type Statement =
  | { kind: 'plain'; lane: Lane; outputFormat: string | undefined }
  | {
      kind: 'insert_data';
      format: string;
      /** Where `FROM INFILE …` belongs: after the table and its columns, before SETTINGS. */
      sourceAt: number;
      /** Where the text of the statement ends; FORMAT and VALUES come after it. */
      statementEnd: number;
      dataStart: number;
      /** The arguments of `input(…)` in an INSERT … SELECT, which is then the place of the data. */
      inputCall: (Span & { structure: string }) | undefined;
    };

const READS = 'SELECT WITH FROM SHOW DESCRIBE DESC EXPLAIN EXISTS CHECK SET USE ('.split(' ');
const PROBE = /^\s*SELECT\s+(1|'ping'|version\(\))\s*;?\s*(FORMAT\s+\w+\s*)?$/i;

/** Reads as far into the statement as is needed to know how to run it; never into the data of an INSERT. */
export function classifyStatement(sql: string): Statement {
  const tokens = tokenizeSql(sql);
  const first = tokens.next();
  if (first.done) throw new EngineException(ENGINE_CODES.SYNTAX_ERROR, 'Syntax error: the query is empty');
  const verb = first.value.text.toUpperCase();
  return verb === 'INSERT' ? classifyInsert(sql, tokens) : classifyPlain(sql, first.value, tokens);
}

function classifyPlain(sql: string, first: SqlToken, tokens: Iterable<SqlToken>): Statement {
  const verb = first.text.toUpperCase();
  const outer = outerTokens(sql, first, tokens);
  const words = outer.map((token) => (token.kind === 'word' ? token.text.toUpperCase() : token.text));
  if (words.some((word, index) => word === 'OUTFILE' && words[index - 1] === 'INTO')) {
    throw new EngineException(ENGINE_CODES.INTO_OUTFILE_NOT_ALLOWED, 'INTO OUTFILE is not allowed');
  }
  return { kind: 'plain', lane: laneOf(sql, verb, words), outputFormat: outputFormatOf(outer, words) };
}

function laneOf(sql: string, verb: string, words: string[]): Lane {
  // KILL must not wait behind the statement it is to end.
  if (verb === 'KILL' || PROBE.test(sql)) return 'health';
  if (verb === 'WITH' && words.includes('INSERT')) return 'write';
  return READS.includes(verb) ? 'read' : 'write';
}

function outputFormatOf(outer: SqlToken[], words: string[]): string | undefined {
  const at = words.lastIndexOf('FORMAT');
  if (at < 0 || outer[at + 1]?.kind !== 'word') return undefined;
  const after = words[at + 2];
  return after === undefined || after === 'SETTINGS' ? outer[at + 1].text : undefined;
}

/** The tokens outside of all brackets. The server takes one statement a request; the engine alone would run them all. */
function outerTokens(sql: string, first: SqlToken, tokens: Iterable<SqlToken>): SqlToken[] {
  const outer = [first];
  let depth = depthChange(first);
  let isEnded = false;
  for (const token of tokens) {
    if (isEnded) throw severalStatements(sql, token);
    depth += depthChange(token);
    isEnded = depth === 0 && token.text === ';';
    if (depth === 0 && !isEnded) outer.push(token);
  }
  return outer;
}

function classifyInsert(sql: string, tokens: Generator<SqlToken, void>): Statement {
  const scan = { depth: skipToTableName(tokens), isSelect: false, isEnded: false, isAfterDot: false };
  const input = new InputCallFinder(sql);
  let sourceAt: number | undefined;
  for (const token of tokens) {
    if (scan.isEnded) throw severalStatements(sql, token);
    scan.depth += depthChange(token);
    input.see(token);
    const word = scan.depth === 0 && token.kind === 'word' && !scan.isAfterDot ? token.text.toUpperCase() : '';
    scan.isAfterDot = token.text === '.';
    scan.isEnded = scan.depth === 0 && token.text === ';';
    if (word === 'INFILE' && !scan.isSelect) throw infileInQuery();
    if (word === 'SELECT' || word === 'WITH') scan.isSelect = true;
    if (word === 'SETTINGS' || word === 'PARTITION') sourceAt ??= token.start;
    const isData = scan.isSelect
      ? word === 'FORMAT' && input.call !== undefined
      : word === 'FORMAT' || word === 'VALUES';
    if (isData) return insertWithData(sql, token, tokens, { sourceAt: sourceAt ?? token.start, inputCall: input.call });
  }
  return { kind: 'plain', lane: 'write', outputFormat: undefined };
}

type InsertPlace = { sourceAt: number; inputCall: (Span & { structure: string }) | undefined };

function insertWithData(sql: string, keyword: SqlToken, tokens: Generator<SqlToken, void>, at: InsertPlace): Statement {
  const place = { kind: 'insert_data' as const, ...at, statementEnd: keyword.start };
  if (keyword.text.toUpperCase() === 'VALUES') return { ...place, format: 'Values', dataStart: keyword.end };
  const name = tokens.next();
  if (name.done || name.value.kind !== 'word') {
    throw new EngineException(ENGINE_CODES.SYNTAX_ERROR, 'Syntax error: FORMAT needs the name of a format');
  }
  return { ...place, format: name.value.text, dataStart: dataStartAfter(sql, name.value.end) };
}

/** Data starts after one line break, or at the first character that is not a blank. */
function dataStartAfter(sql: string, nameEnd: number): number {
  let at = nameEnd;
  while (' \t\f'.includes(sql.charAt(at) || 'x')) at += 1;
  if (sql.charAt(at) === '\r') at += 1;
  if (sql.charAt(at) === '\n') at += 1;
  return at;
}

/** Passes `INTO [TABLE | FUNCTION] name`, so that a table may be called `values`. Returns the depth of brackets. */
function skipToTableName(tokens: Generator<SqlToken, void>): number {
  for (let next = tokens.next(); !next.done; next = tokens.next()) {
    const isNoise = ['INTO', 'TABLE', 'FUNCTION'].includes(next.value.text.toUpperCase());
    if (!isNoise) return depthChange(next.value);
  }
  return 0;
}

class InputCallFinder {
  call: (Span & { structure: string }) | undefined;
  #sql: string;
  #previous: SqlToken | undefined;
  #open: { start: number; argumentsStart: number; depth: number } | undefined;

  constructor(sql: string) {
    this.#sql = sql;
  }

  see(token: SqlToken): void {
    if (this.#open !== undefined) {
      this.#open.depth += depthChange(token);
      if (this.#open.depth === 0) {
        const { start, argumentsStart } = this.#open;
        this.call = { start, end: token.end, structure: this.#sql.slice(argumentsStart, token.start) };
        this.#open = undefined;
      }
    } else if (token.text === '(' && this.#previous?.text === 'input') {
      this.#open = { start: this.#previous.start, argumentsStart: token.end, depth: 1 };
    }
    this.#previous = token;
  }
}

function depthChange(token: SqlToken): number {
  if (token.kind !== 'other') return 0;
  if ('([{'.includes(token.text)) return 1;
  return ')]}'.includes(token.text) ? -1 : 0;
}

function severalStatements(sql: string, token: SqlToken): EngineException {
  const rest = sql.slice(token.start, token.start + 40);
  return new EngineException(
    ENGINE_CODES.SYNTAX_ERROR,
    `Syntax error (Multi-statements are not allowed): failed at position ${token.start + 1}: ${rest}`,
  );
}

function infileInQuery(): EngineException {
  return new EngineException(
    ENGINE_CODES.UNKNOWN_TYPE_OF_QUERY,
    'Query has infile and was send directly to server: send the data as the body of the request instead',
  );
}
