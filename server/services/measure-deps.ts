import type { Clock } from '../ports/clock.ts';
import type { ReferenceStore } from '../ports/reference-store.ts';
import type { TallyPair, TallyStore } from '../ports/tally-store.ts';
import { CodedError } from '../errors.ts';
import { scoreBinningOf, type ScoreBinning } from '../counting/score-binning.ts';
import type { ModelDefinition } from '../domain/model.ts';
import type { ReferenceRecord } from '../domain/governance-state.ts';
import type { ActivityBoard } from './activity-board.ts';
import type { ModelBaselines } from './fold-models.ts';
import type { Governance } from './governance.ts';

/** What every question about a model's figures is answered from. */
export type MeasureDeps = {
  governance: Governance;
  baselines: ModelBaselines;
  tallies: TallyStore;
  references: ReferenceStore;
  activity: ActivityBoard;
  clock: Clock;
  /** Share of history recounted, while a reference is being built; null when nothing runs. */
  refoldProgress: (referenceId: string) => number | null;
};

/** @throws CodedError MODEL_NOT_FOUND */
export function modelOf(deps: Pick<MeasureDeps, 'governance'>, id: string): ModelDefinition {
  const model = deps.governance.state().models.get(id);
  if (model === undefined) {
    throw new CodedError(
      'MODEL_NOT_FOUND',
      `There is no model ${id}. GET /api/v1/models lists them; a first prediction registers one.`,
    );
  }
  return model;
}

export type ReferenceSummary = { id: string; kind: string; n: number; status: string; progress: number };

/** The reference that figures rest on, or the first one while it is still being counted. */
export function referenceSummary(deps: MeasureDeps, model: string): ReferenceSummary | null {
  const records = deps.governance.state().references.get(model) ?? [];
  const record = records.findLast((r) => r.status === 'ready') ?? records.findLast((r) => r.status === 'refolding');
  return record === undefined ? null : summaryOf(deps, record);
}

export function summaryOf(deps: MeasureDeps, record: ReferenceRecord): ReferenceSummary {
  const { id, kind, n, status } = record;
  return {
    id,
    kind,
    n,
    status,
    progress: status === 'refolding' ? (deps.refoldProgress(id) ?? record.progress) : record.progress,
  };
}

/** The score binning that a model's outcome tallies are read under today. */
export function currentScoreBinning(deps: Pick<MeasureDeps, 'baselines'>, model: ModelDefinition): ScoreBinning {
  const active = deps.baselines.active(model.id);
  return scoreBinningOf(
    model,
    active === null ? null : { id: active.record.id, scoreEdges: active.body.binnings.scoreEdges },
  );
}

export function outcomePair(deps: Pick<MeasureDeps, 'baselines'>, model: ModelDefinition): TallyPair {
  return [model.id, currentScoreBinning(deps, model).id];
}
