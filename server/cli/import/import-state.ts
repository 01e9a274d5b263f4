import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { emptyTally, type SendTally } from './send-tally.ts';

/** How far an import has come: everything before these rows is acknowledged by the server. */
export type ImportState = {
  version: 1;
  /** What is imported: another file, mapping, model or server is another import. */
  importId: string;
  chunkRows: number;
  rowsDone: number;
  predictions: SendTally;
  feedback: SendTally;
  completedAt: string | null;
};

export function newImportState(importId: string, chunkRows: number): ImportState {
  return {
    version: 1,
    importId,
    chunkRows,
    rowsDone: 0,
    predictions: emptyTally(),
    feedback: emptyTally(),
    completedAt: null,
  };
}

export async function fileDigest(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1_048_576 })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

export function importIdOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}

/** A small file per import, so that the same command goes on where it stopped. */
export function importStateFile(path: string): {
  load(importId: string): ImportState | null;
  save(state: ImportState): void;
} {
  return {
    load(importId) {
      if (!existsSync(path)) return null;
      const state = parseState(path);
      return state?.importId === importId ? state : null;
    },
    save(state) {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      const draft = `${path}.tmp`;
      writeFileSync(draft, JSON.stringify(state), { mode: 0o600 });
      renameSync(draft, path);
    },
  };
}

function parseState(path: string): ImportState | null {
  try {
    const state = JSON.parse(readFileSync(path, 'utf8')) as ImportState;
    return state.version === 1 ? state : null;
  } catch {
    // A damaged state file costs a repetition: the server knows the rows by their ids.
    return null;
  }
}

export const stateFilePath = (dataDir: string, importId: string): string =>
  join(dataDir, 'imports', `${importId}.json`);
