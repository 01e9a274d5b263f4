import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ENGINE_CODES, EngineException } from './engine-exception.ts';
import type { BodyReader } from './read-body.ts';

export type SpooledBody = { path: string; remove(): Promise<void> };

/** Data that an earlier process left behind belongs to inserts that were never acknowledged. */
export async function prepareSpoolDirectory(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true });
  await mkdir(directory, { recursive: true, mode: 0o700 });
}

/**
 * Writes the data of an INSERT to a private file. The engine reads it from there as data and nothing else,
 * while data that follows SQL text would be executed after a blank line.
 */
export async function spoolBody(directory: string, head: Buffer, body: BodyReader): Promise<SpooledBody> {
  const path = join(directory, `${randomUUID()}.body`);
  const remove = () => rm(path, { force: true });
  try {
    if (body.isComplete) await writeFile(path, head, { mode: 0o600 });
    else await pipeline(Readable.from(headThenRest(head, body)), createWriteStream(path, { mode: 0o600 }));
    return { path, remove };
  } catch (error) {
    await remove();
    throw spoolFailure(error);
  }
}

async function* headThenRest(head: Buffer, body: BodyReader): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* body.rest();
}

function spoolFailure(error: unknown): unknown {
  if (!(error instanceof Error) || Reflect.get(error, 'code') !== 'ENOSPC') return error;
  return new EngineException(
    ENGINE_CODES.NOT_ENOUGH_SPACE,
    'Cannot keep the data of the insert: the disk of the data directory is full. Free space, then retry',
  );
}
