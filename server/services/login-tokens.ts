import { createHash, randomBytes } from 'node:crypto';

/** One-time login tokens: only digests are kept, a redeemed one is gone, an old one is worthless. */
export class LoginTokens {
  private readonly digests = new Map<string, number>();
  private readonly now: () => number;
  private readonly lifetimeMs: number;

  constructor(now: () => number, lifetimeMs = 24 * 3_600_000) {
    this.now = now;
    this.lifetimeMs = lifetimeMs;
  }

  issue(): string {
    const token = randomBytes(24).toString('base64url');
    this.digests.set(digestOf(token), this.now() + this.lifetimeMs);
    return token;
  }

  redeem(token: string): boolean {
    const digest = digestOf(token);
    const validUntil = this.digests.get(digest);
    this.digests.delete(digest);
    return validUntil !== undefined && this.now() < validUntil;
  }
}

const digestOf = (token: string): string => createHash('sha256').update(token).digest('hex');
