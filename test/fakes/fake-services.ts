import type { AppOptions, LiveFeed, Services } from '../../server/app-deps.ts';
import { CodedError } from '../../server/errors.ts';
import { LiveFeedHub } from '../../server/services/live-feed.ts';
import type { Fleet, FleetRow } from '../../server/schemas/fleet.schema.ts';
import type { ModelDetail, ReferenceWire } from '../../server/schemas/model.schema.ts';
import type { Drift, FeatureOverlay, Heatmap } from '../../server/schemas/drift.schema.ts';
import type { Fairness, Performance } from '../../server/schemas/performance.schema.ts';

export const at = '2026-11-22T10:00:00.000Z';
const window = { from: '2026-11-21T10:00:00.000Z', to: at };

/** Keys that the fake knows, by text. */
export const keys = {
  admin: 'pl_admin',
  ingest: 'pl_ingest',
  ingestLimited: 'pl_ingest_limited',
  read: 'pl_read',
  readLimited: 'pl_read_limited',
};

const identities = new Map<string, { scopes: string[]; models: string[] }>([
  [keys.admin, { scopes: ['admin'], models: [] }],
  [keys.ingest, { scopes: ['ingest'], models: [] }],
  [keys.ingestLimited, { scopes: ['ingest'], models: ['credit-risk'] }],
  [keys.read, { scopes: ['read'], models: [] }],
  [keys.readLimited, { scopes: ['read'], models: ['credit-risk'] }],
]);

export function modelDetail(id: string): ModelDetail {
  return {
    id,
    task: 'binary',
    registration: 'declared',
    schemaMode: 'open',
    features: [{ name: 'income', kind: 'numeric', origin: 'declared' }],
    unknownFeatures: [],
    positiveLabel: 'approve',
    negativeLabel: 'decline',
    threshold: 0.5,
    scoreScale: 'probability',
    segments: [],
    sensitiveFeatures: [],
    classes: [],
    intersections: [],
    minGroupN: 30,
    stage: 'production',
    versions: [],
    references: [],
    createdAt: at,
    revision: 1,
  };
}

export function fleetRow(model: string): FleetRow {
  return {
    model,
    task: 'binary',
    registration: 'declared',
    stage: 'production',
    versions: [],
    health: { status: 'ok', reason: 'nothing moved' },
    traffic: { from: window.from, stepSeconds: 3600, counts: [1, 2, 3], perSecond: 0.5 },
    window,
    predictions: 6,
    labelCoverage: null,
    worstDrift: null,
    performance: null,
    reference: null,
    newestOccurredAt: at,
    newestReceivedAt: at,
    evaluatedAt: at,
  };
}

const reference: ReferenceWire = {
  id: 'ref-1',
  kind: 'window',
  modelVersion: null,
  from: window.from,
  to: window.to,
  n: 100,
  createdAt: at,
  createdBy: 'admin',
  status: 'refolding',
  progress: 0,
};

const noData = { kind: 'no_data' } as const;

const driftOf = (model: string): Drift => ({
  model,
  version: null,
  segment: null,
  window,
  reference: null,
  n: 0,
  exact: false,
  features: [],
  driftedShare: noData,
  computedInMs: 1,
  asOf: at,
});

const heatmapOf = (model: string): Heatmap => ({
  model,
  metric: 'population_stability_index',
  window,
  stepSeconds: 3600,
  buckets: [window.from],
  n: [0],
  features: [],
  threshold: { warning: 0.1, critical: 0.25 },
  nMin: 500,
  reduced: null,
  asOf: at,
});

const overlayOf = (model: string, feature: string): FeatureOverlay => ({
  model,
  feature,
  kind: 'numeric',
  window,
  reference: null,
  bins: [],
  nReference: 0,
  nCurrent: 0,
  moments: { reference: null, current: null },
  metrics: {},
  verdict: { status: 'no_data', reasons: [] },
  segments: [],
  asOf: at,
});

const performanceOf = (model: string): Performance => ({
  model,
  task: 'binary',
  version: null,
  segment: null,
  window,
  stepSeconds: 3600,
  headline: 'roc_auc',
  overall: { roc_auc: noData },
  firstReported: {},
  confusion: null,
  total: 0,
  labelled: 0,
  points: [],
  calibration: [],
  versions: [],
  asOf: at,
});

const fairnessOf = (model: string): Fairness => ({ model, window, minGroupN: 30, attributes: [], asOf: at });

export type Call = { verb: string; arguments: unknown[] };
export type FakeServices = { services: Services; calls: Call[]; models: Set<string>; revoked: Set<string> };

/** Services that answer with small truthful shapes and remember what they were asked. */
export function fakeServices(overrides: Partial<Services> = {}): FakeServices {
  const calls: Call[] = [];
  const models = new Set(['credit-risk', 'churn']);
  const revoked = new Set<string>();
  const known = (model: string): string => {
    if (models.has(model)) return model;
    const detail = `There is no model ${model}. GET /api/v1/models lists them; a first prediction registers one.`;
    throw new CodedError('MODEL_NOT_FOUND', detail);
  };
  const fleet = (): Fleet => ({ rows: [...models].map(fleetRow), seq: 1, epoch: 'e1', asOf: at });
  const keyView = { id: 'pl_12345678', name: 'k', prefix: 'pl_12345678', scopes: [], models: [], createdAt: at };
  const services: Services = {
    ingest: async () => ({
      status: 202,
      reply: { batchId: 'b1', accepted: 1, duplicates: 0, rejected: 0, errors: [], errorsTruncated: false },
    }),
    readFleet: async () => fleet(),
    readModel: (model) => modelDetail(known(model)),
    registerModel: async (_act, { model }) => modelDetail(model),
    changeModel: async (_act, model) => modelDetail(known(model)),
    readDrift: async (model) => driftOf(known(model)),
    readHeatmap: async (model) => heatmapOf(known(model)),
    readFeature: async (model, feature) => overlayOf(known(model), feature),
    readPerformance: async (model) => performanceOf(known(model)),
    readFairness: async (model) => fairnessOf(known(model)),
    readMetrics: async (model) => ({ model: known(model), window, results: [{ metric: 'roc_auc', result: noData }] }),
    listReferences: (model) => (known(model), [reference]),
    createReference: async (_act, model) => (known(model), reference),
    readIngestion: async () => ({
      window,
      sources: [],
      journal: { bytes: 0, bytesMax: 1, pendingBatches: 0, oldestPendingSeconds: null },
      engine: { state: 'ready', restarts: 0 },
      feedback: { unpaired: 0 },
      asOf: at,
    }),
    listRejected: async () => ({ rows: [], nextCursor: null }),
    replayRejected: async (_act, ids) => ({
      accepted: ids.length,
      rejected: 0,
      results: ids.map((id) => ({ id, status: 'accepted' })),
    }),
    // A store's record has more members than may be shown.
    listKeys: () => [{ ...keyView, revokedAt: null, digest: 'secret-digest' } as ReturnType<Services['listKeys']>[0]],
    createKey: async (_act, { name, scopes, models: only = [] }) => {
      return { ...keyView, name, scopes, models: only, revokedAt: null, key: 'pl_12345678rest' };
    },
    revokeKey: async (_act, id) => ({ ...keyView, id, revokedAt: at }),
    authenticateKey: (key) => {
      const identity = revoked.has(key) ? undefined : identities.get(key);
      return identity === undefined ? null : { actor: { kind: 'key', id: key }, ...identity };
    },
    health: async () => ({ isReady: true, checks: [{ name: 'store', isOk: true, detail: 'answers', latencyMs: 1 }] }),
    demo: { breakModel: async () => undefined, heal: async () => undefined },
    onboarding: () => ({ ingestKey: null, url: 'http://127.0.0.1', demo: true }),
    ...overrides,
  };
  const spied = Object.fromEntries(
    Object.entries(services).map(([verb, work]) => {
      if (typeof work !== 'function') return [verb, work];
      const call = (...given: unknown[]): unknown => {
        calls.push({ verb, arguments: given });
        return (work as (...given: unknown[]) => unknown)(...given);
      };
      return [verb, call];
    }),
  ) as Services;
  return { services: spied, calls, models, revoked };
}

export const sessionSecret = 'a-secret-of-at-least-thirty-two-characters';

/** Options of an app on fakes: any host, no dashboard, one login token `right` that works once. */
export function fakeOptions(
  services: Services,
  overrides: Partial<AppOptions> = {},
): AppOptions & { hub: LiveFeedHub } {
  const hub = new LiveFeedHub('e1', () => Date.parse(at));
  const live: LiveFeed = hub;
  const tokens = new Set(['right']);
  return {
    hub,
    services,
    live,
    logger: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    version: { version: '0.0.0-test', commit: null, node: process.version, engine: 'none' },
    sessionSecret,
    loginTokens: { redeem: (token) => tokens.delete(token) },
    allowedHosts: [],
    uiDirectory: null,
    limits: { bodyBytesMax: 1024 * 1024, requestTimeoutMs: 10_000 },
    metrics: { contentType: 'text/plain; version=0.0.4', text: async () => 'plumbline_up 1\n' },
    ...overrides,
  };
}
