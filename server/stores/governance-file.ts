import { type FileHandle, mkdir, open, truncate } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { GovernanceEntry } from '../domain/governance-event.ts';
import type { GovernanceLog } from '../ports/governance-log.ts';
import type { Logger } from '../ports/logger.ts';

/**
 * The sequence as one file of JSON lines, fsynced entry by entry. A line that a crash cut short was never acknowledged:
 * it is cut off at the start. Any other damage refuses the start, because state must not be guessed.
 */
export async function openGovernanceFile(path: string, logger: Logger): Promise<GovernanceLog> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(path, 'a+', 0o600);
  await syncDirectory(dirname(path));
  return {
    load: () => load(file, path, logger),
    async append(entries) {
      const { size } = await file.stat();
      try {
        await file.appendFile(entries.map((entry) => `${JSON.stringify(entry)}\n`).join(''), 'utf8');
        await file.datasync();
      } catch (error) {
        await truncate(path, size).catch(() => undefined);
        throw error;
      }
    },
    close: () => file.close(),
  };
}

async function load(file: FileHandle, path: string, logger: Logger): Promise<GovernanceEntry[]> {
  const { size } = await file.stat();
  const bytes = Buffer.alloc(size);
  await file.read(bytes, 0, size, 0);
  const end = bytes.lastIndexOf(0x0a) + 1;
  if (end < size) {
    logger.warn({ path, bytes: size - end }, 'an unfinished last entry was cut off: it was never acknowledged');
    await truncate(path, end);
  }
  const lines = bytes.toString('utf8', 0, end).split('\n').slice(0, -1);
  return lines.map((line, i) => parseEntry(line, i, path));
}

function parseEntry(line: string, i: number, path: string): GovernanceEntry {
  try {
    const entry = JSON.parse(line) as GovernanceEntry;
    if (entry.index === i) return entry;
  } catch {
    // Falls through to the one message that says what to do.
  }
  throw new Error(`${path} is damaged at line ${i + 1}: restore the file from a backup. Nothing was changed.`);
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r');
  try {
    await directory.sync();
  } finally {
    await directory.close();
  }
}
