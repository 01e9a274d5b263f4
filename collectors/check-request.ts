import type { CollectorLimits, IngestRequest, IngestResult } from './collector-types.ts';
import type { BodyFormat } from './worker/worker-messages.ts';

const formats = new Map<string, BodyFormat>([
  ['application/json', 'json'],
  ['application/x-ndjson', 'ndjson'],
  ['application/ndjson', 'ndjson'],
  ['application/jsonl', 'ndjson'],
  ['application/x-jsonlines', 'ndjson'],
  ['application/vnd.apache.arrow.stream', 'arrow'],
]);

type Refusal = Exclude<IngestResult, { status: 202 }>;

/** What can be said of a request before its body is read. */
export function checkRequest(request: IngestRequest, limits: CollectorLimits): BodyFormat | Refusal {
  const format = formats.get(request.contentType.split(';')[0].trim().toLowerCase());
  if (!format) {
    const detail = `"${request.contentType.slice(0, 80)}" is not read here; send ${[...formats.keys()].join(', ')}`;
    return { status: 415, code: 'CONTENT_TYPE_UNSUPPORTED', detail };
  }
  const encoding = request.contentEncoding?.trim().toLowerCase() ?? '';
  if (!['', 'identity', 'gzip', 'x-gzip'].includes(encoding)) {
    const detail = `content encoding "${encoding.slice(0, 40)}" is not read here; send gzip or no encoding`;
    return { status: 415, code: 'CONTENT_ENCODING_UNSUPPORTED', detail };
  }
  const { byteLength } = request.body;
  if (byteLength === 0)
    return { status: 400, code: 'BODY_EMPTY', detail: 'the body is empty; send at least one record' };
  if (byteLength <= limits.bodyBytesMax) return format;
  const detail = `the body has ${byteLength} bytes, more than ${limits.bodyBytesMax} (bodyBytesMax); send smaller batches`;
  return { status: 413, code: 'BODY_TOO_LARGE', detail };
}
