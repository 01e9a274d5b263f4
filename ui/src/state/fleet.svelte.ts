import type { Fleet, FleetRow } from '../../../server/schemas/fleet.schema.ts';
import { orderByHealth } from '../status-order.ts';
import { live } from './live.svelte.ts';
import { Resource } from './resource.svelte.ts';

class FleetState {
  readonly resource = new Resource<Fleet>((data) => this.#takeSnapshot(data));
  rows = $state.raw<ReadonlyMap<string, FleetRow>>(new Map());
  /** Order on screen. It changes when the reader asks for it, never under the cursor. */
  order = $state.raw<string[]>([]);
  readonly isEmpty = $derived(this.resource.data !== null && this.rows.size === 0);
  readonly wantedOrder = $derived(orderByHealth([...this.rows.values()]));
  readonly isOutOfOrder = $derived(this.wantedOrder.join('\n') !== this.order.join('\n'));
  readonly worst = $derived.by(() => {
    const first = this.wantedOrder[0];
    return first === undefined ? null : (this.rows.get(first) ?? null);
  });
  #isStarted = false;

  start(): void {
    if (this.#isStarted) return;
    this.#isStarted = true;
    this.resource.open('api/v1/models');
    live.follow<FleetRow[]>('fleet', {
      apply: (messages) => this.#merge(messages.flat()),
      snapshot: () => void this.load(),
    });
  }

  async load(): Promise<void> {
    await this.resource.refresh();
  }

  /** Called when a snapshot arrived: it is complete, so a model it does not have is gone. */
  #takeSnapshot(fleet: Fleet): void {
    const known = new Set(fleet.rows.map((row) => row.model));
    this.rows = new Map([...this.rows].filter(([model]) => known.has(model)));
    const isFirst = this.order.length === 0;
    this.#merge(fleet.rows);
    this.order = this.order.filter((model) => known.has(model));
    if (isFirst) this.sort();
  }

  sort(): void {
    this.order = this.wantedOrder;
  }

  /** A snapshot and a delta may cross on the way: the row that was evaluated later wins. */
  #merge(rows: FleetRow[]): void {
    const next = new Map(this.rows);
    const added: string[] = [];
    for (const row of rows) {
      const known = next.get(row.model);
      if (known && Date.parse(known.evaluatedAt) > Date.parse(row.evaluatedAt)) continue;
      if (!known) added.push(row.model);
      next.set(row.model, row);
    }
    this.rows = next;
    if (added.length > 0) this.order = [...this.order, ...added];
  }

  take(row: FleetRow): void {
    this.#merge([row]);
  }
}

export const fleet = new FleetState();
