import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { EngineStartError } from './engine-start-error.ts';

/** The files of the engine under the service's data directory. */
export type EngineDirectory = {
  root: string;
  data: string;
  spool: string;
  backups: string;
  configFile: string;
  passwordFile: string;
  versionFile: string;
};

export function engineDirectory(dataDir: string): EngineDirectory {
  const root = join(dataDir, 'engine');
  return {
    root,
    data: join(root, 'data'),
    spool: join(root, 'spool'),
    backups: join(root, 'backups'),
    configFile: join(root, 'config.xml'),
    passwordFile: join(root, 'password'),
    versionFile: join(root, 'engine_version'),
  };
}

/** Reads the password of the directory, or makes one: it never leaves the machine and is not in any command line. */
export async function ensurePassword(directory: EngineDirectory): Promise<string> {
  await mkdir(directory.root, { recursive: true, mode: 0o700 });
  const kept = (await readIfPresent(directory.passwordFile))?.trim();
  if (kept) return kept;
  const password = randomBytes(32).toString('hex');
  await writeDurably(directory.passwordFile, `${password}\n`);
  return password;
}

/** Refuses data written by a newer engine: an older one may misread it without noticing. */
export async function checkVersionStamp(directory: EngineDirectory, libraryVersion: string): Promise<void> {
  const stamp = (await readIfPresent(directory.versionFile))?.trim();
  if (!stamp || compareVersions(stamp, libraryVersion) <= 0) return;
  throw new EngineStartError(
    'engine_directory_newer',
    `The data in ${directory.root} was written by engine ${stamp}, and this is the older engine ${libraryVersion}. ` +
      'Start the newer Plumbline again, or point --data-dir at a copy that was made before the upgrade.',
  );
}

export async function writeVersionStamp(directory: EngineDirectory, libraryVersion: string): Promise<void> {
  const stamp = (await readIfPresent(directory.versionFile))?.trim();
  if (stamp !== libraryVersion) await writeDurably(directory.versionFile, `${libraryVersion}\n`);
}

/** Engine-wide options. Limits of single queries do not belong here: the engine ignores them in this file. */
export async function writeEngineConfig(directory: EngineDirectory, memoryBytesMax: number): Promise<void> {
  const config = [
    '<clickhouse>',
    `  <max_server_memory_usage>${memoryBytesMax}</max_server_memory_usage>`,
    // The default of 5 GiB alone could pass the cap on a small machine.
    `  <mark_cache_size>${Math.min(64 * 1024 * 1024, Math.floor(memoryBytesMax / 16))}</mark_cache_size>`,
    '  <timezone>UTC</timezone>',
    `  <backups><allowed_path>${escapeXml(`${directory.backups}/`)}</allowed_path></backups>`,
    '</clickhouse>',
  ];
  await mkdir(directory.backups, { recursive: true, mode: 0o700 });
  await writeDurably(directory.configFile, `${config.join('\n')}\n`);
}

export function compareVersions(left: string, right: string): number {
  const [a, b] = [left, right].map((version) => version.split('.').map((part) => Number.parseInt(part, 10) || 0));
  for (let index = 0; index < Math.max(a.length, b.length); index += 1) {
    const difference = (a[index] ?? 0) - (b[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** A rename leaves either the old file or the new one, also when the process is killed in between. */
async function writeDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.${process.pid}.draft`;
  await writeFile(draft, text, { mode: 0o600, flush: true });
  await rename(draft, path);
}

async function readIfPresent(path: string): Promise<string | undefined> {
  return readFile(path, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && Reflect.get(error, 'code') === 'ENOENT') return undefined;
    throw error;
  });
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
