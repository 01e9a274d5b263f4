import type { FoldModel } from '../counting/prediction-fold.ts';
import { scoreBinningOf } from '../counting/score-binning.ts';
import type { GovernanceState, ReferenceRecord } from '../domain/governance-state.ts';
import type { ModelDefinition } from '../domain/model.ts';
import type { ReferenceBody, ReferenceStore } from '../ports/reference-store.ts';
import type { Governance } from './governance.ts';

/**
 * What counting and evaluation know of models and their baselines. A reference is counted from the moment it is
 * created, and read from the moment that history is counted too.
 */
export type ModelBaselines = {
  foldModels(): ReadonlyMap<string, FoldModel>;
  /** The reference that figures are compared with: the newest that is ready. */
  active(model: string): { record: ReferenceRecord; body: ReferenceBody } | null;
  body(referenceId: string): ReferenceBody | null;
  /** Takes note of a body before its governance event makes it count. */
  remember(referenceId: string, body: ReferenceBody): void;
};

export async function loadModelBaselines(governance: Governance, store: ReferenceStore): Promise<ModelBaselines> {
  const inForce = [...governance.state().references.values()]
    .flat()
    .filter((r) => isCounted(r))
    .map((r) => r.id);
  const bodies = await store.load(inForce);
  let cache: { state: GovernanceState; models: Map<string, FoldModel> } | null = null;
  return {
    foldModels() {
      const state = governance.state();
      if (cache?.state !== state) cache = { state, models: foldModelsOf(state, bodies) };
      return cache.models;
    },
    active(model) {
      const record = (governance.state().references.get(model) ?? []).findLast((r) => r.status === 'ready');
      const body = record === undefined ? undefined : bodies.get(record.id);
      return record === undefined || body === undefined ? null : { record, body };
    },
    body: (referenceId) => bodies.get(referenceId) ?? null,
    remember: (referenceId, body) => void bodies.set(referenceId, body),
  };
}

const isCounted = (reference: ReferenceRecord): boolean =>
  reference.status === 'ready' || reference.status === 'refolding';

function foldModelsOf(state: GovernanceState, bodies: ReadonlyMap<string, ReferenceBody>): Map<string, FoldModel> {
  return new Map(
    [...state.models].map(([id, definition]) => [id, foldModelOf(definition, state.references.get(id) ?? [], bodies)]),
  );
}

function foldModelOf(
  definition: ModelDefinition,
  references: readonly ReferenceRecord[],
  bodies: ReadonlyMap<string, ReferenceBody>,
): FoldModel {
  const counted = references.filter(isCounted).flatMap((r) => {
    const body = bodies.get(r.id);
    return body === undefined ? [] : [{ id: r.id, binnings: body.binnings }];
  });
  const scoreBinnings = counted.map(({ id, binnings }) =>
    scoreBinningOf(definition, { id, scoreEdges: binnings.scoreEdges }),
  );
  if (scoreBinnings.length === 0) scoreBinnings.push(scoreBinningOf(definition, null));
  const distinct = [...new Map(scoreBinnings.map((binning) => [binning.id, binning])).values()];
  return { definition, binnings: counted.map((r) => r.binnings), scoreBinnings: distinct };
}
