import { accessSync, constants, existsSync, readFileSync } from 'node:fs';
import { mkdir, statfs } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { availableParallelism, totalmem } from 'node:os';
import { dirname } from 'node:path';
import type { Config } from '../config.ts';
import { isPortFree } from './free-port.ts';

export type Check = { name: string; status: 'ok' | 'warning' | 'failed'; detail: string };

const nodeMin: readonly [number, number] = [22, 18];
const diskBytesMin = 2_147_483_648;
const memoryBytesMin = 2_147_483_648;

/** What this machine must have before a start; each failed check says what to do. */
export async function runDoctor(config: Config): Promise<Check[]> {
  return [
    checkNode(process.versions.node),
    checkPlatform(process.platform, process.arch),
    checkMemory(),
    await checkDataDirectory(config.dataDir),
    await checkDisk(config.dataDir),
    await checkPort(config),
    config.clickhouseUrl === '' ? checkEngine() : await checkServer(config.clickhouseUrl),
  ];
}

export function checkNode(version: string): Check {
  const [major, minor] = version.split('.').map(Number);
  const isEnough = major > nodeMin[0] || (major === nodeMin[0] && minor >= nodeMin[1]);
  const advice = isEnough ? '' : `; Plumbline needs ${nodeMin.join('.')} or newer: install Node 24`;
  return { name: 'node', status: isEnough ? 'ok' : 'failed', detail: `${version}${advice}` };
}

export function checkPlatform(platform: string, arch: string): Check {
  const detail = `${platform} ${arch}`;
  const isKnown = (platform === 'linux' || platform === 'darwin') && (arch === 'x64' || arch === 'arm64');
  if (isKnown) return { name: 'platform', status: 'ok', detail };
  const advice =
    platform === 'win32' ? 'use WSL or the container image' : 'use the container image, or --clickhouse-url';
  return { name: 'platform', status: 'failed', detail: `${detail}: the embedded engine does not run here; ${advice}` };
}

function checkMemory(): Check {
  const bytes = totalmem();
  const detail = `${gibibytes(bytes)} for ${availableParallelism()} cores`;
  if (bytes >= memoryBytesMin) return { name: 'memory', status: 'ok', detail };
  return { name: 'memory', status: 'warning', detail: `${detail}; lower --engine-memory-bytes-max below it` };
}

async function checkDataDirectory(path: string): Promise<Check> {
  const name = 'data directory';
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    return { name, status: 'ok', detail: path };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { name, status: 'failed', detail: `${reason}; choose another --data-dir or mend its permissions` };
  }
}

async function checkDisk(path: string): Promise<Check> {
  const { bavail, bsize } = await statfs(existsSync(path) ? path : dirname(path));
  const bytes = bavail * bsize;
  const detail = `${gibibytes(bytes)} free`;
  if (bytes >= diskBytesMin) return { name: 'disk', status: 'ok', detail };
  return { name: 'disk', status: 'failed', detail: `${detail}; free at least ${gibibytes(diskBytesMin)}` };
}

async function checkPort({ host, port }: Config): Promise<Check> {
  if (port === 0 || (await isPortFree(host, port)))
    return { name: 'port', status: 'ok', detail: `${host}:${port} is free` };
  const detail = `${host}:${port} is taken: by a running Plumbline, or choose another --port`;
  return { name: 'port', status: 'warning', detail };
}

function checkEngine(): Check {
  const name = 'engine';
  try {
    const path = createRequire(import.meta.url).resolve('chdb/package.json');
    const { version } = JSON.parse(readFileSync(path, 'utf8')) as { version: string };
    return { name, status: 'ok', detail: `embedded, chdb ${version}` };
  } catch {
    return {
      name,
      status: 'failed',
      detail: 'the embedded engine is not installed: run npm ci, or set --clickhouse-url',
    };
  }
}

async function checkServer(url: string): Promise<Check> {
  const answer = await fetch(new URL('/ping', url), { signal: AbortSignal.timeout(5_000) }).catch(() => null);
  if (answer?.ok === true) return { name: 'engine', status: 'ok', detail: `ClickHouse at ${url}` };
  return {
    name: 'engine',
    status: 'failed',
    detail: `ClickHouse at ${url} does not answer: start it, or mend the address`,
  };
}

const gibibytes = (bytes: number): string => `${(bytes / 2 ** 30).toFixed(1)} GiB`;
