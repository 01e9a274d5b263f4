import { type IngestReading, publishIngestJob } from './jobs/publish-ingest.ts';
import { openStorage } from './wiring/open-storage.ts';
import { servicesOf } from './wiring/services-of.ts';
import { type Core, startCore } from './wiring/start-core.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import pino from 'pino';
import type { Collector } from '../collectors/collector-types.ts';
import { buildApp } from './app.ts';
import type { Services } from './app-deps.ts';
import type { Config } from './config.ts';
import { ensureSecret, lockDataDirectory } from './data-directory.ts';
import { type EmbeddedEngine } from './engine/start-embedded-engine.ts';
import { type Governance, systemAct } from './services/governance.ts';
import { LoginTokens } from './services/login-tokens.ts';
import { createKey } from './services/manage-keys.ts';
import { serviceMetrics } from './services/prometheus.ts';
import { type ClickHouse } from './stores/click-house.ts';

/** A Plumbline that runs in this process. */
export type Running = {
  url: string;
  config: Config;
  loginUrl: () => string;
  /** The key made at the first start of a data directory, shown once; null afterwards. */
  firstIngestKey: string | null;
  governance: Governance;
  clickHouse: ClickHouse;
  collector: Collector;
  refold: () => Promise<void>;
  engine: EmbeddedEngine | null;
  stop(): Promise<void>;
};

export type ServeOptions = {
  version: { version: string; commit: string | null };
  uiDirectory: string | null;
  /** Runs on the stores before history is folded: the demo seeds them here. */
  prepare?: (core: Pick<Core, 'clickHouse' | 'governance' | 'logger'>) => Promise<void>;
  demo?: (core: Pick<Core, 'collector' | 'clock'>) => NonNullable<Services['demo']> & { stop(): void };
};

/** Starts everything in order and answers when the first request would be served. Stops in the opposite order. */
export async function serve(config: Config, options: ServeOptions): Promise<Running> {
  const logger = pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: false }));
  const unlock = await lockDataDirectory(config.dataDir);
  const storage = await openStorage(config, logger);
  const core = await startCore(config, { ...storage, logger, prepare: options.prepare });
  const demo = options.demo?.(core) ?? null;
  const tokens = new LoginTokens(core.clock.now);
  const firstIngestKey = await ensureLocalKeys(config, core.governance);
  let url = '';
  const metrics = serviceMetrics({
    collector: () => core.collector.stats(),
    engineRestarts: () => storage.engine?.restarts() ?? 0,
    engineUp: () => storage.engine === null || storage.engine.state() === 'ready',
    unpairedFeedback: core.unpairedFeedback,
  });
  core.evaluate.onEvaluated(metrics.noteEvaluation);
  core.onFolded((folded) =>
    metrics.noteFolded(folded.rows, folded.duplicates, (core.clock.now() - folded.openedAt) / 1000),
  );
  const ingestJob = publishIngestJob(
    () => ingestReading(core),
    (delta) => core.hub.publishIngest(delta),
  );
  const services = servicesOf(core, {
    demo,
    onboarding: () => ({ ingestKey: firstIngestKey, url, demo: demo !== null }),
  });
  const app = await buildApp({
    services,
    live: core.hub,
    logger,
    version: {
      ...options.version,
      node: process.version,
      engine: storage.engine?.engineVersion ?? 'ClickHouse server',
    },
    sessionSecret: ensureSecret(config.dataDir, 'session-secret'),
    loginTokens: tokens,
    allowedHosts:
      config.host === '0.0.0.0'
        ? config.allowedHosts
        : ['localhost', '127.0.0.1', '[::1]', config.host, ...config.allowedHosts],
    uiDirectory: options.uiDirectory,
    limits: { bodyBytesMax: config.bodyBytesMax, requestTimeoutMs: 120_000 },
    metrics: { contentType: metrics.registry.contentType, text: () => metrics.registry.metrics() },
  });
  const listening = await app.listen({ host: config.host, port: config.port });
  url = config.publicUrl || listening;
  return {
    url,
    config,
    loginUrl: () => `${url}/login?t=${tokens.issue()}`,
    firstIngestKey,
    governance: core.governance,
    clickHouse: storage.clickHouse,
    collector: core.collector,
    refold: core.refold,
    engine: storage.engine,
    async stop() {
      demo?.stop();
      ingestJob.stop();
      await app.close();
      await core.stop();
      await storage.close();
      await unlock();
    },
  };
}

/** First start: a key for sending events, shown once; and one for tools on this machine, readable by the owner only. */
async function ensureLocalKeys(config: Config, governance: Governance): Promise<string | null> {
  if (governance.state().keys.size > 0) return null;
  const local = await createKey(governance, systemAct, { name: 'tools on this machine', scopes: ['admin'] });
  writeFileSync(join(config.dataDir, 'local-key'), `${local.key}\n`, { mode: 0o600 });
  return (await createKey(governance, systemAct, { name: 'first ingest key', scopes: ['ingest'] })).key;
}

function ingestReading({ collector, engine }: Core): IngestReading {
  const { acceptedRows, pendingBatches } = collector.stats();
  return { acceptedRows, rejectedRows: 0, pendingBatches, engine: engine?.state() ?? 'external' };
}
