import { seededRandom } from '../metrics/support/numerics/seeded-random.ts';
import type { Clock } from '../ports/clock.ts';
import { creditRiskEvent, type DemoDice, type DemoEvent, demandEvent, triageEvent } from './demo-events.ts';

export type TrickleDeps = {
  clock: Clock;
  seed: number;
  /** Events a second over all models, as long as nothing is broken. */
  perSecond: number;
  ingest: (body: Uint8Array, kind: 'prediction' | 'feedback') => Promise<unknown>;
};

export type Trickle = { breakModel(model: string): void; heal(): void; stop(): void };

const makers: Record<string, (dice: DemoDice) => DemoEvent> = {
  'credit-risk': creditRiskEvent,
  demand: demandEvent,
  triage: triageEvent,
};

const tickMs = 250;
/** A broken model sends so many events a second, so that the change is on screen within seconds. */
const brokenPerSecond = 200;
/** Part of the truth is known after seconds here, so that performance moves, too. */
const truthShare = 0.3;
const truthAfterMs = 5_000;

/** Live traffic that goes on where the history ends, through the same door as everybody's. */
export function startTrickle(deps: TrickleDeps): Trickle {
  const uniform = seededRandom(deps.seed + 1);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  const known: { dueAt: number; feedback: Record<string, unknown> }[] = [];
  const owed = new Map<string, number>();
  const run = deps.clock.now().toString(36);
  let broken: string | null = null;
  let serial = 0;

  function eventsDue(model: string): number {
    const rate = model === broken ? brokenPerSecond : deps.perSecond / Object.keys(makers).length;
    const due = (owed.get(model) ?? 0) + (rate * tickMs) / 1000;
    owed.set(model, due - Math.floor(due));
    return Math.floor(due);
  }

  function make(model: string, now: number): Record<string, unknown> {
    const { prediction, truth } = makers[model]({ uniform, normal, isBroken: model === broken });
    const id = `live-${run}-${(serial++).toString(36).padStart(6, '0')}`;
    if (uniform() < truthShare) known.push({ dueAt: now + truthAfterMs, feedback: { predictionId: id, ...truth } });
    return { id, time: new Date(now - Math.floor(tickMs * uniform())).toISOString(), ...prediction };
  }

  async function tick(): Promise<void> {
    const now = deps.clock.now();
    const events = Object.keys(makers).flatMap((model) =>
      Array.from({ length: eventsDue(model) }, () => make(model, now)),
    );
    const due = known.findIndex(({ dueAt }) => dueAt > now);
    const feedback = known.splice(0, due < 0 ? known.length : due).map((entry) => entry.feedback);
    await send(events, 'prediction');
    await send(feedback, 'feedback');
  }

  async function send(events: readonly object[], kind: 'prediction' | 'feedback'): Promise<void> {
    if (events.length > 0) await deps.ingest(new TextEncoder().encode(JSON.stringify(events)), kind);
  }

  // A tick that is late is skipped: the trickle must not pile up behind a busy machine.
  let isBusy = false;
  const timer = setInterval(() => {
    if (isBusy) return;
    isBusy = true;
    // What is refused while storage is away is lost: this traffic is for looking at.
    void tick()
      .catch(() => undefined)
      .finally(() => (isBusy = false));
  }, tickMs);
  return {
    breakModel(model) {
      if (model in makers) broken = model;
    },
    heal() {
      broken = null;
    },
    stop: () => clearInterval(timer),
  };
}
