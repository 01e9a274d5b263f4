import { appendFileSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BatchSink } from '../../../server/ports/batch-sink.ts';

/** A store that keeps each batch once by its id, as a file, and notes every offer. */
export function fileSink(directory: string): BatchSink {
  return {
    async deliver(batch) {
      const body = await batch.readBody();
      appendFileSync(join(directory, 'offers.log'), `${batch.id}\n`);
      const path = join(directory, `${batch.id}.${batch.kind}`);
      if (existsSync(path)) {
        if (Buffer.compare(readFileSync(path), body) !== 0)
          appendFileSync(join(directory, 'conflicts.log'), `${batch.id}\n`);
        return;
      }
      writeFileSync(`${path}.part`, body);
      renameSync(`${path}.part`, path);
    },
  };
}

export function storedBatches(directory: string, kind: 'predictions' | 'feedback'): Uint8Array[] {
  const files = readdirSync(directory).filter((name) => name.endsWith(`.${kind}`));
  return files.map((name) => readFileSync(join(directory, name)));
}

export function linesOf(directory: string, name: string): string[] {
  const path = join(directory, name);
  return existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [];
}
