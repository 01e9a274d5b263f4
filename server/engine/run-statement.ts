import type { ChdbEngine, EngineResult } from './chdb-adapter.ts';
import { ENGINE_CODES, EngineException, exceptionFrom } from './engine-exception.ts';

export type StatementRun = { prologue: string[]; sql: string; format: string; signal?: AbortSignal };

/** A fresh connection for each request costs a tenth of a millisecond, and nothing of a request can outlive it. */
export async function runStatement(
  engine: ChdbEngine,
  { prologue, sql, format, signal }: StatementRun,
): Promise<EngineResult> {
  const connection = engine.connect();
  try {
    for (const statement of prologue) await connection.run(statement, 'Null');
    // Nobody waits for the answer any more; a retry of an insert brings the same token.
    if (signal?.aborted) throw new EngineException(ENGINE_CODES.ABORTED, 'The client has gone');
    return await connection.run(sql, format);
  } catch (error) {
    throw exceptionFrom(error);
  } finally {
    connection.close();
  }
}

/**
 * Ends running statements that match a condition on `system.processes`. The addon cannot interrupt a statement, but
 * the engine itself can, asked over another connection.
 */
export async function killStatements(engine: ChdbEngine, condition: string): Promise<void> {
  const run = { prologue: [], sql: `KILL QUERY WHERE ${condition} ASYNC`, format: 'Null' };
  // A statement that cannot be killed ends at its time limit.
  await runStatement(engine, run).catch(() => undefined);
}
