import type { FleetRow } from '../schemas/fleet.schema.ts';

/**
 * The typed contract between sockets and ui. Metrics are volatile: the latest value wins, a gap in `seq`, a changed
 * `epoch` or a reconnect means "fetch the snapshot by REST, then follow".
 */
export type LiveEnvelope<T> = { seq: number; epoch: string; t: string; values: T };

/** What changed on one model since the last message: panels refetch what they show, the row is complete. */
export type ModelDelta = {
  model: string;
  row: FleetRow;
  /** Half-open range of event time whose tallies moved, ISO 8601. */
  changed: { from: string; to: string } | null;
  outcomesChanged: boolean;
};

export type IngestDelta = {
  acceptedPerSecond: number;
  rejectedPerSecond: number;
  pendingBatches: number;
  engine: string;
};

export type ServerToClientEvents = {
  fleet: (message: LiveEnvelope<FleetRow[]>) => void;
  model: (message: LiveEnvelope<ModelDelta>) => void;
  ingest: (message: LiveEnvelope<IngestDelta>) => void;
};

/** Rooms: `fleet`, `ingest`, `model:<id>`. The answer says whether the caller may, and from which `seq` it follows. */
export type ClientToServerEvents = {
  subscribe: (
    room: string,
    answer: (result: { ok: true; seq: number; epoch: string } | { ok: false; code: string }) => void,
  ) => void;
  unsubscribe: (room: string) => void;
};
