import { gunzipSync } from 'node:zlib';
import { BodyRefusal } from './body-refusal.ts';

/**
 * The plain bytes of a body. Gzip is recognised by its first two bytes, because proxies drop the header and leave the
 * body compressed; the output is bounded, so a bomb costs no more than a large body.
 */
export function inflateBody(body: Uint8Array, bodyBytesMax: number): Uint8Array {
  if (body[0] !== 0x1f || body[1] !== 0x8b) return body;
  try {
    return gunzipSync(body, { maxOutputLength: bodyBytesMax });
  } catch (error) {
    if (error instanceof Error && (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      const detail = `the body is larger than ${bodyBytesMax} bytes after inflation (bodyBytesMax); send smaller batches`;
      throw new BodyRefusal(413, 'BODY_TOO_LARGE', detail);
    }
    throw new BodyRefusal(400, 'INVALID_GZIP', 'the body begins like gzip but cannot be inflated; send it again');
  }
}
