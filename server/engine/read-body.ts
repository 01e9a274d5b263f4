import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate, createZstdDecompress } from 'node:zlib';
import { ENGINE_CODES, EngineException } from './engine-exception.ts';

/** Longest body that is not the data of an INSERT: it is held in memory while it is read. */
export const STATEMENT_BYTES_MAX = 4 * 1024 * 1024;
/** Longest body, after decompression; the data of an INSERT goes to a file as it arrives. */
export const BODY_BYTES_MAX = 1024 * 1024 * 1024;

const DECOMPRESSORS: Record<string, () => NodeJS.ReadWriteStream & Readable> = {
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
  zstd: createZstdDecompress,
};

/** A body, bounded, and read in pieces: `take` stops early, `rest` goes on. */
export class BodyReader {
  #chunks: AsyncIterator<Buffer>;
  #bytesSeen = 0;
  isComplete = false;

  constructor(chunks: AsyncIterable<Buffer>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** Reads until there are at least `bytes`, or the body ends. */
  async take(bytes: number): Promise<Buffer> {
    const chunks: Buffer[] = [];
    let length = 0;
    while (length < bytes) {
      const chunk = await this.#next();
      if (chunk === undefined) break;
      chunks.push(chunk);
      length += chunk.length;
    }
    return Buffer.concat(chunks);
  }

  async *rest(): AsyncGenerator<Buffer> {
    for (let chunk = await this.#next(); chunk !== undefined; chunk = await this.#next()) yield chunk;
  }

  async #next(): Promise<Buffer | undefined> {
    if (this.isComplete) return undefined;
    const next = await this.#chunks.next().catch((error: unknown) => {
      throw unreadable(error);
    });
    if (next.done) {
      this.isComplete = true;
      return undefined;
    }
    this.#bytesSeen += next.value.length;
    if (this.#bytesSeen > BODY_BYTES_MAX) throw tooLong();
    return next.value;
  }
}

/** The bytes of a request as they were before `Content-Encoding`. */
export function decodedBody(request: IncomingMessage): AsyncIterable<Buffer> {
  const encoding = request.headers['content-encoding']?.toLowerCase() ?? 'identity';
  if (encoding === 'identity' || encoding === '') return request;
  const createDecompressor = DECOMPRESSORS[encoding === 'x-gzip' ? 'gzip' : encoding];
  if (createDecompressor === undefined) {
    throw new EngineException(ENGINE_CODES.UNKNOWN_COMPRESSION_METHOD, `Unknown compression method: ${encoding}`, {
      status: 400,
    });
  }
  const decompressor = createDecompressor();
  // A request that breaks off must fail the insert, not end it: the error has to reach the decompressor's reader.
  request.on('error', (error) => decompressor.destroy(error));
  request.on('close', () => {
    if (!request.complete) decompressor.destroy(new Error('the request broke off'));
  });
  // The body of a refused request is not read, and its errors must not end the process.
  decompressor.on('error', () => undefined);
  return request.pipe(decompressor);
}

function unreadable(error: unknown): EngineException {
  if (error instanceof EngineException) return error;
  const reason = error instanceof Error ? error.message : String(error);
  const isZlib =
    error instanceof Error && /^Z_|^ERR_.*(BROTLI|ZSTD|_ERROR)|^ZSTD/.test(String(Reflect.get(error, 'code') ?? ''));
  const code = isZlib ? ENGINE_CODES.ZLIB_INFLATE_FAILED : ENGINE_CODES.NETWORK_ERROR;
  return new EngineException(code, `Cannot read the body of the request: ${reason}`, { status: 400 });
}

function tooLong(): EngineException {
  return new EngineException(
    ENGINE_CODES.TOO_MANY_BYTES,
    `The body of the request is longer than ${BODY_BYTES_MAX} bytes: split it into several inserts`,
    { status: 413 },
  );
}
