import type { Clock } from '../ports/clock.ts';
import type { Logger } from '../ports/logger.ts';
import type { ReferenceStore } from '../ports/reference-store.ts';
import { createReference, type CreateReferenceDeps } from '../services/create-reference.ts';
import { systemAct } from '../services/governance.ts';

export type ProvisionalReferences = { noteFolded(models: Iterable<string>): void; stop(): Promise<void> };

/** A model that has too few predictions is asked about again after so long at the earliest. */
const askAgainAfterMs = 1_500;

/** Everything from the beginning of time to its end, milliseconds. */
const always = { from: 0, to: Date.UTC(2106, 0, 1) };

/**
 * A new model has no baseline. As soon as it has `rowsMin` predictions, the first of them become a provisional reference,
 * shown as such, until somebody names a better one.
 */
export function provisionalReferences(
  deps: CreateReferenceDeps & {
    store: ReferenceStore;
    clock: Clock;
    logger: Logger;
    rowsMin: number;
    onCreated: () => void;
  },
): ProvisionalReferences {
  const askedAt = new Map<string, number>();
  const timers = new Map<string, NodeJS.Timeout>();
  let queue: Promise<void> = Promise.resolve();

  async function consider(model: string): Promise<void> {
    if ((deps.governance.state().references.get(model) ?? []).length > 0) return;
    const extent = await deps.store.extent({ model, version: '', window: always });
    if (extent === null || extent.n < deps.rowsMin) return;
    const last = await deps.store.nthPredictionTime(model, deps.rowsMin);
    if (last === null) return;
    const window = { from: extent.first, to: last + 1 };
    await createReference(deps, systemAct, { model, kind: 'provisional', modelVersion: null, window });
    deps.onCreated();
  }

  function ask(model: string): void {
    timers.delete(model);
    askedAt.set(model, deps.clock.monotonicMs());
    queue = queue
      .then(() => consider(model))
      .catch((error: unknown) => {
        deps.logger.warn(
          { model, error: String(error) },
          'no provisional reference yet; it is tried again with the next batch',
        );
      });
  }

  return {
    noteFolded(models) {
      const now = deps.clock.monotonicMs();
      for (const model of models) {
        if (timers.has(model) || (deps.governance.state().references.get(model) ?? []).length > 0) continue;
        // Put off, not left out: after the last batch of an import nothing else would ask.
        const delayMs = Math.max(0, (askedAt.get(model) ?? -Infinity) + askAgainAfterMs - now);
        timers.set(model, setTimeout(() => ask(model), delayMs).unref());
      }
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      return queue;
    },
  };
}
