import { isAscii, isUtf8 } from 'node:buffer';

const BOM = 0xfeff;

/** A body as text, exactly; null when it is not UTF-8. ASCII becomes a one-byte string, which parses fastest. */
export function decodeText(body: Uint8Array): string | null {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) return null;
  const text = bytes.toString('utf8');
  return text.charCodeAt(0) === BOM ? text.slice(1) : text;
}
