const bitsPerKey = 16;
const probes = 5;

/** An event may be dated so far ahead of its receipt. */
export const futureSkewMsMax = 300_000;

/**
 * Which keys may have been accepted before? A Bloom filter in two generations, so that memory is bounded:
 * "no" is certain for every key dated `coversFrom` or later, "maybe" is right about 999 times in 1,000.
 * Whoever gets "maybe" asks the store. Coverage goes by the event's own time, which is part of the key: when a key
 * was received before cannot be read off a repeat of it.
 */
export class RecentKeys {
  private current: Uint32Array;
  private previous: Uint32Array;
  private inCurrent = 0;
  private readonly bits: number;
  private readonly keysPerGeneration: number;
  private newestInCurrent = -Infinity;
  private newestInPrevious = -Infinity;
  /** Every accepted key with this event time (milliseconds) or a later one is remembered. */
  coversFrom: number;

  /** @param coversFrom later than the event time of every key accepted before now */
  constructor(keysPerGeneration: number, coversFrom: number) {
    this.keysPerGeneration = keysPerGeneration;
    this.bits = 2 ** Math.ceil(Math.log2(keysPerGeneration * bitsPerKey));
    this.current = new Uint32Array(this.bits / 32);
    this.previous = new Uint32Array(0);
    this.coversFrom = coversFrom;
  }

  /** Remembers a key by two independent 32-bit hashes; true when it may have been here before. */
  addAndTest(hashA: number, hashB: number, occurredAt: number): boolean {
    if (this.inCurrent >= this.keysPerGeneration) this.rotate();
    if (occurredAt > this.newestInCurrent) this.newestInCurrent = occurredAt;
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

  private rotate(): void {
    this.coversFrom = Math.max(this.coversFrom, this.newestInPrevious + 1);
    this.previous = this.current;
    this.newestInPrevious = this.newestInCurrent;
    this.current = new Uint32Array(this.bits / 32);
    this.newestInCurrent = -Infinity;
    this.inCurrent = 0;
  }
}
