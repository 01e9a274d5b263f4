import { ENGINE_CODES, EngineException } from './engine-exception.ts';
import type { Lane } from './classify-statement.ts';

export type QueryLimits = {
  queryMemoryBytesMax: number;
  queryTimeoutSeconds: number;
  resultBytesMax: number;
};

export type SessionRequest = {
  database: string;
  lane: Lane;
  isReadonly: boolean;
  settings: Map<string, string>;
  parameters: Map<string, string>;
  limits: QueryLimits;
};

const SETTING_NAME = /^[a-z][a-z0-9_]*$/;
const PARAMETER_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;
// The engine's parser refuses longer statements by default; a long parameter makes its SET statement long.
const DEFAULT_STATEMENT_BYTES_MAX = 262_144;

/**
 * The statements that give a fresh connection what one request asked for: database, limits, settings, parameters.
 * The connection serves that request alone, so nothing outlives it. Names are checked, values are escaped, and
 * the engine binds a parameter by its declared type, so no value can become SQL.
 */
export function sessionPrologue(request: SessionRequest): string[] {
  const settings = effectiveSettings(request);
  const statements = [`USE ${quoteIdentifier(request.database)}`];
  statements.push(...setStatement([...request.parameters].map(([name, value]) => assignParameter(name, value))));
  statements.push(...setStatement([...settings].map(([name, value]) => assignSetting(name, value))));
  // Readonly goes last, because after it nothing can be set; 2 still lets a query carry its own SETTINGS.
  if (request.isReadonly && !isAbove(settings.get('readonly'), 0)) statements.push('SET readonly = 2');
  return statements;
}

function effectiveSettings({ settings, limits, lane }: SessionRequest): Map<string, string> {
  const effective = new Map(settings);
  capSetting(effective, 'max_memory_usage', limits.queryMemoryBytesMax);
  capSetting(effective, 'max_execution_time', limits.queryTimeoutSeconds);
  if (lane === 'write') {
    // One block per insert is what makes it atomic and its retry identical; parallel parsing would cut it.
    setUnlessAsked(effective, 'input_format_parallel_parsing', '0');
    // Asynchronous inserts are on by default, gain nothing here, and have lost rows together with tokens.
    setUnlessAsked(effective, 'async_insert', '0');
  }
  // With the mode 'break' the limit would shorten a result silently; its size is then checked when it is complete.
  if (lane !== 'write' && effective.get('result_overflow_mode') !== 'break') {
    capSetting(effective, 'max_result_bytes', limits.resultBytesMax);
  }
  return effective;
}

function setUnlessAsked(settings: Map<string, string>, name: string, value: string): void {
  if (!settings.has(name)) settings.set(name, value);
}

/** A request may lower a limit, never raise it; 0 means "no limit" to the engine. */
function capSetting(settings: Map<string, string>, name: string, max: number): void {
  const asked = Number(settings.get(name) ?? 0);
  if (Number.isNaN(asked)) return;
  if (asked <= 0 || asked > max) settings.set(name, String(max));
}

function isAbove(value: string | undefined, floor: number): boolean {
  return value !== undefined && Number(value) > floor;
}

function setStatement(assignments: string[]): string[] {
  if (assignments.length === 0) return [];
  const statement = `SET ${assignments.join(', ')}`;
  const bytes = Buffer.byteLength(statement);
  if (bytes < DEFAULT_STATEMENT_BYTES_MAX) return [statement];
  return [`SET max_query_size = ${bytes + 1}`, statement, 'SET max_query_size = DEFAULT'];
}

function assignSetting(name: string, value: string): string {
  if (!SETTING_NAME.test(name)) {
    throw new EngineException(ENGINE_CODES.UNKNOWN_SETTING, `Unknown setting '${name}'`);
  }
  return `${name} = ${quoteString(value)}`;
}

function assignParameter(name: string, value: string): string {
  if (!PARAMETER_NAME.test(name)) {
    throw new EngineException(
      ENGINE_CODES.BAD_ARGUMENTS,
      `The name of a query parameter must match ${PARAMETER_NAME.source}, got 'param_${name}'`,
    );
  }
  return `param_${name} = ${quoteString(value)}`;
}

export function quoteString(value: string): string {
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`;
}

export function quoteIdentifier(name: string): string {
  return `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``;
}
