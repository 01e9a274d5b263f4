import { constants, gunzipSync } from 'node:zlib';

const HEAD_BYTES = 1024;
const INFLATED_BYTES_MAX = 2 * 1024 * 1024;
const envelopeHead = /^\s*\{\s*"sourceId"\s*:\s*"([^"\\]{1,256})"\s*,\s*"batchSeq"\s*:\s*(\d{1,15})\s*[,}]/;

/**
 * The idempotency key of an envelope that begins `{"sourceId": …, "batchSeq": …`: a sender that numbers its batches
 * needs no header. Only the beginning of the body is looked at; null when it is no such envelope.
 */
export function envelopeKey(body: Uint8Array, source: string): string | null {
  const match = envelopeHead.exec(headOf(body));
  return match ? `${source}/envelope/${match[1]}/${match[2]}` : null;
}

function headOf(body: Uint8Array): string {
  const head = Buffer.from(body.buffer, body.byteOffset, Math.min(HEAD_BYTES, body.byteLength));
  if (head[0] !== 0x1f || head[1] !== 0x8b) return head.toString();
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: INFLATED_BYTES_MAX };
    return gunzipSync(head, options).toString('utf8', 0, HEAD_BYTES);
  } catch {
    return '';
  }
}
