import type { IncomingHttpHeaders } from 'node:http';
import { ENGINE_CODES, EngineException } from './engine-exception.ts';

export type RequestParameters = {
  queryId: string;
  query: string;
  database: string | undefined;
  defaultFormat: string;
  settings: Map<string, string>;
  parameters: Map<string, string>;
  acceptsCompression: boolean;
};

/** Names in the query string that are about the request itself; every other name is a setting. */
const ABOUT_THE_REQUEST = new Set(
  (
    'query query_id database default_format user password quota_key compress decompress ' +
    'session_id session_timeout session_check role stacktrace buffer_size wait_end_of_query'
  ).split(' '),
);

/** Reads the query string and the headers as ClickHouse does. `newQueryId` names a request that names itself not. */
export function requestParameters(
  entries: Iterable<[string, string]>,
  headers: IncomingHttpHeaders,
  newQueryId: () => string,
): RequestParameters {
  const about = new Map<string, string>();
  const settings = new Map<string, string>();
  const parameters = new Map<string, string>();
  for (const [name, value] of entries) {
    if (name.startsWith('param_')) parameters.set(name.slice('param_'.length), value);
    else if (ABOUT_THE_REQUEST.has(name)) about.set(name, value);
    else settings.set(name, value);
  }
  refuseWhatIsNotKept(about);
  return {
    queryId: about.get('query_id') || newQueryId(),
    query: about.get('query') ?? '',
    database: about.get('database') || header(headers, 'x-clickhouse-database'),
    defaultFormat: about.get('default_format') || header(headers, 'x-clickhouse-format') || 'TabSeparated',
    settings,
    parameters,
    acceptsCompression: isTrue(settings.get('enable_http_compression')),
  };
}

/** Better a clear refusal than a request that quietly means something else. */
function refuseWhatIsNotKept(about: Map<string, string>): void {
  if (about.get('session_id')) {
    throw notImplemented('session_id', 'send settings and parameters with each request');
  }
  if (isTrue(about.get('compress')) || isTrue(about.get('decompress'))) {
    throw notImplemented('compress and decompress', 'use Content-Encoding and enable_http_compression');
  }
  const role = about.get('role');
  if (role) throw new EngineException(ENGINE_CODES.UNKNOWN_ROLE, `There is no role \`${role}\` in the embedded engine`);
}

function notImplemented(what: string, instead: string): EngineException {
  return new EngineException(
    ENGINE_CODES.NOT_IMPLEMENTED,
    `The embedded engine does not support ${what}: ${instead}, or use a ClickHouse server`,
  );
}

function header(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) || undefined;
}

function isTrue(value: string | undefined): boolean {
  return value === '1' || value === 'true';
}
