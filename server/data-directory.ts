import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';

/** Another process works on the data directory; the message says which and what to do. */
export class DataDirectoryInUse extends Error {}

/**
 * One process per data directory. The lock is a listening socket: the system takes it away with the process, however
 * that ends, and the file it leaves behind is recognised as dead.
 */
export async function lockDataDirectory(dataDir: string): Promise<() => Promise<void>> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const path = join(dataDir, 'lock');
  if (existsSync(path)) {
    if (await answers(path)) {
      throw new DataDirectoryInUse(
        `Another Plumbline works in ${dataDir}. Stop it first, or choose another --data-dir.`,
      );
    }
    rmSync(path);
  }
  const server = createServer((socket) => socket.end());
  await listen(server, path);
  server.unref();
  return () => new Promise((done) => server.close(() => done()));
}

function answers(path: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, resolve);
  });
}

/** A secret of its own for each data directory, made at the first start, readable by its owner only. */
export function ensureSecret(dataDir: string, name: string): string {
  const path = join(dataDir, name);
  if (existsSync(path)) return readFileSync(path, 'utf8').trim();
  const secret = randomBytes(32).toString('hex');
  writeFileSync(path, `${secret}\n`, { mode: 0o600 });
  return secret;
}
