import { LiveFeed, type RoomListener } from '../socket.ts';
import { clock } from './clock.svelte.ts';
import { session } from './session.svelte.ts';

const RETRY_MS = 2000;

class Live {
  status = $state<'connecting' | 'live' | 'lost'>('connecting');
  isHeld = $state(false);
  waiting = $state(0);
  attempt = $state(0);
  lastMessageAt = $state<string | null>(null);
  #feed: LiveFeed | null = null;
  #isAsking = false;

  start(): void {
    this.#open().connect();
  }

  /** Made on first need: a page follows its room before the connection stands. */
  #open(): LiveFeed {
    this.#feed ??= new LiveFeed({
      onLive: () => {
        this.status = 'live';
        this.attempt = 0;
      },
      onPaused: (cause) => {
        this.status = 'lost';
        if (cause === 'refused') void this.#signInAgain();
      },
      onAttempt: (attempt) => (this.attempt = attempt),
      onMessage: (serverTime) => {
        this.lastMessageAt = serverTime;
        clock.hear(serverTime);
      },
      onWaiting: (count) => (this.waiting = count),
    });
    return this.#feed;
  }

  follow<T>(room: string, listener: RoomListener<T>): () => void {
    return this.#open().follow(room, listener);
  }

  toggleHold(): void {
    this.isHeld = !this.isHeld;
    this.#feed?.hold(this.isHeld);
  }

  /**
   * The server cut the socket, and socket.io does not come back by itself from that. Ask whether the session still
   * stands, as often as it takes; the page, and so its URL, stays.
   */
  async #signInAgain(): Promise<void> {
    if (this.#isAsking) return;
    this.#isAsking = true;
    let answer = await session.ask();
    while (answer === 'unreachable') {
      this.attempt += 1;
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
      answer = await session.ask();
    }
    this.#isAsking = false;
    if (answer === 'in') setTimeout(() => this.#feed?.connect(), RETRY_MS / 2);
  }

  reconnect(): void {
    this.#feed?.connect();
  }
}

export const live = new Live();
