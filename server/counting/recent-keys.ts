const bitsPerKey = 16;
const probes = 5;

/**
 * Which keys may have been accepted before? A Bloom filter in two generations, so that memory is bounded:
 * "no" is certain for every key accepted since `coversFrom`, "maybe" is right about 999 times in 1,000.
 * Whoever gets "maybe" asks the store.
 */
export class RecentKeys {
  private current: Uint32Array;
  private previous: Uint32Array;
  private inCurrent = 0;
  private readonly bits: number;
  private readonly keysPerGeneration: number;
  private currentStartedAt: number;
  /** Every key accepted at or after this time (milliseconds) is remembered. */
  coversFrom: number;

  constructor(keysPerGeneration: number, now: number) {
    this.keysPerGeneration = keysPerGeneration;
    this.bits = 2 ** Math.ceil(Math.log2(keysPerGeneration * bitsPerKey));
    this.current = new Uint32Array(this.bits / 32);
    this.previous = new Uint32Array(0);
    this.currentStartedAt = now;
    this.coversFrom = now;
  }

  /** Remembers a key by two independent 32-bit hashes; true when it may have been here before. */
  addAndTest(hashA: number, hashB: number, now: number): boolean {
    if (this.inCurrent >= this.keysPerGeneration) this.rotate(now);
    const step = hashB | 1;
    let allInCurrent = true;
    let allInPrevious = this.previous.length > 0;
    let hash = hashA;
    for (let i = 0; i < probes; i++) {
      const bit = (hash >>> 0) % this.bits;
      const word = bit >>> 5;
      const mask = 1 << (bit & 31);
      if ((this.current[word] & mask) === 0) {
        allInCurrent = false;
        this.current[word] |= mask;
      }
      if (allInPrevious && (this.previous[word] & mask) === 0) allInPrevious = false;
      hash = (hash + step) | 0;
    }
    if (!allInCurrent) this.inCurrent++;
    return allInCurrent || allInPrevious;
  }

  private rotate(now: number): void {
    this.previous = this.current;
    this.coversFrom = this.currentStartedAt;
    this.current = new Uint32Array(this.bits / 32);
    this.currentStartedAt = now;
    this.inCurrent = 0;
  }
}
