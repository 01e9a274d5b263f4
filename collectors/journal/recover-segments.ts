import { open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { IdempotencyRecord } from '../../server/domain/batch.ts';
import type { Logger } from '../../server/ports/logger.ts';
import { decodeFrame, scanFrames } from './frame.ts';
import { parseSegmentFileName, segmentFileName, type SegmentName } from './segment-file-name.ts';
import type { SealedSegment } from './segment.ts';
import { syncDirectory } from './sync-directory.ts';

export type Recovery = { segments: SealedSegment[]; idempotency: IdempotencyRecord[]; cutSegments: number };

/**
 * What an earlier run left behind, in the order of ids. A tail that was torn by a crash was never acknowledged: the file
 * is cut at its first unsound frame and sealed.
 */
export async function recoverSegments(directory: string, logger: Logger, now: () => number): Promise<Recovery> {
  const names = (await readdir(directory)).map(parseSegmentFileName).filter((name) => name !== null);
  names.sort((a, b) => (a.batchId < b.batchId ? -1 : a.batchId > b.batchId ? 1 : 0));
  const recovery: Recovery = { segments: [], idempotency: [], cutSegments: 0 };
  for (const name of names) {
    const path = join(directory, segmentFileName(name));
    const file = await readFile(path);
    const { frames, soundBytes, damage } = scanFrames(file);
    if (damage) {
      recovery.cutSegments++;
      const cutBytes = file.byteLength - soundBytes;
      logger.warn({ path, damage, cutBytes, soundFrames: frames.length }, 'cut the damaged tail of a journal segment');
      await cutFile(path, soundBytes);
    }
    const headers = frames.map((frame) => decodeFrame(frame).header);
    if (headers.length === 0) {
      await rm(path, { force: true });
      continue;
    }
    recovery.idempotency.push(...headers.flatMap(({ idempotency }) => idempotency));
    recovery.segments.push({
      batchId: name.batchId,
      kind: name.kind,
      path: await sealFile(directory, name),
      rows: headers.reduce((sum, { rows }) => sum + rows, 0),
      bytes: soundBytes,
      openedAt: headers[0].openedAt,
      sealedAt: now(),
    });
  }
  await syncDirectory(directory);
  return recovery;
}

async function cutFile(path: string, bytes: number): Promise<void> {
  const handle = await open(path, 'r+');
  try {
    await handle.truncate(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function sealFile(directory: string, name: SegmentName): Promise<string> {
  const sealedPath = join(directory, segmentFileName({ ...name, state: 'sealed' }));
  if (name.state === 'open') await rename(join(directory, segmentFileName(name)), sealedPath);
  return sealedPath;
}
