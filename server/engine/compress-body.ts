import { promisify } from 'node:util';
import { brotliCompress, constants, deflate, gzip, zstdCompress } from 'node:zlib';

type Compress = (bytes: Uint8Array) => Promise<Buffer>;

// The levels are for speed: the other end is on the same machine.
const BROTLI_OPTIONS = { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } };
const COMPRESSORS: [string, Compress][] = [
  ['zstd', promisify<Uint8Array, Buffer>(zstdCompress)],
  ['gzip', (bytes) => promisify(gzip)(bytes, { level: 3 })],
  ['deflate', (bytes) => promisify(deflate)(bytes, { level: 3 })],
  ['br', (bytes) => promisify(brotliCompress)(bytes, BROTLI_OPTIONS)],
];

/** Compresses with the first method that `Accept-Encoding` names; an empty body stays as it is. */
export async function compressBody(
  bytes: Uint8Array,
  acceptEncoding: string,
): Promise<{ encoding: string | undefined; bytes: Uint8Array }> {
  const accepted = acceptEncoding.split(',').map((part) => part.split(';')[0].trim().toLowerCase());
  const chosen = COMPRESSORS.find(([name]) => accepted.includes(name));
  if (chosen === undefined || bytes.length === 0) return { encoding: undefined, bytes };
  return { encoding: chosen[0], bytes: await chosen[1](bytes) };
}
