import type { Core } from './start-core.ts';
import type { Services } from '../app-deps.ts';
import { CodedError } from '../errors.ts';
import { createReference } from '../services/create-reference.ts';
import { authenticateKey, createKey, keyView, revokeKey } from '../services/manage-keys.ts';
import { changeModel, listReferences, readModel, registerModel } from '../services/manage-models.ts';
import { readDrift, readHeatmap } from '../services/read-drift.ts';
import { readFairness } from '../services/read-fairness.ts';
import { readHealth } from '../services/read-health.ts';
import { readFeature } from '../services/read-feature.ts';
import { type IngestState, listRejected, readIngestion } from '../services/read-ingestion.ts';
import { readMetrics } from '../services/read-metrics.ts';
import { readPerformance } from '../services/read-performance.ts';
import { replayRejected } from '../services/replay-rejected.ts';

export type ServiceExtras = { demo: Services['demo']; onboarding: Services['onboarding'] };

export function servicesOf(core: Core, { demo, onboarding }: ServiceExtras): Services {
  const { governance, collector, accounts, clock } = core;
  const ingest: Services['ingest'] = (request) => collector.accept(request);
  return {
    ingest,
    readFleet: async () => ({
      rows: await core.evaluate.rows(),
      seq: core.hub.seqOf('fleet'),
      epoch: core.hub.epoch,
      asOf: new Date(clock.now()).toISOString(),
    }),
    readModel: (model) => readModel(core, model),
    registerModel: (act, request) => registerModel(core, act, request),
    changeModel: (act, model, changes) => changeModel(core, act, model, changes),
    readDrift: (model, query) => readDrift(core, model, query),
    readHeatmap: (model, query) => readHeatmap(core, model, query),
    readFeature: (model, feature, query) => readFeature(core, model, feature, query),
    readPerformance: (model, query) => readPerformance(core, model, query),
    readFairness: (model, query) => readFairness(core, model, query),
    readMetrics: (model, query) => readMetrics(core, model, query),
    listReferences: (model) => listReferences(core, model),
    async createReference(act, model, { kind, modelVersion, from, to }) {
      await collector.flush();
      const window = { from: Date.parse(from), to: Date.parse(to) };
      const id = await createReference({ ...core, store: core.references }, act, { model, kind, modelVersion, window });
      void core.refold().then(() => core.evaluate.noteChanged(model));
      const created = listReferences(core, model).find((reference) => reference.id === id);
      if (created === undefined) throw new CodedError('REFERENCE_NOT_FOUND', `Reference ${id} is not in the state.`);
      return created;
    },
    readIngestion: (query) => readIngestion({ accounts, clock, state: () => ingestState(core) }, query),
    listRejected: (query) => listRejected(accounts, query),
    replayRejected: (_act, ids) => replayRejected({ accounts, clock, ingest }, ids),
    listKeys: () => [...governance.state().keys.values()].map(keyView),
    createKey: (act, request) => createKey(governance, act, request),
    revokeKey: (act, id, reason) => revokeKey(governance, act, id, reason),
    authenticateKey: (key) => authenticateKey(governance, key),
    health: () =>
      readHealth({
        clock,
        pingStore: () => core.clickHouse.ping(),
        journal: () => {
          const { journalBytes, journalBytesMax, lastDeliveryError } = collector.stats();
          return { bytes: journalBytes, bytesMax: journalBytesMax, lastError: lastDeliveryError };
        },
      }),
    demo,
    onboarding,
  };
}

function ingestState({ collector, clock, engine, unpairedFeedback }: Core): IngestState {
  const { journalBytes, journalBytesMax, pendingBatches, oldestPendingOpenedAt } = collector.stats();
  const oldest = oldestPendingOpenedAt === null ? null : (clock.now() - oldestPendingOpenedAt) / 1000;
  return {
    journal: { bytes: journalBytes, bytesMax: journalBytesMax, pendingBatches, oldestPendingSeconds: oldest },
    engine: { state: engine?.state() ?? 'external', restarts: engine?.restarts() ?? 0 },
    unpaired: unpairedFeedback(),
  };
}
