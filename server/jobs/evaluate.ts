import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { FleetRow } from '../schemas/fleet.schema.ts';
import { evaluateFleet } from '../services/evaluate-fleet.ts';
import { OutcomeViews } from '../services/outcome-views.ts';
import type { LiveFeedHub } from '../services/live-feed.ts';
import type { MeasureDeps } from '../services/measure-deps.ts';
import type { FoldedBatch } from './deliver-batches.ts';

export type EvaluateJob = {
  /** Tells the job what moved; the models are evaluated and published soon after. */
  noteFolded(folded: FoldedBatch): void;
  noteChanged(model: string): void;
  onEvaluated(listener: (seconds: number) => void): void;
  /** Today's rows, none older than `rowsMaxAgeMs`. */
  rows(): Promise<FleetRow[]>;
  stop(): Promise<void>;
};

type Change = { from: number; to: number; outcomes: boolean };

const noSpan = { from: Infinity, to: -Infinity };

/** Two evaluations of the fleet are at least so far apart; between them changes gather. */
const evaluateEveryMs = 250;
/** With many models an evaluation takes longer: it may take a quarter of the time, not more. */
const idleFactor = 3;
/** A row that nobody's batch moved is looked at again after so long: its model may have fallen silent. */
const rowsMaxAgeMs = 15_000;

export function evaluateJob(deps: MeasureDeps & { hub: LiveFeedHub; logger: Logger; clock: Clock }): EvaluateJob {
  return new Evaluation(deps);
}

class Evaluation implements EvaluateJob {
  private readonly deps: MeasureDeps & { hub: LiveFeedHub; logger: Logger };
  private readonly outcomeViews: OutcomeViews;
  private readonly cache = new Map<string, FleetRow>();
  private readonly listeners = new Set<(seconds: number) => void>();
  private changes = new Map<string, Change>();
  private timer: NodeJS.Timeout | null = null;
  private running: Promise<void> = Promise.resolve();
  private stopped = false;
  private lastMs = 0;

  constructor(deps: MeasureDeps & { hub: LiveFeedHub; logger: Logger }) {
    this.deps = deps;
    this.outcomeViews = new OutcomeViews(deps);
  }

  readonly noteFolded = (folded: FoldedBatch): void => {
    for (const [model, span] of folded.changed) this.note(model, { ...span, outcomes: false });
    for (const model of folded.outcomesChanged) this.note(model, { ...noSpan, outcomes: true });
    this.schedule(0);
  };

  readonly noteChanged = (model: string): void => {
    this.note(model, { ...noSpan, outcomes: true });
    this.schedule(0);
  };

  onEvaluated(listener: (seconds: number) => void): void {
    this.listeners.add(listener);
  }

  async rows(): Promise<FleetRow[]> {
    const { governance, clock } = this.deps;
    const ids = [...governance.state().models.keys()];
    const oldest = clock.now() - rowsMaxAgeMs;
    const due = ids.filter((id) => !(Date.parse(this.cache.get(id)?.evaluatedAt ?? '') > oldest));
    if (due.length > 0) await this.evaluate(due, new Set());
    return ids.flatMap((id) => this.cache.get(id) ?? []);
  }

  async stop(): Promise<void> {
    this.stopped = true;
    if (this.timer !== null) clearTimeout(this.timer);
    await this.running;
  }

  private note(model: string, change: Change): void {
    const before = this.changes.get(model);
    this.changes.set(model, {
      from: Math.min(before?.from ?? Infinity, change.from),
      to: Math.max(before?.to ?? -Infinity, change.to),
      outcomes: change.outcomes || before?.outcomes === true,
    });
  }

  private schedule(delayMs: number): void {
    if (this.timer !== null || this.stopped || this.changes.size === 0) return;
    this.timer = setTimeout(() => {
      this.running = this.publishChanges().finally(() => {
        this.timer = null;
        this.schedule(Math.max(evaluateEveryMs, idleFactor * this.lastMs));
      });
    }, delayMs);
  }

  private async publishChanges(): Promise<void> {
    const taken = this.changes;
    this.changes = new Map();
    try {
      const moved = [...taken].filter(([, change]) => change.outcomes).map(([model]) => model);
      const rows = await this.evaluate([...taken.keys()], new Set(moved));
      this.deps.hub.publishFleet(rows);
      for (const row of rows) this.publishModel(row, taken.get(row.model) ?? { ...noSpan, outcomes: false });
    } catch (error) {
      for (const [model, change] of taken) this.note(model, change);
      this.deps.logger.warn({ error: String(error) }, 'evaluation failed; it is tried again with the next batch');
    }
  }

  private async evaluate(models: readonly string[], labelsMoved: ReadonlySet<string>): Promise<FleetRow[]> {
    const started = this.deps.clock.monotonicMs();
    const outcomes = await this.outcomeViews.of(models, labelsMoved);
    const rows = await evaluateFleet(this.deps, models, outcomes);
    for (const row of rows) this.cache.set(row.model, row);
    const seconds = (this.deps.clock.monotonicMs() - started) / 1000;
    this.lastMs = seconds * 1000;
    for (const listener of this.listeners) listener(seconds);
    return rows;
  }

  private publishModel(row: FleetRow, { from, to, outcomes }: Change): void {
    const changed = from > to ? null : { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
    this.deps.hub.publishModel({ model: row.model, row, changed, outcomesChanged: outcomes });
  }
}
