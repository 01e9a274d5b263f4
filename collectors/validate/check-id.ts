import { randomBytes } from 'node:crypto';
import { checkText } from './check-text.ts';
import { refuse, type RowRefusal } from './row-refusal.ts';

/** Null when the id may be stored as it is. */
export function checkId(id: unknown, bytesMax: number, pointer: string): RowRefusal | null {
  if (typeof id === 'string' && id.length > 0) return checkText(id, bytesMax, pointer, 'ID_INVALID');
  if (typeof id === 'string') return refuse('ID_INVALID', pointer, 'the id is empty; send text, or leave it out');
  const detail = 'ids are text: send "12345" in quotes, because numbers above 2^53 lose digits on the way';
  return refuse('ID_INVALID', pointer, detail);
}

let random = randomBytes(4096);
let randomAt = 0;
let lastMs = 0;
let counter = 0;

/** A UUID of version 7: ascending in time, so that ids given by us keep the order of arrival. */
export function assignId(nowMs: number): string {
  if (nowMs > lastMs) {
    lastMs = nowMs;
    counter = 0;
  } else if (++counter > 0xfff) {
    lastMs++;
    counter = 0;
  }
  if (randomAt + 8 > random.length) {
    random = randomBytes(4096);
    randomAt = 0;
  }
  const tail = random.toString('hex', randomAt, randomAt + 8);
  const variant = ((random[randomAt] & 0x3f) | 0x80).toString(16);
  randomAt += 8;
  const time = lastMs.toString(16).padStart(12, '0');
  const sequence = counter.toString(16).padStart(3, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${sequence}-${variant}${tail.slice(2, 4)}-${tail.slice(4)}`;
}
