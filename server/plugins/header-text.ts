import type { IncomingHttpHeaders } from 'node:http';
import { CodedError } from '../errors.ts';

/**
 * A header as text. HTTP carries bytes and node hands them over as Latin-1, so a name outside of ASCII is decoded as UTF-8.
 *
 * @throws CodedError BAD_REQUEST when it is too long or no UTF-8
 */
export function headerText(headers: IncomingHttpHeaders, name: string, bytesMax: number): string | null {
  const value = headers[name];
  if (typeof value !== 'string' || value === '') return null;
  if (value.length > bytesMax)
    throw new CodedError('BAD_REQUEST', `The header ${name} has more than ${bytesMax} bytes; send a shorter one.`);
  if (!/[^\x20-\x7e]/.test(value)) return value;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(value, 'latin1'));
  } catch {
    throw new CodedError('BAD_REQUEST', `The header ${name} is not valid UTF-8.`);
  }
}
