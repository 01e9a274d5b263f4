import { groupingsOf } from '../counting/group-key.ts';
import type { Logger } from '../ports/logger.ts';
import { createReference } from '../services/create-reference.ts';
import { loadModelBaselines } from '../services/fold-models.ts';
import { type Governance, systemAct } from '../services/governance.ts';
import type { ClickHouse, QueryParams } from '../stores/click-house.ts';
import { clickHouseReferenceStore } from '../stores/reference-store.ts';
import { type DemoModel, demoModelList, demoModels, demoReferences } from './demo-models.ts';

export type SeedDemoDeps = {
  clickHouse: ClickHouse;
  governance: Governance;
  /** Milliseconds since the epoch: the end of the thirty days. */
  now: number;
  seed: number;
  logger: Logger;
  /** Predictions a day and model; 6,700 make about 200,000 in thirty days. */
  rowsPerDay?: number;
};

const rowsPerDayDefault = 6_700;

/**
 * Fills an empty store with the demo: models, thirty days of predictions and late labels with planted stories, what
 * the service would have counted of them, and a reference over the first ten days. All rows are made inside the engine.
 *
 * @throws Error when an earlier seeding was cut off
 */
export async function seedDemo(deps: SeedDemoDeps): Promise<void> {
  const { clickHouse, governance, now, seed, logger, rowsPerDay = rowsPerDayDefault } = deps;
  if (isSeeded(governance)) return;
  const startedAt = performance.now();
  const known = demoModelList.find(({ id }) => governance.state().models.has(id));
  if (known !== undefined) {
    throw new Error(
      `The demo was cut off while its history was made, or ${known.id} is yours. Use an empty --data-dir.`,
    );
  }
  await governance.change(systemAct, () => demoModels(now));
  const run = (file: string, params: QueryParams): Promise<void> => clickHouse.run(`../demo/${file}`, params);
  const base = { now_ms: now, seed };
  for (const { id } of demoModelList) {
    await run(`${id}-predictions`, { ...base, per_day: rowsPerDay });
    await run(`${id}-feedback`, base);
  }
  await countHistory(run);
  // Last, because they say that the history is whole.
  await createReferences(deps);
  logger.info({ milliseconds: Math.round(performance.now() - startedAt), seed }, 'the demo has its history');
}

function isSeeded(governance: Governance): boolean {
  const { references } = governance.state();
  return demoModelList.every(({ id }) => (references.get(id) ?? []).length > 0);
}

async function countHistory(run: (file: string, params: QueryParams) => Promise<void>): Promise<void> {
  for (const model of demoModelList) {
    await run('outcomes', tallyParams(model));
    await run('prediction-tallies', tallyParams(model));
    await run('outcome-tallies', tallyParams(model));
  }
  await run('batches-of-predictions', {});
  await run('batches-of-feedback', {});
  await run('ingest-accounts', {});
}

function tallyParams(model: DemoModel): QueryParams {
  return {
    model: model.id,
    task: model.task,
    positive: model.positiveLabel,
    negative: model.negativeLabel,
    threshold: model.threshold,
    is_probability: model.task === 'binary' && model.scoreScale === 'probability' ? 1 : 0,
    center: model.valueCenter,
    classes: model.classes,
    segments: model.segments,
    sensitive: model.sensitiveFeatures,
    groupings: groupingsOf(model).map(({ positions }) => positions.map((position) => position + 1)),
  };
}

async function createReferences({ clickHouse, governance, now }: SeedDemoDeps): Promise<void> {
  const store = clickHouseReferenceStore(clickHouse);
  const baselines = await loadModelBaselines(governance, store);
  const clock = { now: () => now, monotonicMs: () => performance.now() };
  // Nothing is received while the history is made.
  const betweenBatches = <T>(work: () => Promise<T>): Promise<T> => work();
  const deps = { governance, store, baselines, clock, pendingBatches: async () => [], betweenBatches };
  for (const { model, window } of demoReferences(now)) {
    await createReference(deps, systemAct, { model, kind: 'window', modelVersion: null, window });
  }
}
