import type { RejectionCode } from '../../server/domain/events.ts';
import { refuse, type RowRefusal } from './row-refusal.ts';

/** Text is stored exactly, NUL included; what UTF-8 cannot hold, and what is too long, is refused. */
export function checkText(text: string, bytesMax: number, pointer: string, code: RejectionCode): RowRefusal | null {
  if (text.length * 3 > bytesMax && Buffer.byteLength(text) > bytesMax) {
    return refuse(
      'STRING_TOO_LONG',
      pointer,
      `text of ${Buffer.byteLength(text)} bytes; send at most ${bytesMax} bytes`,
    );
  }
  if (!text.isWellFormed()) {
    return refuse(code, pointer, 'text holds a lone surrogate, which UTF-8 cannot store; send whole characters');
  }
  return null;
}

/** One segment of a JSON pointer (RFC 6901). */
export function pointerSegment(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
