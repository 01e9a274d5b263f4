const decoder = new TextDecoder();

/** Turns UTF-8 byte ranges into small codes without making a string per value: one string per distinct text. */
export class TextInterner {
  readonly texts: string[] = [];
  private readonly encoded: Uint8Array[] = [];
  private hashes = new Int32Array(0);
  private slots = new Int32Array(256).fill(-1);

  code(bytes: Uint8Array, from: number, to: number): number {
    let hash = 0x811c9dc5 ^ (to - from);
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ bytes[i], 0x01000193);
    const mask = this.slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    while (this.slots[slot] >= 0) {
      const code = this.slots[slot];
      if (this.hashes[code] === hash && sameBytes(this.encoded[code], bytes, from, to)) return code;
      slot = (slot + 1) & mask;
    }
    return this.add(bytes.slice(from, to), hash, slot);
  }

  private add(text: Uint8Array, hash: number, slot: number): number {
    const code = this.texts.length;
    this.texts.push(decoder.decode(text));
    this.encoded.push(text);
    if (code >= this.hashes.length) {
      const grown = new Int32Array(Math.max(64, this.hashes.length * 2));
      grown.set(this.hashes);
      this.hashes = grown;
    }
    this.hashes[code] = hash;
    this.slots[slot] = code;
    if (this.texts.length * 2 > this.slots.length) this.grow();
    return code;
  }

  private grow(): void {
    this.slots = new Int32Array(this.slots.length * 2).fill(-1);
    const mask = this.slots.length - 1;
    for (let code = 0; code < this.texts.length; code++) {
      let slot = (this.hashes[code] ^ (this.hashes[code] >>> 15)) & mask;
      while (this.slots[slot] >= 0) slot = (slot + 1) & mask;
      this.slots[slot] = code;
    }
  }
}

function sameBytes(text: Uint8Array, bytes: Uint8Array, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let i = 0; i < text.length; i++) if (text[i] !== bytes[from + i]) return false;
  return true;
}
