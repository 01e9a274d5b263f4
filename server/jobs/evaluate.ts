import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { FleetRow } from '../schemas/fleet.schema.ts';
import { evaluateFleet } from '../services/evaluate-fleet.ts';
import type { LiveFeedHub } from '../services/live-feed.ts';
import type { MeasureDeps } from '../services/measure-deps.ts';
import type { FoldedBatch } from './deliver-batches.ts';

export type EvaluateJob = {
  /** Tells the job what moved; the models are evaluated and published soon after. */
  noteFolded(folded: FoldedBatch): void;
  noteChanged(model: string): void;
  /** Today's rows, evaluated within the last `rowsMaxAgeMs`. */
  rows(): Promise<FleetRow[]>;
  durationsMs(): readonly number[];
  stop(): Promise<void>;
};

type Change = { from: number; to: number; outcomes: boolean };

/** Two evaluations of the fleet are at least so far apart; between them changes gather. */
const evaluateEveryMs = 250;
/** A row that nobody's batch moved is looked at again after so long: it may have fallen silent. */
const rowsMaxAgeMs = 15_000;

export function evaluateJob(deps: MeasureDeps & { hub: LiveFeedHub; logger: Logger }): EvaluateJob {
  const { clock, hub, logger, governance } = deps;
  const cache = new Map<string, FleetRow>();
  const changes = new Map<string, Change>();
  const durations: number[] = [];
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  async function evaluateChanged(): Promise<void> {
    const taken = new Map(changes);
    changes.clear();
    const started = clock.monotonicMs();
    try {
      const rows = await evaluateFleet(deps, [...taken.keys()]);
      for (const row of rows) cache.set(row.model, row);
      hub.publishFleet(rows);
      for (const row of rows) publishModel(row, taken.get(row.model));
    } catch (error) {
      for (const [model, change] of taken) if (!changes.has(model)) changes.set(model, change);
      logger.warn({ error: String(error) }, 'evaluation failed; it is tried again');
    }
    durations.push(clock.monotonicMs() - started);
    if (durations.length > 100) durations.shift();
  }

  function publishModel(row: FleetRow, change: Change | undefined): void {
    const changed =
      change === undefined || change.from > change.to
        ? null
        : { from: new Date(change.from).toISOString(), to: new Date(change.to).toISOString() };
    hub.publishModel({ model: row.model, row, changed, outcomesChanged: change?.outcomes ?? false });
  }

  function schedule(delayMs: number): void {
    if (timer !== null || stopped || changes.size === 0) return;
    timer = setTimeout(() => {
      running = evaluateChanged().finally(() => {
        timer = null;
        schedule(evaluateEveryMs);
      });
    }, delayMs);
  }

  function note(model: string, change: Change): void {
    const before = changes.get(model);
    changes.set(model, {
      from: Math.min(before?.from ?? Infinity, change.from),
      to: Math.max(before?.to ?? -Infinity, change.to),
      outcomes: change.outcomes || before?.outcomes === true,
    });
  }

  return {
    noteFolded(folded) {
      for (const [model, span] of folded.changed) note(model, { ...span, outcomes: folded.outcomesChanged.has(model) });
      for (const model of folded.outcomesChanged) note(model, { from: Infinity, to: -Infinity, outcomes: true });
      schedule(0);
    },
    noteChanged(model) {
      note(model, { from: Infinity, to: -Infinity, outcomes: true });
      schedule(0);
    },
    async rows() {
      const ids = [...governance.state().models.keys()];
      const oldest = clock.now() - rowsMaxAgeMs;
      const due = ids.filter((id) => Date.parse(cache.get(id)?.evaluatedAt ?? '') > oldest === false);
      if (due.length > 0) for (const row of await evaluateFleet(deps, due)) cache.set(row.model, row);
      return ids.flatMap((id) => cache.get(id) ?? []);
    },
    durationsMs: () => durations,
    async stop() {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running;
    },
  };
}
