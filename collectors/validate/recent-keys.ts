/** Slots per generation; a power of two with room for the keys. */
const SLOTS = 2 ** 19;
const KEYS_PER_GENERATION = 200_000;

/**
 * The last 200,000 to 400,000 keys as 53-bit hashes, in two generations of open addressing: a look-up costs two cache
 * misses and no garbage. Two keys in 10^10 pairs collide once in 10^6, and only the count in a reply would be off.
 */
export class RecentKeys {
  private current = new Float64Array(SLOTS);
  private previous = new Float64Array(SLOTS);
  private count = 0;

  /** True when the key was seen before; remembers it otherwise. */
  isRepeated(hash: number): boolean {
    const key = hash === 0 ? 1 : hash;
    const slot = slotOf(this.current, key);
    if (this.current[slot] === key || this.previous[slotOf(this.previous, key)] === key) return true;
    this.current[slot] = key;
    this.count++;
    if (this.count >= KEYS_PER_GENERATION) this.turn();
    return false;
  }

  clear(): void {
    this.current.fill(0);
    this.previous.fill(0);
    this.count = 0;
  }

  private turn(): void {
    const oldest = this.previous;
    this.previous = this.current;
    this.current = oldest.fill(0);
    this.count = 0;
  }
}

function slotOf(table: Float64Array, key: number): number {
  let slot = key % SLOTS;
  while (table[slot] !== 0 && table[slot] !== key) slot = (slot + 1) % SLOTS;
  return slot;
}
