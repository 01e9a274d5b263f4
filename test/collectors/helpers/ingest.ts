import { tableFromIPC } from 'apache-arrow';
import type { UnknownModelPolicy } from '../../../server/ports/schema-source.ts';
import type { EventKind, IngestResult } from '../../../collectors/collector-types.ts';
import { collectorLimitsDefault } from '../../../collectors/collector-limits-default.ts';
import type { CollectorLimits } from '../../../collectors/collector-types.ts';
import { endOfStream, schemaMessages } from '../../../collectors/columns/arrow-stream-ends.ts';
import { decodeFrame, scanFrames, type FrameHeader } from '../../../collectors/journal/frame.ts';
import { RequestProcessor } from '../../../collectors/worker/request-processor.ts';
import type { BodyFormat, RequestHead } from '../../../collectors/worker/worker-messages.ts';
import { fakeSchemaSource, type FakeSchemaSource } from '../fakes/fake-schema-source.ts';

export const receivedAt = Date.UTC(2026, 10, 22, 12, 0, 0);
export const batchId = '0123456789abcdef0123456789abcdef';

export type Row = Record<string, unknown>;
export type Ingested = { result: IngestResult; rows: Row[]; header: FrameHeader | null; stream: Buffer };
export type Ingest = {
  schema: FakeSchemaSource;
  prediction(body: unknown, overrides?: Partial<RequestHead>): Promise<Ingested>;
  feedback(body: unknown, overrides?: Partial<RequestHead>): Promise<Ingested>;
};

type Settings = { limits?: Partial<CollectorLimits>; unknownModels?: UnknownModelPolicy };

/** One parser without its thread: what goes in as bytes comes out as the rows, counts and answers of a frame. */
export function createIngest({ limits = {}, unknownModels = 'register' }: Settings = {}): Ingest {
  const schema = fakeSchemaSource();
  const processor = new RequestProcessor(
    { limits: { ...collectorLimitsDefault, ...limits }, unknownModels },
    async (p) => {
      try {
        await schema.extend(p);
        return true;
      } catch {
        return false;
      }
    },
  );
  schema.onChange((models) => {
    processor.book.apply(
      models,
      models.map(({ id }) => ({ model: id, versions: [...schema.knownVersions(id)] })),
    );
  });
  const ingest = async (kind: EventKind, body: unknown, overrides: Partial<RequestHead> = {}): Promise<Ingested> => {
    const bytes = bytesOf(body);
    const storage = new ArrayBuffer(bytes.byteLength);
    new Uint8Array(storage).set(bytes);
    const format: BodyFormat = typeof body === 'string' ? 'ndjson' : 'json';
    const head: RequestHead = {
      kind,
      format,
      offset: 0,
      byteLength: bytes.byteLength,
      source: 'test',
      receivedAt,
      idempotency: null,
      defaultModel: 'm',
      defaultVersion: null,
      allowedModels: null,
      ...overrides,
    };
    const position = { batchId, rowOffset: 0 };
    const positions = { predictions: position, feedback: position };
    const message = { type: 'parse' as const, storage, requests: [head], positions, mustForgetRecent: false };
    const { parts, results } = await processor.process(message);
    return { result: results[0], ...readPart(parts[0]) };
  };
  return {
    schema,
    prediction: (body, overrides) => ingest('prediction', body, overrides),
    feedback: (body, overrides) => ingest('feedback', body, overrides),
  };
}

/** Strings are NDJSON, bytes go as they are, anything else becomes JSON. */
function bytesOf(body: unknown): Uint8Array {
  if (body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function readPart(part: { kind: 'predictions' | 'feedback'; frame: Uint8Array } | undefined): Omit<Ingested, 'result'> {
  if (!part) return { rows: [], header: null, stream: Buffer.alloc(0) };
  const { header, body } = decodeFrame(scanFrames(part.frame).frames[0]);
  const stream = Buffer.concat([schemaMessages[part.kind], body, endOfStream]);
  return { rows: rowsOf(stream), header, stream };
}

/** The rows of an insert body with plain arrays and objects. */
export function rowsOf(stream: Uint8Array): Row[] {
  const table = tableFromIPC(stream);
  const names = table.schema.fields.map(({ name }) => name);
  return Array.from({ length: table.numRows }, (_, i) =>
    Object.fromEntries(names.map((name) => [name, plain(table.getChild(name)?.get(i))])),
  );
}

function plain(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const { toJSON } = value as { toJSON?: () => unknown };
  return Symbol.iterator in value && !('keys' in value && 'size' in value) && toJSON === undefined
    ? Array.from(value as Iterable<unknown>)
    : Array.isArray(toJSON?.call(value))
      ? (toJSON?.call(value) as unknown[])
      : (toJSON?.call(value) ?? value);
}

export function reject(ingested: Ingested, index = 0): { code: string; pointer: string; detail: string } {
  const { result } = ingested;
  const error = result.reply?.errors.find((each) => each.index === index);
  if (!error) throw new Error(`record ${index} was not rejected: ${JSON.stringify(result)}`);
  return error;
}
