import type { IngestRequest, IngestResult } from '../collectors/collector-types.ts';
import type { Actor } from './domain/governance-event.ts';
import type { ModelTask, ScoreScale } from './domain/model.ts';
import type { Logger } from './ports/logger.ts';
import type { Act } from './services/governance.ts';
import type { Drift, FeatureOverlay, Heatmap } from './schemas/drift.schema.ts';
import type { Fleet } from './schemas/fleet.schema.ts';
import type { Ingestion, RejectedList } from './schemas/ingest.schema.ts';
import type { ModelDetail, ReferenceWire } from './schemas/model.schema.ts';
import type { Fairness, Performance } from './schemas/performance.schema.ts';
import type { WindowQuery } from './services/time-window.ts';

export type SliceQuery = WindowQuery & { version?: string; segment?: string };

export type RegisterModel = {
  model: string;
  task: ModelTask;
  schemaMode?: 'open' | 'closed';
  features?: { name: string; kind: 'numeric' | 'categorical' | 'boolean' }[];
  positiveLabel?: string;
  negativeLabel?: string;
  threshold?: number;
  scoreScale?: ScoreScale;
  valueCenter?: number;
  segments?: string[];
  sensitiveFeatures?: string[];
  classes?: string[];
  intersections?: string[][];
  minGroupN?: number;
};

export type ChangeModel = Partial<
  Pick<RegisterModel, 'schemaMode' | 'positiveLabel' | 'negativeLabel' | 'threshold' | 'intersections' | 'minGroupN'>
> & { registration?: 'declared' };

export type MetricsAnswer = {
  model: string;
  window: { from: string; to: string };
  results: { metric: string; feature?: string; group?: string; segment?: string; version?: string; result: object }[];
};

/** Everything the HTTP edge may ask for: one verb each, nothing about fastify, sockets or ClickHouse. */
export type Services = {
  ingest(request: IngestRequest): Promise<IngestResult>;
  readFleet(): Promise<Fleet>;
  readModel(model: string): ModelDetail;
  registerModel(act: Act, request: RegisterModel): Promise<ModelDetail>;
  changeModel(act: Act, model: string, changes: ChangeModel): Promise<ModelDetail>;
  readDrift(model: string, query: SliceQuery & { exact?: boolean; interval?: boolean }): Promise<Drift>;
  readHeatmap(model: string, query: SliceQuery & { metric?: string }): Promise<Heatmap>;
  readFeature(model: string, feature: string, query: SliceQuery): Promise<FeatureOverlay>;
  readPerformance(model: string, query: SliceQuery): Promise<Performance>;
  readFairness(model: string, query: WindowQuery & { version?: string }): Promise<Fairness>;
  readMetrics(
    model: string,
    query: SliceQuery & { metric?: string; feature?: string; group?: string; exact?: boolean },
  ): Promise<MetricsAnswer>;
  listReferences(model: string): ReferenceWire[];
  createReference(
    act: Act,
    model: string,
    request: { kind: 'window' | 'imported'; modelVersion: string | null; from: string; to: string },
  ): Promise<ReferenceWire>;
  readIngestion(query: WindowQuery): Promise<Ingestion>;
  listRejected(query: { model?: string; code?: string; cursor?: string; limit?: number }): Promise<RejectedList>;
  replayRejected(
    act: Act,
    ids: string[],
  ): Promise<{ accepted: number; rejected: number; results: { id: string; status: string }[] }>;
  listKeys(): KeyView[];
  createKey(
    act: Act,
    request: { name: string; scopes: string[]; models?: string[] },
  ): Promise<KeyView & { key: string }>;
  revokeKey(act: Act, id: string, reason: string): Promise<KeyView>;
  /** The key behind a credential, or null; constant time. */
  authenticateKey(key: string): { actor: Actor; scopes: readonly string[]; models: readonly string[] } | null;
  health(): Promise<HealthReport>;
  demo: { breakModel(model: string): Promise<void>; heal(): Promise<void> } | null;
  onboarding(): { ingestKey: string | null; url: string; demo: boolean };
};

export type KeyView = {
  id: string;
  name: string;
  /** First characters, enough to recognise the key. */
  prefix: string;
  scopes: string[];
  models: string[];
  createdAt: string;
  revokedAt: string | null;
};

export type HealthReport = {
  isReady: boolean;
  checks: { name: string; isOk: boolean; detail: string; latencyMs: number }[];
};

/** What sockets follow. */
export type LiveFeed = {
  epoch: string;
  onFleet(
    listener: (
      message: import('./sockets/events.ts').LiveEnvelope<import('./schemas/fleet.schema.ts').FleetRow[]>,
    ) => void,
  ): () => void;
  onModel(
    listener: (message: import('./sockets/events.ts').LiveEnvelope<import('./sockets/events.ts').ModelDelta>) => void,
  ): () => void;
  onIngest(
    listener: (message: import('./sockets/events.ts').LiveEnvelope<import('./sockets/events.ts').IngestDelta>) => void,
  ): () => void;
  seqOf(room: string): number;
};

export type AppOptions = {
  services: Services;
  live: LiveFeed;
  logger: Logger;
  version: { version: string; commit: string | null; node: string; engine: string };
  /** Signs session cookies; made at first start, kept in the data directory. */
  sessionSecret: string;
  /** One-time login tokens, SHA-256 hex; a used one is gone. */
  loginTokens: { redeem(token: string): boolean };
  /** Host names the server answers for; empty: any (behind a proxy that checks). */
  allowedHosts: readonly string[];
  uiDirectory: string | null;
  limits: { bodyBytesMax: number; requestTimeoutMs: number };
  metrics: { contentType: string; text(): Promise<string> };
};
