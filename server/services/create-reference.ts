import { createHash, randomBytes } from 'node:crypto';
import { buildBinningSet } from '../counting/build-binning-set.ts';
import { decodePredictions } from '../counting/decode-segment.ts';
import { mergeFeatureRows } from '../counting/merge-tallies.ts';
import { foldPredictions } from '../counting/prediction-fold.ts';
import type { GovernanceEvent } from '../domain/governance-event.ts';
import type { ReferenceKind } from '../domain/reference.ts';
import type { Window } from '../domain/window.ts';
import type { Clock } from '../ports/clock.ts';
import type { ReferenceStore } from '../ports/reference-store.ts';
import { CodedError } from '../errors.ts';
import type { ModelBaselines } from './fold-models.ts';
import type { Act, Governance } from './governance.ts';

export type CreateReferenceDeps = {
  governance: Governance;
  store: ReferenceStore;
  baselines: ModelBaselines;
  clock: Clock;
  /** Ids of batches that are open, sealed or half stored, but not yet counted. */
  pendingBatches: () => Promise<string[]>;
  /** Runs while no batch is being counted, so that every batch is counted either before or under the new reference. */
  betweenBatches: <T>(work: () => Promise<T>) => Promise<T>;
};

export type NewReference = { model: string; kind: ReferenceKind; modelVersion: string | null; window: Window };

/** A baseline is made of at most so many rows, evenly sampled: bins need no more. */
export const referenceRowsMax = 200_000;
export const referenceRowsMin = 30;

/**
 * Freezes a baseline from stored predictions: bins, counts, digest, then the governance event that makes it count.
 * New batches are counted under it from the next one on; history is recounted in the background.
 *
 * @throws CodedError MODEL_NOT_FOUND, REFERENCE_EMPTY
 */
export async function createReference(deps: CreateReferenceDeps, act: Act, request: NewReference): Promise<string> {
  const { governance, store, baselines, clock } = deps;
  const model = governance.state().models.get(request.model);
  if (model === undefined) throw new CodedError('MODEL_NOT_FOUND', `There is no model ${request.model}.`);
  const scope = { model: model.id, version: request.modelVersion ?? '', window: request.window };
  const extent = await store.extent(scope);
  if (extent === null || extent.n < referenceRowsMin) {
    throw new CodedError(
      'REFERENCE_EMPTY',
      `The window holds ${extent?.n ?? 0} predictions; a reference needs at least ${referenceRowsMin}. Choose a longer window.`,
    );
  }
  const share = Math.min(1, (referenceRowsMax * 0.98) / extent.n);
  const rows = decodePredictions(await store.sampleRows(scope, share, referenceRowsMax));
  const id = `ref-${clock.now().toString(36)}-${randomBytes(4).toString('hex')}`;
  const binnings = buildBinningSet(id, model, rows);
  const foldModel = { definition: model, binnings: [binnings], scoreBinnings: [] };
  const folded = foldPredictions(rows, new Map([[model.id, foldModel]]), new Set());
  const counts = mergeFeatureRows(folded.features.filter((row) => row.segment === ''));
  if (counts === null) throw new CodedError('REFERENCE_EMPTY', 'No row of the window could be counted.');
  const body = { binnings, counts };
  await store.save(id, model.id, body);
  baselines.remember(id, body);
  await deps.betweenBatches(async () => {
    const event: GovernanceEvent = {
      type: 'reference.created',
      model: model.id,
      reference: id,
      kind: request.kind,
      modelVersion: request.modelVersion,
      from: new Date(request.window.from).toISOString(),
      to: new Date(request.window.to).toISOString(),
      n: counts.n,
      binningDigest: createHash('sha256').update(JSON.stringify(body)).digest('hex'),
      refoldBatchesBefore: Math.floor(clock.now()).toString(16).padStart(12, '0').padEnd(32, '0'),
      pendingBatches: await deps.pendingBatches(),
    };
    await governance.change(act, () => [event]);
  });
  return id;
}
