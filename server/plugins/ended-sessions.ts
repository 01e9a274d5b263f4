/**
 * Sessions that were signed out before they expired. Kept in memory until they would have expired anyway, and at most
 * `sessionsMax` of them: the oldest sign-outs are forgotten first.
 */
export class EndedSessions {
  private readonly expiries = new Map<string, number>();
  private readonly listeners = new Set<(sessionId: string) => void>();
  private readonly sessionsMax: number;

  constructor(sessionsMax = 10_000) {
    this.sessionsMax = sessionsMax;
  }

  end(sessionId: string, expiresAtMs: number, now = Date.now()): void {
    for (const [id, expiry] of this.expiries) if (expiry <= now) this.expiries.delete(id);
    const [oldest] = this.expiries.keys();
    if (this.expiries.size >= this.sessionsMax) this.expiries.delete(oldest);
    this.expiries.set(sessionId, expiresAtMs);
    for (const listener of this.listeners) listener(sessionId);
  }

  has(sessionId: string): boolean {
    return this.expiries.has(sessionId);
  }

  onEnd(listener: (sessionId: string) => void): void {
    this.listeners.add(listener);
  }
}
