/** Server time, ticking: ages are computed from event time and the server's clock, never from arrival. */
class Clock {
  now = $state(Date.now());
  #offsetMs = 0;

  constructor() {
    setInterval(() => this.#tick(), 1000);
  }

  /** Every message and answer says the server's time; the smallest lag seen is the best estimate of the offset. */
  hear(serverTime: string): void {
    const offset = Date.parse(serverTime) - Date.now();
    if (!Number.isFinite(offset)) return;
    if (this.#offsetMs === 0 || offset > this.#offsetMs || Math.abs(offset - this.#offsetMs) > 5000) {
      this.#offsetMs = offset;
    }
  }

  ageMs(at: string): number {
    return Math.max(0, this.now - Date.parse(at));
  }

  #tick(): void {
    this.now = Date.now() + this.#offsetMs;
  }
}

export const clock = new Clock();
