import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What the engine says about one finished statement. */
export type EngineResult = {
  bytes: Uint8Array;
  elapsedSeconds: number;
  rowsRead: number;
  bytesRead: number;
};

export type EngineConnection = {
  run(sql: string, format: string): Promise<EngineResult>;
  close(): void;
};

export type ChdbEngine = {
  libraryVersion: string;
  open(dataPath: string, connectionArgs: string[]): void;
  connect(): EngineConnection;
  close(): void;
};

type NativeHandle = object;
type NativeResult = { bytes: Uint8Array; elapsed: number; rowsRead: number; bytesRead: number };
type NativeAddon = {
  EngineVersion(): string;
  CreateConnection(path: string, args?: string[]): NativeHandle;
  QueryAsyncConnection(connection: NativeHandle, sql: string, format: string): Promise<NativeResult>;
  CloseConnection(connection: NativeHandle): void;
};

/**
 * The only module that touches chDB (pinned to 3.4.0).
 *
 * It drives the package's addon rather than its `Session` class: `Session.close()` waits for every running
 * statement of the process, while a connection per request needs to close as soon as its own statement is done.
 * The addon's contract is kept: a connection is closed only after its last statement has settled.
 */
export function loadChdb(): ChdbEngine {
  const addon = loadAddon();
  let path = '';
  let root: NativeHandle | undefined;
  return {
    libraryVersion: addon.EngineVersion(),
    open(dataPath, connectionArgs) {
      path = dataPath;
      // The first connection carries the engine-wide options and keeps the engine alive between requests.
      root = addon.CreateConnection(path, connectionArgs);
    },
    connect: () => openConnection(addon, path),
    close() {
      if (root !== undefined) addon.CloseConnection(root);
      root = undefined;
    },
  };
}

function openConnection(addon: NativeAddon, path: string): EngineConnection {
  const handle = addon.CreateConnection(path);
  return {
    async run(sql, format) {
      const result = await addon.QueryAsyncConnection(handle, sql, format);
      return {
        bytes: result.bytes,
        elapsedSeconds: result.elapsed,
        rowsRead: result.rowsRead,
        bytesRead: result.bytesRead,
      };
    },
    close: () => addon.CloseConnection(handle),
  };
}

function loadAddon(): NativeAddon {
  const require = createRequire(import.meta.url);
  const loaderPath = join(dirname(require.resolve('chdb')), 'dist', 'loader.js');
  const loader = require(loaderPath) as { loadNative(): NativeAddon };
  return loader.loadNative();
}
