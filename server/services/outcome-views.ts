import { outcomeTallyOf } from '../counting/outcome-tally-of.ts';
import type { MetricResult } from '../domain/metric-result.ts';
import type { ModelDefinition } from '../domain/model.ts';
import { currentScoreBinning, type MeasureDeps, outcomePair } from './measure-deps.ts';
import { headlineMetric, performanceOf } from './read-performance.ts';
import { byWindow, laddered, type Measured, type Rung } from './window-ladder.ts';

const performanceWindows = ['24h', '7d', '30d', 'all'] as const;
const labelledRowsMin = 100;
/** Without a new label only the number of predictions moves: the share of labels may be so old. */
const viewMaxAgeMs = 20_000;

/** What a row of the fleet says about labels. */
export type OutcomeView = { headline: MetricResult; total: number; labelled: number };

function outcomeTallies(
  deps: MeasureDeps,
  models: readonly ModelDefinition[],
  label: string,
): Promise<Rung<OutcomeView>> {
  return byWindow(deps, models, label, async (group, window) => {
    const pairs = group.map((model) => outcomePair(deps, model));
    const cells = await deps.tallies.outcomeCells(pairs, window, { segment: '', version: '', groups: 'everybody' });
    const rung: Rung<OutcomeView> = new Map();
    for (const model of group) {
      const tally = outcomeTallyOf(model, currentScoreBinning(deps, model), cells.get(model.id) ?? []);
      const metric = headlineMetric(model.task);
      const headline = performanceOf(tally, [metric])[metric];
      const { total, labelled } = tally;
      rung.set(model.id, {
        window,
        value: { headline, total, labelled },
        isEnough: labelled >= labelledRowsMin && headline.kind === 'value',
      });
    }
    return rung;
  });
}

/** Performance and coverage per model, read again when labels moved or after a while, not with every batch. */
export class OutcomeViews {
  private readonly deps: MeasureDeps;
  private readonly views = new Map<string, { readAt: number; view: Measured<OutcomeView> | null }>();

  constructor(deps: MeasureDeps) {
    this.deps = deps;
  }

  /** @param moved models whose labels changed since the last call */
  async of(modelIds: readonly string[], moved: ReadonlySet<string>): Promise<Map<string, Measured<OutcomeView>>> {
    const now = this.deps.clock.now();
    const due = modelIds.filter((id) => moved.has(id) || now - (this.views.get(id)?.readAt ?? 0) > viewMaxAgeMs);
    const models = due.flatMap((id) => this.deps.governance.state().models.get(id) ?? []);
    const read = (pending: readonly ModelDefinition[], label: string): Promise<Rung<OutcomeView>> =>
      outcomeTallies(this.deps, pending, label);
    const found = await laddered(this.deps, models, performanceWindows, read);
    for (const { id } of models) this.views.set(id, { readAt: now, view: found.get(id) ?? null });
    return new Map(
      modelIds.flatMap((id) => {
        const view = this.views.get(id)?.view;
        return view ? [[id, view] as const] : [];
      }),
    );
  }
}
