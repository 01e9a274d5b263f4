import { crc32 } from 'node:zlib';
import type { BatchAccount, DeadLetter, IdempotencyRecord } from '../../server/domain/batch.ts';

/** What a frame carries besides rows. */
export type FrameHeader = {
  rows: number;
  openedAt: number;
  accounts: BatchAccount[];
  deadLetters: DeadLetter[];
  idempotency: IdempotencyRecord[];
};

export type Frame = { header: FrameHeader; body: Uint8Array };

/** Where the sound frames of a segment end, and what stands in the way of the next one. */
export type FrameScan = { frames: Uint8Array[]; soundBytes: number; damage: string | null };

const PREFIX_BYTES = 8;
const HEADER_LENGTH_BYTES = 4;

/**
 * `[u32 payload length][u32 crc32 of the payload][u32 header length][header JSON][body]`, little-endian.
 * The body's bytes are written by `writeBody` in place and begin on a multiple of eight, so that typed arrays can be
 * laid over them.
 */
export function encodeFrame(
  header: FrameHeader,
  bodyBytes: number,
  writeBody: (target: Uint8Array) => void,
): Uint8Array {
  const headerJson = Buffer.from(JSON.stringify(header));
  const bodyStart = PREFIX_BYTES + HEADER_LENGTH_BYTES + headerJson.byteLength;
  const lead = (8 - (bodyStart % 8)) % 8;
  const storage = new Uint8Array(lead + bodyStart + bodyBytes);
  const frame = storage.subarray(lead);
  const view = new DataView(frame.buffer, frame.byteOffset, frame.byteLength);
  view.setUint32(0, frame.byteLength - PREFIX_BYTES, true);
  view.setUint32(PREFIX_BYTES, headerJson.byteLength, true);
  frame.set(headerJson, PREFIX_BYTES + HEADER_LENGTH_BYTES);
  writeBody(frame.subarray(bodyStart));
  view.setUint32(4, crc32(frame.subarray(PREFIX_BYTES)), true);
  return frame;
}

/** The payloads of all sound frames, as views; stops at the first that is torn or does not match its checksum. */
export function scanFrames(file: Uint8Array): FrameScan {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const frames: Uint8Array[] = [];
  let at = 0;
  while (at < file.byteLength) {
    const damage = damageAt(file, view, at);
    if (damage) return { frames, soundBytes: at, damage };
    const end = at + PREFIX_BYTES + view.getUint32(at, true);
    frames.push(file.subarray(at + PREFIX_BYTES, end));
    at = end;
  }
  return { frames, soundBytes: at, damage: null };
}

function damageAt(file: Uint8Array, view: DataView, at: number): string | null {
  if (file.byteLength - at < PREFIX_BYTES + HEADER_LENGTH_BYTES) return 'torn frame prefix';
  const payloadBytes = view.getUint32(at, true);
  if (payloadBytes < HEADER_LENGTH_BYTES) return 'impossible frame length';
  const end = at + PREFIX_BYTES + payloadBytes;
  if (end > file.byteLength) return 'torn frame';
  if (crc32(file.subarray(at + PREFIX_BYTES, end)) !== view.getUint32(at + 4, true)) return 'checksum mismatch';
  const headerBytes = view.getUint32(at + PREFIX_BYTES, true);
  return headerBytes > payloadBytes - HEADER_LENGTH_BYTES ? 'impossible header length' : null;
}

export function decodeFrame(payload: Uint8Array): Frame {
  const headerBytes = new DataView(payload.buffer, payload.byteOffset, HEADER_LENGTH_BYTES).getUint32(0, true);
  const bodyStart = HEADER_LENGTH_BYTES + headerBytes;
  const headerJson = Buffer.from(payload.buffer, payload.byteOffset + HEADER_LENGTH_BYTES, headerBytes).toString();
  return { header: JSON.parse(headerJson) as FrameHeader, body: payload.subarray(bodyStart) };
}
