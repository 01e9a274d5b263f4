import type { Actor, GovernanceEntry, GovernanceEvent } from '../domain/governance-event.ts';
import { applyEntry, emptyGovernanceState, type GovernanceState } from '../domain/governance-state.ts';
import type { Clock } from '../ports/clock.ts';
import type { GovernanceLog } from '../ports/governance-log.ts';

export type Act = { actor: Actor; requestId: string | null };

export const systemAct: Act = { actor: { kind: 'system', id: 'plumbline' }, requestId: null };

/**
 * The one way in which governance state changes: `decide` looks at today's state and answers with events; they are
 * appended, fsynced, and only then become the state. One decision at a time.
 */
export type Governance = {
  state(): GovernanceState;
  /** @throws whatever `decide` throws, or when the log cannot be written: then nothing has changed */
  change(act: Act, decide: (state: GovernanceState) => readonly GovernanceEvent[]): Promise<GovernanceState>;
  onChange(listener: (state: GovernanceState, entries: readonly GovernanceEntry[]) => void): () => void;
};

export async function startGovernance(log: GovernanceLog, clock: Clock): Promise<Governance> {
  let state = (await log.load()).reduce(applyEntry, emptyGovernanceState);
  const listeners = new Set<(state: GovernanceState, entries: readonly GovernanceEntry[]) => void>();
  let queue: Promise<unknown> = Promise.resolve();

  async function change(
    act: Act,
    decide: (state: GovernanceState) => readonly GovernanceEvent[],
  ): Promise<GovernanceState> {
    const events = decide(state);
    if (events.length === 0) return state;
    const time = new Date(clock.now()).toISOString();
    const entries = events.map((event, i): GovernanceEntry => ({
      version: 1,
      index: state.size + i,
      time,
      ...act,
      event,
    }));
    const next = entries.reduce(applyEntry, state);
    await log.append(entries);
    state = next;
    for (const listener of listeners) listener(state, entries);
    return state;
  }

  return {
    state: () => state,
    change(act, decide) {
      const result = queue.then(() => change(act, decide));
      queue = result.catch(() => undefined);
      return result;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
