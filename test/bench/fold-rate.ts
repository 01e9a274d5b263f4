import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectorLimitsDefault } from '../../collectors/collector-limits-default.ts';
import { startCollector } from '../../collectors/collector.ts';
import { buildBinningSet } from '../../server/counting/build-binning-set.ts';
import { decodePredictions } from '../../server/counting/decode-segment.ts';
import { inspectKeys } from '../../server/counting/inspect-keys.ts';
import { type FoldModel, foldPredictions } from '../../server/counting/prediction-fold.ts';
import { RecentKeys } from '../../server/counting/recent-keys.ts';
import { probabilityEdges } from '../../server/counting/score-binning.ts';
import type { ModelDefinition } from '../../server/domain/model.ts';
import { schemaSource } from '../../server/services/extend-schema.ts';
import { startGovernance } from '../../server/services/governance.ts';
import { ndjsonBody, renew } from './event-bodies.ts';

/** The fold of one batch of 50,000 rows, step by step, from the frozen bytes: microseconds a row. */
const directory = mkdtempSync(join(tmpdir(), 'plumbline-bench-'));
const clock = { now: Date.now, monotonicMs: () => performance.now() };
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const governance = await startGovernance(
  { load: async () => [], append: async () => {}, close: async () => {} },
  clock,
);
const bodies: Uint8Array[] = [];
const collector = await startCollector({
  journalDir: directory,
  collectorId: 'bench',
  schema: schemaSource(governance),
  sink: { deliver: async (batch) => void bodies.push(await batch.readBody()) },
  clock,
  logger: silent,
  unknownModels: 'register',
  limits: { ...collectorLimitsDefault, batchAgeMs: 10_000 },
  workers: 1,
});
const body = ndjsonBody(1_000, 1);
for (let i = 0; i < 50; i++) {
  const answer = await collector.accept({
    kind: 'prediction',
    body: Uint8Array.from(renew(body, i * 1_000, Date.now())),
    contentType: 'application/x-ndjson',
    contentEncoding: null,
    source: 'bench',
    idempotencyKey: null,
    defaultModel: null,
    defaultVersion: null,
    allowedModels: null,
  });
  if (answer.status !== 202) throw new Error(JSON.stringify(answer));
}
await collector.flush();
await collector.stop();
const definition = [...governance.state().models.values()][0] as ModelDefinition;
const bytes = bodies[bodies.length - 1];
const rows = decodePredictions(bytes).rows;
const set = buildBinningSet('bench', definition, decodePredictions(bytes));
const model: FoldModel = {
  definition,
  binnings: [set],
  scoreBinnings: [{ id: 'probability_200', edges: probabilityEdges }],
};
const models = new Map([[definition.id, model]]);
const recent = new RecentKeys(8_000_000, Date.now());

const decode = perRow(() => decodePredictions(bytes));
const segment = decodePredictions(bytes);
const inspect = perRow(() => inspectKeys(segment, recent));
const fold = perRow(() => foldPredictions(segment, models, new Set()));
process.stdout.write(
  `${rows} rows, ${set.features.length} features, 1 segment, 1 group: decode ${decode.toFixed(2)}, keys ${inspect.toFixed(2)}, ` +
    `count ${fold.toFixed(2)} µs a row; in all ${Math.round(1e6 / (decode + inspect + fold)).toLocaleString('en')} rows/s\n`,
);
rmSync(directory, { recursive: true, force: true });

/** Best of several runs, microseconds a row: the machine's noise only adds. */
function perRow(work: () => unknown): number {
  let best = Infinity;
  for (let i = 0; i < 12; i++) {
    const started = performance.now();
    work();
    best = Math.min(best, performance.now() - started);
  }
  return (best * 1000) / rows;
}
