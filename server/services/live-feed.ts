import type { FleetRow } from '../schemas/fleet.schema.ts';
import type { IngestDelta, LiveEnvelope, ModelDelta } from '../sockets/events.ts';

type Listener<T> = (message: LiveEnvelope<T>) => void;

/** One numbered stream per room. Followers notice a gap by `seq` and a restart by `epoch`. */
export class LiveFeedHub {
  readonly epoch: string;
  private readonly now: () => number;
  private readonly seqs = new Map<string, number>();
  private readonly fleet = new Set<Listener<FleetRow[]>>();
  private readonly model = new Set<Listener<ModelDelta>>();
  private readonly ingest = new Set<Listener<IngestDelta>>();

  constructor(epoch: string, now: () => number) {
    this.epoch = epoch;
    this.now = now;
  }

  seqOf(room: string): number {
    return this.seqs.get(room) ?? 0;
  }

  onFleet(listener: Listener<FleetRow[]>): () => void {
    return subscribe(this.fleet, listener);
  }

  onModel(listener: Listener<ModelDelta>): () => void {
    return subscribe(this.model, listener);
  }

  onIngest(listener: Listener<IngestDelta>): () => void {
    return subscribe(this.ingest, listener);
  }

  publishFleet(rows: FleetRow[]): void {
    this.send(this.fleet, 'fleet', rows);
  }

  publishModel(delta: ModelDelta): void {
    this.send(this.model, `model:${delta.model}`, delta);
  }

  publishIngest(delta: IngestDelta): void {
    this.send(this.ingest, 'ingest', delta);
  }

  private send<T>(listeners: Set<Listener<T>>, room: string, values: T): void {
    const seq = this.seqOf(room) + 1;
    this.seqs.set(room, seq);
    const message = { seq, epoch: this.epoch, t: new Date(this.now()).toISOString(), values };
    for (const listener of listeners) listener(message);
  }
}

function subscribe<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}
