import type { IngestDelta } from '../../../server/sockets/events.ts';
import { live } from './live.svelte.ts';

class IngestState {
  now = $state.raw<IngestDelta | null>(null);
  /** Moves with every message, so that a page may refetch what it shows. */
  ticks = $state(0);
  #isStarted = false;

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    live.follow<IngestDelta>('ingest', {
      apply: (messages) => {
        this.now = messages[messages.length - 1];
        this.ticks += 1;
      },
      snapshot: () => (this.ticks += 1),
    });
  }
}

export const ingest = new IngestState();
