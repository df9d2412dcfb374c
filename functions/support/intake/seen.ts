/**
 * Ids that may have been seen before: a Bloom filter in 64-byte blocks, two bytes an id, so that thirty
 * million people cost 60 MB and not the roster. It never misses a repeat; one id in some hundreds that is
 * none is named too, so its answers are candidates that the second reading confirms.
 */
export class SeenIds {
  readonly #bits: Uint32Array;
  readonly #blocks: number;
  constructor(expected: number) {
    this.#blocks = Math.max(1, Math.ceil((expected * 16) / 512));
    this.#bits = new Uint32Array(this.#blocks * 16);
  }

  /** Adds the id; true where it may have been added before. */
  add(id: string): boolean {
    let a = 0x811c9dc5;
    let b = 0x9747b28c;
    for (let i = 0; i < id.length; i++) {
      const unit = id.charCodeAt(i);
      a = Math.imul(a ^ unit, 0x01000193);
      b = Math.imul(b ^ unit, 0x85ebca6b);
      b ^= b >>> 13;
    }
    a = Math.imul(a ^ (a >>> 15), 0x2c1b3c6d);
    a ^= a >>> 12;
    const block = ((a >>> 0) % this.#blocks) * 16;
    let seen = true;
    for (let k = 0; k < 5; k++) {
      b = Math.imul(b ^ (b >>> 16), 0xc2b2ae35) + 0x9e3779b9;
      const bit = (b >>> 13) & 511;
      const word = block + (bit >>> 5);
      const mask = 1 << (bit & 31);
      if ((this.#bits[word]! & mask) === 0) {
        seen = false;
        this.#bits[word]! |= mask;
      }
    }
    return seen;
  }
}
