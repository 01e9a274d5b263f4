import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { checkCredentials } from './check-credentials.ts';
import type { Credentials } from './check-credentials.ts';
import { compressBody } from './compress-body.ts';
import { exceptionFrom, exceptionText } from './engine-exception.ts';
import type { EngineException } from './engine-exception.ts';
import { readMultipart } from './read-multipart.ts';
import { BodyReader, decodedBody } from './read-body.ts';
import { requestParameters } from './request-parameters.ts';
import type { RequestParameters } from './request-parameters.ts';
import { runRequest } from './run-request.ts';
import type { EngineService, StatementAnswer } from './run-request.ts';

export type HttpDoorOptions = {
  service: EngineService;
  credentials: Credentials;
  engineVersion: string;
  /** Told about every failed statement; some failures mean that the engine has to be restarted. */
  onException(exception: EngineException): void;
};

const KEEP_ALIVE_SECONDS = 30;
const URL_BYTES_MAX = 1024 * 1024;
const SERVER_NAME = 'plumbline';
const PLAIN_TEXT: Record<string, string> = { '/ping': 'Ok.\n', '/replicas_status': 'Ok.\n' };

/** ClickHouse's HTTP interface in front of the engine. */
export function createHttpDoor(options: HttpDoorOptions): Server {
  const server = createServer({ maxHeaderSize: URL_BYTES_MAX, keepAliveTimeout: KEEP_ALIVE_SECONDS * 1000 });
  // A long insert may be sent slowly; the time it may take is limited when the statement runs.
  server.requestTimeout = 0;
  server.on('request', (request, response) => void answer(options, request, response));
  return server;
}

async function answer(options: HttpDoorOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = URL.parse(`http://localhost${request.url ?? '/'}`);
  if (url === null) return sendText(response, 400, 'The address of the request cannot be read\n');
  const plainText = PLAIN_TEXT[url.pathname];
  if (plainText !== undefined) return sendText(response, 200, plainText);
  if (url.pathname !== '/') return sendText(response, 404, `There is no handle ${url.pathname}\n`);
  let parameters: RequestParameters | undefined;
  try {
    checkCredentials(request.headers, url.searchParams, options.credentials);
    const isMultipart = request.headers['content-type']?.startsWith('multipart/form-data') ?? false;
    const inBody = isMultipart ? await readMultipart(request) : [];
    parameters = requestParameters([...url.searchParams, ...inBody], request.headers, randomUUID);
    const result = await runRequest(options.service, {
      parameters,
      body: new BodyReader(isMultipart ? Readable.from([]) : decodedBody(request)),
      isReadonly: request.method === 'GET' || request.method === 'HEAD',
      signal: abortedWhenClientGoes(response),
    });
    options.service.results.hold(result.result.bytes.length, response);
    await sendResult(request, response, parameters, result);
  } catch (error) {
    const exception = exceptionFrom(error);
    options.onException(exception);
    sendException(response, exception, options.engineVersion, parameters);
  }
}

function abortedWhenClientGoes(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.on('close', () => {
    if (!response.writableFinished) controller.abort();
  });
  return controller.signal;
}

async function sendResult(
  request: IncomingMessage,
  response: ServerResponse,
  parameters: RequestParameters,
  { result, format }: StatementAnswer,
): Promise<void> {
  const accepted = parameters.acceptsCompression ? String(request.headers['accept-encoding'] ?? '') : '';
  const { encoding, bytes } = await compressBody(result.bytes, accepted);
  setCommonHeaders(response, parameters);
  response.setHeader('X-ClickHouse-Format', format);
  response.setHeader('X-ClickHouse-Summary', summary(result));
  response.setHeader('Content-Type', contentTypeOf(format));
  if (encoding !== undefined) response.setHeader('Content-Encoding', encoding);
  response.end(bytes);
}

/**
 * Numbers are strings here, as the server sends them. The engine tells one count only: the rows of a result, or the
 * rows an insert took from its data.
 */
function summary({ bytes, rowsRead, bytesRead, elapsedSeconds }: StatementAnswer['result']): string {
  const hasResult = bytes.length > 0;
  return JSON.stringify({
    read_rows: String(rowsRead),
    read_bytes: String(bytesRead),
    written_rows: String(hasResult ? 0 : rowsRead),
    written_bytes: String(hasResult ? 0 : bytesRead),
    total_rows_to_read: '0',
    result_rows: String(hasResult ? rowsRead : 0),
    result_bytes: String(bytes.length),
    elapsed_ns: String(Math.round(elapsedSeconds * 1e9)),
  });
}

function sendException(
  response: ServerResponse,
  exception: EngineException,
  engineVersion: string,
  parameters: RequestParameters | undefined,
): void {
  if (response.headersSent || response.destroyed) return;
  setCommonHeaders(response, parameters);
  response.setHeader('X-ClickHouse-Exception-Code', String(exception.code));
  for (const [name, value] of Object.entries(exception.headers)) response.setHeader(name, value);
  sendText(response, exception.status, exceptionText(exception, engineVersion));
}

function setCommonHeaders(response: ServerResponse, parameters: RequestParameters | undefined): void {
  response.setHeader('X-ClickHouse-Server-Display-Name', SERVER_NAME);
  response.setHeader('X-ClickHouse-Timezone', 'UTC');
  if (parameters !== undefined) response.setHeader('X-ClickHouse-Query-Id', headerSafe(parameters.queryId));
}

function headerSafe(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/g, '_');
}

function contentTypeOf(format: string): string {
  if (format === 'JSONEachRow' || format.startsWith('JSON')) return 'application/json; charset=UTF-8';
  if (format.startsWith('CSV')) return 'text/csv; charset=UTF-8; header=absent';
  if (format.startsWith('Tab') || format.startsWith('TSV')) return 'text/tab-separated-values; charset=UTF-8';
  return 'application/octet-stream';
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.statusCode = status;
  if (!response.hasHeader('Content-Type')) response.setHeader('Content-Type', 'text/plain; charset=UTF-8');
  response.end(text);
}
