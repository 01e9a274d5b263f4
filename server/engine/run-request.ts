import { randomUUID } from 'node:crypto';
import type { ChdbEngine, EngineResult } from './chdb-adapter.ts';
import { classifyStatement } from './classify-statement.ts';
import type { Lane, Statement } from './classify-statement.ts';
import { ENGINE_CODES, EngineException } from './engine-exception.ts';
import { BodyReader, STATEMENT_BYTES_MAX } from './read-body.ts';
import type { RequestParameters } from './request-parameters.ts';
import { quoteString, sessionPrologue } from './session-prologue.ts';
import type { QueryLimits } from './session-prologue.ts';
import { spoolBody } from './spool-body.ts';
import type { ResultBudget } from './result-budget.ts';
import { killStatements, runStatement } from './run-statement.ts';
import type { WorkLane } from './work-lane.ts';

export type EngineService = {
  engine: ChdbEngine;
  lanes: Record<Lane, WorkLane>;
  results: ResultBudget;
  spoolDirectory: string;
  limits: QueryLimits;
  database: string;
};

export type StatementRequest = {
  parameters: RequestParameters;
  body: BodyReader;
  isReadonly: boolean;
  /** Aborted when the client has gone. */
  signal: AbortSignal;
};

export type StatementAnswer = { result: EngineResult; format: string };

// Enough for any statement that data follows; a longer text is a statement without data.
const HEAD_BYTES = 262_144;

/** Runs the one statement of a request and returns its result whole. */
export async function runRequest(service: EngineService, request: StatementRequest): Promise<StatementAnswer> {
  const { text, statement } = await readStatement(request);
  const lane = statement.kind === 'plain' ? statement.lane : 'write';
  service.lanes[lane].refuseWhenFull();
  if (statement.kind === 'plain') {
    const format = statement.outputFormat ?? request.parameters.defaultFormat;
    return { result: await runInLane(service, request, lane, text.toString('utf8')), format };
  }
  const data = await spoolBody(service.spoolDirectory, text.subarray(statement.dataStart), request.body);
  try {
    const sql = insertFromFile(text, statement, data.path);
    return { result: await runInLane(service, request, lane, sql), format: request.parameters.defaultFormat };
  } finally {
    await data.remove();
  }
}

async function readStatement(request: StatementRequest): Promise<{ text: Buffer; statement: Statement }> {
  const { parameters, body } = request;
  const inUrl = parameters.query === '' ? [] : [Buffer.from(`${parameters.query}\n`)];
  let text = Buffer.concat([...inUrl, await body.take(HEAD_BYTES)]);
  let statement = classifyStatement(text.toString('latin1'));
  if (statement.kind === 'insert_data' || body.isComplete) return { text, statement };
  text = Buffer.concat([text, await body.take(STATEMENT_BYTES_MAX)]);
  if (!body.isComplete && text.length > STATEMENT_BYTES_MAX) {
    throw new EngineException(
      ENGINE_CODES.SYNTAX_ERROR,
      `Max query size exceeded: a statement may have ${STATEMENT_BYTES_MAX} bytes`,
    );
  }
  statement = classifyStatement(text.toString('latin1'));
  return { text, statement };
}

type InsertWithData = Extract<Statement, { kind: 'insert_data' }>;

/** The same INSERT with a file as the source of its data. Line breaks end a comment that may stand before them. */
function insertFromFile(text: Buffer, statement: InsertWithData, path: string): string {
  const part = (start: number, end: number) => text.subarray(start, end).toString('utf8');
  const { inputCall, sourceAt, statementEnd, format } = statement;
  if (inputCall !== undefined) {
    const structure = Buffer.from(inputCall.structure, 'latin1').toString('utf8');
    const source = `file(${quoteString(path)}, ${quoteString(format)}, ${structure})`;
    return `${part(0, inputCall.start)}${source}${part(inputCall.end, statementEnd)}`;
  }
  const source = `FROM INFILE ${quoteString(path)}`;
  return `${part(0, sourceAt)}\n${source}\n${part(sourceAt, statementEnd)}\nFORMAT ${format}`;
}

function runInLane(service: EngineService, request: StatementRequest, lane: Lane, sql: string): Promise<EngineResult> {
  return service.lanes[lane].run(async () => {
    const { parameters, isReadonly, signal } = request;
    const settings = new Map(parameters.settings);
    const canBeKilled = lane === 'read' && !settings.has('log_comment');
    const mark = randomUUID();
    if (canBeKilled) settings.set('log_comment', mark);
    const kill = () => void killStatements(service.engine, `Settings['log_comment'] = ${quoteString(mark)}`);
    if (canBeKilled) signal.addEventListener('abort', kill, { once: true });
    const database = parameters.database ?? service.database;
    const session = { database, lane, isReadonly, settings, parameters: parameters.parameters, limits: service.limits };
    try {
      const run = { prologue: sessionPrologue(session), sql, format: parameters.defaultFormat, signal };
      return checkedSize(await runStatement(service.engine, run), service);
    } finally {
      signal.removeEventListener('abort', kill);
    }
  });
}

function checkedSize(result: EngineResult, service: EngineService): EngineResult {
  const { resultBytesMax } = service.limits;
  if (result.bytes.length <= resultBytesMax) return result;
  throw new EngineException(
    ENGINE_CODES.TOO_MANY_ROWS_OR_BYTES,
    `Limit for result exceeded, max bytes: ${resultBytesMax}, current bytes: ${result.bytes.length}. Read the result in pages with LIMIT`,
  );
}
