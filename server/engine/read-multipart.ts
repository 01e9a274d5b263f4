import type { IncomingMessage } from 'node:http';
import { ENGINE_CODES, EngineException } from './engine-exception.ts';
import { BodyReader, decodedBody, STATEMENT_BYTES_MAX } from './read-body.ts';

/** Fields of a form: a client sends the query and its parameters this way when they are too long for a URL. */
export async function readMultipart(request: IncomingMessage): Promise<[string, string][]> {
  const reader = new BodyReader(decodedBody(request));
  const bytes = await reader.take(STATEMENT_BYTES_MAX);
  if (!reader.isComplete && bytes.length >= STATEMENT_BYTES_MAX) {
    throw new EngineException(ENGINE_CODES.TOO_MANY_BYTES, `A form may have ${STATEMENT_BYTES_MAX} bytes`, {
      status: 413,
    });
  }
  const headers = { 'content-type': request.headers['content-type'] ?? '' };
  const form = await new Response(new Uint8Array(bytes), { headers }).formData().catch((error: unknown) => {
    throw new EngineException(ENGINE_CODES.BAD_ARGUMENTS, `The form cannot be read: ${String(error)}`);
  });
  return [...form].map(([name, value]) => {
    if (typeof value === 'string') return [name, value];
    throw new EngineException(
      ENGINE_CODES.NOT_IMPLEMENTED,
      'The embedded engine does not support external data tables',
    );
  });
}
