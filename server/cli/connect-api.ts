import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../config.ts';
import { type ApiClient, apiClient } from './api-client.ts';
import type { Terminal } from './terminal.ts';

export type ConnectOptions = { url?: string; key?: string; retryFor?: number };

const retrySecondsDefault = 300;

/**
 * A client of the API: the address that was given, else the one this machine's configuration listens on. On that machine
 * no key has to be typed: the server leaves one in its data directory that only its owner can read.
 */
export function connectApi(
  config: Config,
  environment: Readonly<Record<string, string | undefined>>,
  { options, terminal }: { options: ConnectOptions; terminal: Terminal },
): ApiClient {
  const host = config.host === '0.0.0.0' ? '127.0.0.1' : config.host;
  return apiClient({
    url: options.url ?? (config.publicUrl || `http://${host}:${config.port}`),
    key: options.key ?? environment.PLUMBLINE_KEY ?? localKey(config.dataDir),
    retrySecondsMax: options.retryFor ?? retrySecondsDefault,
    fetch,
    now: Date.now,
    sleep: (milliseconds) => sleep(milliseconds).then(() => undefined),
    onWait: (reason, seconds) => terminal.status(`${reason}; trying again in ${seconds.toFixed(1)} s`),
  });
}

function localKey(dataDir: string): string | null {
  const path = join(dataDir, 'local-key');
  return existsSync(path) ? readFileSync(path, 'utf8').trim() : null;
}
