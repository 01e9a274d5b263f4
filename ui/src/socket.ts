import { io, type Socket } from 'socket.io-client';
import type {
  ClientToServerEvents,
  IngestDelta,
  LiveEnvelope,
  ModelDelta,
  ServerToClientEvents,
} from '../../server/sockets/events.ts';
import type { FleetRow } from '../../server/schemas/fleet.schema.ts';

/** At most four visual updates a second, whatever arrives. */
const FLUSH_INTERVAL_MS = 250;
/** A burst of gaps asks for one snapshot, not for one each. */
const SNAPSHOT_INTERVAL_MS = 1000;

export type RoomListener<T> = {
  /** Newest message first lost its meaning: only the latest values of each message are handed over, in order. */
  apply: (messages: T[]) => void;
  /** Messages may be missing: fetch by REST. `isFirst`: the room was joined for the first time. */
  snapshot: (isFirst: boolean) => void;
};

type Room = {
  seq: number | null;
  epoch: string | null;
  queue: unknown[];
  snapshotAt: number;
  listener: RoomListener<unknown>;
};

export type FeedEvents = {
  onLive: () => void;
  onPaused: (cause: 'connection' | 'refused') => void;
  onAttempt: (attempt: number) => void;
  onMessage: (serverTime: string) => void;
  onWaiting: (count: number) => void;
};

export class LiveFeed {
  readonly #socket: Socket<ServerToClientEvents, ClientToServerEvents>;
  readonly #rooms = new Map<string, Room>();
  readonly #events: FeedEvents;
  #timer: number | undefined;
  #isHeld = false;

  constructor(events: FeedEvents) {
    this.#events = events;
    const path = new URL('socket.io', document.baseURI).pathname;
    this.#socket = io({ path, transports: ['websocket'], autoConnect: false, reconnectionDelayMax: 5000 });
    this.#socket.on('connect', () => {
      events.onLive();
      for (const name of this.#rooms.keys()) this.#join(name);
    });
    this.#socket.on('disconnect', (reason) => {
      events.onPaused(reason === 'io server disconnect' ? 'refused' : 'connection');
    });
    this.#socket.on('connect_error', () => events.onPaused(this.#socket.active ? 'connection' : 'refused'));
    this.#socket.io.on('reconnect_attempt', (attempt) => events.onAttempt(attempt));
    this.#socket.on('fleet', (message: LiveEnvelope<FleetRow[]>) => this.#receive('fleet', message));
    this.#socket.on('ingest', (message: LiveEnvelope<IngestDelta>) => this.#receive('ingest', message));
    this.#socket.on('model', (message: LiveEnvelope<ModelDelta>) =>
      this.#receive(`model:${message.values.model}`, message),
    );
    document.addEventListener('visibilitychange', () => this.#onVisibility());
  }

  connect(): void {
    this.#socket.connect();
  }

  /** Follows a room until the returned function is called. One listener a room: state modules own rooms. */
  follow<T>(name: string, listener: RoomListener<T>): () => void {
    this.#rooms.set(name, {
      seq: null,
      epoch: null,
      queue: [],
      snapshotAt: 0,
      listener: listener as RoomListener<unknown>,
    });
    if (this.#socket.connected && !document.hidden) this.#join(name);
    return () => {
      this.#rooms.delete(name);
      if (this.#socket.connected) this.#socket.emit('unsubscribe', name);
    };
  }

  /** While held, messages wait; the newest picture is drawn on release. */
  hold(isHeld: boolean): void {
    this.#isHeld = isHeld;
    if (!isHeld) this.#flushSoon();
  }

  #join(name: string): void {
    this.#socket.emit('subscribe', name, (answer) => {
      const room = this.#rooms.get(name);
      if (!room || !answer.ok) return;
      const isFirst = room.epoch === null;
      room.seq = answer.seq;
      room.epoch = answer.epoch;
      this.#snapshot(room, isFirst);
    });
  }

  #snapshot(room: Room, isFirst = false): void {
    const now = Date.now();
    if (now - room.snapshotAt < SNAPSHOT_INTERVAL_MS) return;
    room.snapshotAt = now;
    room.listener.snapshot(isFirst);
  }

  #receive(name: string, message: LiveEnvelope<unknown>): void {
    this.#events.onMessage(message.t);
    const room = this.#rooms.get(name);
    if (!room) return;
    const isSameEpoch = room.epoch === message.epoch;
    if (isSameEpoch && room.seq !== null && message.seq <= room.seq) return;
    const isGap = room.seq !== null && (!isSameEpoch || message.seq !== room.seq + 1);
    room.seq = message.seq;
    room.epoch = message.epoch;
    if (isGap) this.#snapshot(room);
    room.queue.push(message.values);
    if (this.#isHeld) this.#countWaiting();
    else this.#flushSoon();
  }

  #countWaiting(): void {
    let waiting = 0;
    for (const room of this.#rooms.values()) {
      // A reader who pauses for an hour must not grow the page's memory: past this the snapshot is cheaper anyway.
      if (room.queue.length > 500) room.queue.splice(0, room.queue.length - 500);
      waiting += room.queue.length;
    }
    this.#events.onWaiting(waiting);
  }

  #flushSoon(): void {
    if (this.#timer !== undefined) return;
    this.#timer = window.setTimeout(() => {
      requestAnimationFrame(() => {
        this.#timer = undefined;
        if (!this.#isHeld) this.#flush();
      });
    }, FLUSH_INTERVAL_MS);
  }

  #flush(): void {
    for (const room of this.#rooms.values()) {
      if (room.queue.length === 0) continue;
      const messages = room.queue;
      room.queue = [];
      room.listener.apply(messages);
    }
    this.#events.onWaiting(0);
  }

  /** A hidden tab leaves its rooms; on return it joins again, which fetches a snapshot. */
  #onVisibility(): void {
    if (!this.#socket.connected) return;
    for (const name of this.#rooms.keys()) {
      if (document.hidden) this.#socket.emit('unsubscribe', name);
      else this.#join(name);
    }
  }
}
