import { open } from 'node:fs/promises';
import type { BatchKind, SealedBatch } from '../../server/domain/batch.ts';
import { endOfStream, schemaMessages } from '../columns/arrow-stream-ends.ts';
import { decodeFrame, scanFrames, type Frame } from './frame.ts';
import type { SealedSegment } from './segment.ts';

/** A segment as the sink sees it. Its file is read now and held until the batch is let go: one batch at a time. */
export async function openSealedBatch(segment: SealedSegment): Promise<SealedBatch> {
  const { frames, damage } = scanFrames(await readBytes(segment.path, segment.bytes));
  if (damage) throw new Error(`${segment.path} was damaged after it was sealed: ${damage}; restart to cut it there`);
  const decoded = frames.map(decodeFrame);
  const { batchId, kind, bytes, openedAt, sealedAt } = segment;
  return {
    id: batchId,
    kind,
    rows: decoded.reduce((sum, { header }) => sum + header.rows, 0),
    bytes,
    openedAt,
    sealedAt,
    accounts: decoded.flatMap(({ header }) => header.accounts),
    deadLetters: decoded.flatMap(({ header }) => header.deadLetters),
    idempotency: decoded.flatMap(({ header }) => header.idempotency),
    readBody: async () => bodyOf(kind, decoded),
  };
}

/** Schema, record batches, end. Outcomes are frozen by the service as a whole stream already. */
function bodyOf(kind: BatchKind, frames: Frame[]): Uint8Array {
  const bodies = frames.map(({ body }) => body);
  if (kind === 'outcomes') return Buffer.concat(bodies);
  return Buffer.concat([schemaMessages[kind], ...bodies, endOfStream]);
}

async function readBytes(path: string, bytes: number): Promise<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    const buffer = Buffer.allocUnsafeSlow(bytes);
    let at = 0;
    while (at < bytes) {
      const { bytesRead } = await handle.read(buffer, at, bytes - at, at);
      if (bytesRead === 0) throw new Error(`${path} ends at ${at} of ${bytes} bytes`);
      at += bytesRead;
    }
    return buffer;
  } finally {
    await handle.close();
  }
}
