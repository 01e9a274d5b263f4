import type { EmbeddedEngineOptions } from '../../../server/engine/start-embedded-engine.ts';

const MEBIBYTE = 1024 * 1024;

/** Options that suit a small test machine. */
export function engineOptions(dataDir: string, changes: Partial<EmbeddedEngineOptions> = {}): EmbeddedEngineOptions {
  const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
  return {
    dataDir,
    memoryBytesMax: 1024.5 * MEBIBYTE + 0.5,
    queryMemoryBytesMax: 512 * MEBIBYTE + 0.5,
    queryTimeoutSeconds: 30,
    readConnections: 3,
    queueLengthMax: 200,
    logger: silent,
    ...changes,
  };
}
