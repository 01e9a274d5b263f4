import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { EventKind, IngestRequest, IngestResult } from '../../collectors/collector-types.ts';
import type { Services } from '../../server/app-deps.ts';
import { type Config, loadConfig } from '../../server/config.ts';
import type { Logger } from '../../server/ports/logger.ts';
import { openStorage, type Storage } from '../../server/wiring/open-storage.ts';
import type { ClickHouse } from '../../server/stores/click-house.ts';
import { servicesOf } from '../../server/wiring/services-of.ts';
import { type Core, startCore } from '../../server/wiring/start-core.ts';

export const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {} };

/** The whole pipeline below HTTP, on the real embedded engine. */
export type CoreOnDisk = {
  core: Core;
  services: Services;
  storage: Storage;
  send(kind: EventKind, rows: readonly object[], request?: Partial<IngestRequest>): Promise<IngestResult>;
  /** Everything that was accepted is stored, counted and recounted under new references. */
  settle(): Promise<void>;
  /** Rows of a query as objects; numbers come as numbers. */
  rows<Row>(sql: string): Promise<Row[]>;
  stop(): Promise<void>;
};

export type CoreOptions = {
  config?: Partial<Config>;
  logger?: Logger;
  /** For control runs: the store as the pipeline sees it. */
  wrapClickHouse?: (store: ClickHouse) => ClickHouse;
};

export async function startCoreOnDisk(dataDir: string, options: CoreOptions = {}): Promise<CoreOnDisk> {
  const { logger = quiet, wrapClickHouse = (store) => store } = options;
  const { config: defaults } = loadConfig({ flags: { dataDir }, environment: {} });
  const config: Config = { ...defaults, collectorWorkers: 1, batchAgeMs: 20, ...options.config };
  const storage = await openStorage(config, logger);
  const core = await startCore(config, { ...storage, clickHouse: wrapClickHouse(storage.clickHouse), logger });
  const services = servicesOf(core, { demo: null, onboarding: () => ({ ingestKey: null, url: '', demo: false }) });
  return {
    core,
    services,
    storage,
    send: (kind, rows, request) => services.ingest(ingestRequest(kind, rows, request)),
    async settle() {
      await core.collector.flush();
      await core.refold();
    },
    async rows<Row>(sql: string): Promise<Row[]> {
      const settings = 'SETTINGS output_format_json_quote_64bit_integers = 0';
      const text = await storage.clickHouse.text(`SELECT toJSONString(tuple(*)) FROM (${sql}) ${settings}`);
      return parsedRows<Row>(text);
    },
    async stop() {
      await core.stop();
      await storage.close();
    },
  };
}

/** TabSeparated text doubles backslashes and nothing else that JSON holds. */
function parsedRows<Row>(text: string): Row[] {
  if (text === '') return [];
  return text.split('\n').map((line) => JSON.parse(line.replaceAll('\\\\', '\\')) as Row);
}

export function ingestRequest(
  kind: EventKind,
  rows: readonly object[],
  request: Partial<IngestRequest> = {},
): IngestRequest {
  return {
    kind,
    body: Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')),
    contentType: 'application/x-ndjson',
    contentEncoding: null,
    source: 'test',
    idempotencyKey: null,
    defaultModel: null,
    defaultVersion: null,
    allowedModels: null,
    ...request,
  };
}

export function temporaryDirectory(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'plumbline-core-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Waits until a condition holds. @throws when it does not within the time */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  limitMs = 20_000,
): Promise<void> {
  const deadline = performance.now() + limitMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`not within ${limitMs} ms: ${what}`);
    await wait(20);
  }
}
